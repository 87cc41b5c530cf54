package io.pidstream.pid;

import io.pidstream.stats.IndependentColumns;

/** Properties of every covariance that can be checked without a factorisation. */
final class CovarianceCheck {
    /** A negative share beyond this is not rounding: the matrix is not a covariance. */
    static final double NOT_A_COVARIANCE = 1e-9;

    private CovarianceCheck() {}

    /**
     * @param covariance [d, d] row-major
     * @throws UndefinedInformation if a value is not finite, a variance is negative, the matrix is
     *     not symmetric, or a covariance is larger than the deviations allow
     */
    static void require(double[] covariance, Variables variables) {
        requireFinite(covariance, variables);
        requireBounded(covariance, variables);
    }

    private static void requireFinite(double[] covariance, Variables variables) {
        int dimension = variables.dimension();
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                double lower = covariance[i * dimension + j];
                double upper = covariance[j * dimension + i];
                if (!Double.isFinite(lower) || !Double.isFinite(upper)) {
                    throw new UndefinedInformation(
                            "covariance of "
                                    + variables.name(j)
                                    + " and "
                                    + variables.name(i)
                                    + " is "
                                    + (Double.isFinite(lower) ? upper : lower));
                }
            }
        }
    }

    private static void requireBounded(double[] covariance, Variables variables) {
        int dimension = variables.dimension();
        double[] deviation = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            double variance = covariance[i * dimension + i];
            if (variance < 0) {
                throw new UndefinedInformation(
                        "variance of " + variables.name(i) + " is " + variance);
            }
            deviation[i] = Math.sqrt(variance);
            for (int j = 0; j < i; j++) {
                double lower = covariance[i * dimension + j];
                double upper = covariance[j * dimension + i];
                double bound = deviation[i] * deviation[j];
                if (Math.abs(lower - upper) > NOT_A_COVARIANCE * bound + Double.MIN_NORMAL) {
                    throw new UndefinedInformation(
                            "covariance is not symmetric: of "
                                    + variables.name(j)
                                    + " and "
                                    + variables.name(i)
                                    + " it is "
                                    + upper
                                    + " and "
                                    + lower);
                }
                if (Math.abs(lower) > (1 + NOT_A_COVARIANCE) * bound + Double.MIN_NORMAL) {
                    throw new UndefinedInformation(
                            "covariance of "
                                    + variables.name(j)
                                    + " and "
                                    + variables.name(i)
                                    + " is "
                                    + lower
                                    + ", more than their deviations allow, "
                                    + bound);
                }
            }
        }
    }

    /** Whether a variable is constant, or its variance too small for full precision. */
    static boolean isConstant(double variance) {
        return variance < Double.MIN_NORMAL;
    }

    /**
     * The independent variables of a block on the diagonal.
     *
     * @param offset first variable of the block
     * @param size number of its variables
     * @throws UndefinedInformation if the block is not positive semidefinite
     */
    static IndependentColumns independent(
            double[] covariance, Variables variables, int offset, int size) {
        int dimension = variables.dimension();
        double[] block = new double[size * size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(covariance, (offset + i) * dimension + offset, block, i * size, size);
        }
        IndependentColumns columns = IndependentColumns.of(block, size, Channels.DEPENDENT);
        if (columns.lowestShare() < -NOT_A_COVARIANCE) {
            throw new UndefinedInformation(
                    "covariance is not positive semidefinite: one of "
                            + variables.name(offset)
                            + " and those after it is left with "
                            + columns.lowestShare()
                            + " of its variance");
        }
        return columns;
    }
}
