package io.pidstream.stats;

/**
 * The factor L of a symmetric positive definite matrix A = LLᵀ, lower triangular.
 *
 * <p>Right-looking: the inner loop is a row minus a multiple of a row, which the compiler turns
 * into vector instructions.
 */
public final class Cholesky {
    private final int dimension;
    private final double[] lower;

    private Cholesky(int dimension, double[] lower) {
        this.dimension = dimension;
        this.lower = lower;
    }

    /**
     * Factorises a symmetric matrix; only the lower triangle is read.
     *
     * @param matrix [d, d] row-major; not changed
     * @param dimension d
     * @throws IllegalArgumentException if a pivot is not positive: the message names it and its
     *     value
     */
    public static Cholesky of(double[] matrix, int dimension) {
        requireSquare(matrix, dimension);
        double[] a = matrix.clone();
        double[] column = new double[dimension];
        for (int k = 0; k < dimension; k++) {
            double pivot = a[k * dimension + k];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "matrix is not positive definite: pivot " + k + " is " + pivot);
            }
            eliminate(a, dimension, k, column);
        }
        return new Cholesky(dimension, a);
    }

    /**
     * Turns column k into a column of L and subtracts its outer product from what remains, aᵢⱼ −=
     * lᵢₖ lⱼₖ for k < j ≤ i.
     */
    static void eliminate(double[] a, int dimension, int k, double[] column) {
        double root = Math.sqrt(a[k * dimension + k]);
        a[k * dimension + k] = root;
        for (int i = k + 1; i < dimension; i++) {
            column[i] = a[i * dimension + k] / root;
            a[i * dimension + k] = column[i];
        }
        for (int i = k + 1; i < dimension; i++) {
            double factor = column[i];
            int row = i * dimension;
            for (int j = k + 1; j <= i; j++) {
                a[row + j] -= factor * column[j];
            }
        }
    }

    static void requireSquare(double[] matrix, int dimension) {
        if (dimension < 1 || matrix.length != dimension * dimension) {
            throw new IllegalArgumentException(
                    "matrix of dimension " + dimension + " has " + matrix.length + " values");
        }
    }

    /** Number of rows d. */
    public int dimension() {
        return dimension;
    }

    /** Lᵢⱼ; 0 above the diagonal. */
    public double lower(int i, int j) {
        return j > i ? 0 : lower[i * dimension + j];
    }

    /** Natural logarithm of the determinant of A, 2 Σ ln Lᵢᵢ. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += StrictMath.log(lower[i * dimension + i]);
        }
        return 2 * sum;
    }

    /**
     * Solves A x = b by two triangular systems.
     *
     * @param b [d]; not changed
     * @return x, [d]
     */
    public double[] solve(double[] b) {
        if (b.length != dimension) {
            throw new IllegalArgumentException(
                    "right side has " + b.length + " values, expected " + dimension);
        }
        double[] x = b.clone();
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < i; j++) {
                x[i] -= lower[i * dimension + j] * x[j];
            }
            x[i] /= lower[i * dimension + i];
        }
        for (int i = dimension - 1; i >= 0; i--) {
            x[i] /= lower[i * dimension + i];
            for (int j = 0; j < i; j++) {
                x[j] -= lower[i * dimension + j] * x[i];
            }
        }
        return x;
    }
}
