package io.pidstream.stats;

/**
 * Singular values and left singular vectors of a small square matrix A = V Σ Wᵀ by one-sided
 * Jacobi: columns are rotated in pairs until all are orthogonal; then they are σᵢ vᵢ. Unlike a
 * reduction to bidiagonal form, it computes small singular values of a graded matrix with high
 * relative accuracy (Demmel &amp; Veselić 1992), which their logarithms require.
 */
public final class SingularValues {
    /** Quadratic convergence takes 5 to 10 sweeps; more than this means NaN in the matrix. */
    private static final int MOST_SWEEPS = 60;

    private static final double ORTHOGONAL = 1e-15;

    private final int dimension;
    private final double[] values;

    /** [d, d], column i in row i. */
    private final double[] left;

    private SingularValues(int dimension, double[] values, double[] left) {
        this.dimension = dimension;
        this.values = values;
        this.left = left;
    }

    /**
     * Decomposes a matrix of full rank.
     *
     * @param matrix [d, d] row-major; not changed
     * @param dimension d
     * @throws IllegalArgumentException if a column is 0 or not finite
     */
    public static SingularValues of(double[] matrix, int dimension) {
        Cholesky.requireSquare(matrix, dimension);
        double[] columns = new double[matrix.length];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                columns[j * dimension + i] = matrix[i * dimension + j];
            }
        }
        for (int sweep = 0; sweep < MOST_SWEEPS && rotateAll(columns, dimension); sweep++) {
            // One sweep is one call.
        }
        double[] values = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = Math.sqrt(product(columns, i, i, dimension));
            if (!(values[i] > 0) || values[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("singular value " + i + " is " + values[i]);
            }
            for (int k = 0; k < dimension; k++) {
                columns[i * dimension + k] /= values[i];
            }
        }
        return new SingularValues(dimension, values, columns);
    }

    /** Rotates all pairs; returns whether any was not orthogonal. */
    private static boolean rotateAll(double[] columns, int dimension) {
        boolean rotated = false;
        for (int i = 0; i < dimension - 1; i++) {
            for (int j = i + 1; j < dimension; j++) {
                double a = product(columns, i, i, dimension);
                double b = product(columns, j, j, dimension);
                double c = product(columns, i, j, dimension);
                if (Math.abs(c) > ORTHOGONAL * Math.sqrt(a) * Math.sqrt(b)) {
                    rotate(columns, i, j, dimension, (b - a) / (2 * c));
                    rotated = true;
                }
            }
        }
        return rotated;
    }

    /** Rotates a pair by the smaller angle φ that makes the columns orthogonal, given cot 2φ. */
    private static void rotate(double[] columns, int i, int j, int dimension, double cotangent) {
        double tangent =
                Math.copySign(1 / (Math.abs(cotangent) + Math.hypot(1, cotangent)), cotangent);
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = cosine * tangent;
        for (int k = 0; k < dimension; k++) {
            double x = columns[i * dimension + k];
            double y = columns[j * dimension + k];
            columns[i * dimension + k] = cosine * x - sine * y;
            columns[j * dimension + k] = sine * x + cosine * y;
        }
    }

    private static double product(double[] columns, int i, int j, int dimension) {
        double sum = 0;
        for (int k = 0; k < dimension; k++) {
            sum += columns[i * dimension + k] * columns[j * dimension + k];
        }
        return sum;
    }

    /** Number of singular values d. */
    public int dimension() {
        return dimension;
    }

    /** A singular value σᵢ, positive; in no particular order. */
    public double value(int i) {
        return values[i];
    }

    /** Component k of the left singular vector vᵢ. */
    public double left(int i, int k) {
        return left[i * dimension + k];
    }

    /**
     * Residual of the decomposition, independent of the algorithm: ‖VᵀV − I‖ + ‖YᵀY − I‖ with Y =
     * AᵀVΣ⁻¹, which equals W if exact. Frobenius norms; 0 except for rounding.
     *
     * @param matrix A, [d, d] row-major
     */
    public double defect(double[] matrix) {
        Cholesky.requireSquare(matrix, dimension);
        double[] right = new double[matrix.length];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                double sum = 0;
                for (int k = 0; k < dimension; k++) {
                    sum += matrix[k * dimension + j] * left[i * dimension + k];
                }
                right[i * dimension + j] = sum / values[i];
            }
        }
        return fromOrthonormal(left, dimension) + fromOrthonormal(right, dimension);
    }

    private static double fromOrthonormal(double[] columns, int dimension) {
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                double off = product(columns, i, j, dimension) - (i == j ? 1 : 0);
                squares += off * off;
            }
        }
        return Math.sqrt(squares);
    }
}
