package io.pidstream.stats;

import java.util.Arrays;

/**
 * Which variables of a covariance are linearly independent, by Cholesky with diagonal pivoting:
 * each step selects the variable with the largest remaining share of its own variance, given those
 * already selected, until no share exceeds a tolerance.
 */
public final class IndependentColumns {
    private final int[] order;
    private final int rank;
    private final double[] pivots;
    private final double lowestShare;

    private IndependentColumns(int[] order, int rank, double[] pivots, double lowestShare) {
        this.order = order;
        this.rank = rank;
        this.pivots = pivots;
        this.lowestShare = lowestShare;
    }

    /**
     * Selects the independent variables. Shares are relative to each variable's own variance, so
     * units do not matter.
     *
     * @param covariance [d, d] row-major, symmetric; not changed
     * @param dimension d
     * @param tolerance a variable is dependent if at most this share of its variance remains, such
     *     as 1e-12
     * @throws IllegalArgumentException if a variance is not finite or is negative
     */
    public static IndependentColumns of(double[] covariance, int dimension, double tolerance) {
        Cholesky.requireSquare(covariance, dimension);
        double[] a = correlations(covariance, dimension);
        int[] order = new int[dimension];
        Arrays.setAll(order, i -> i);
        double[] column = new double[dimension];
        double[] pivots = new double[dimension];
        int rank = 0;
        while (rank < dimension) {
            int best = largestDiagonal(a, dimension, rank);
            double share = a[best * dimension + best];
            if (!(share > tolerance)) {
                break;
            }
            swap(a, dimension, rank, best);
            int taken = order[best];
            order[best] = order[rank];
            order[rank] = taken;
            pivots[rank] = share * covariance[taken * dimension + taken];
            Cholesky.eliminate(a, dimension, rank, column);
            rank++;
        }
        double lowestShare = 0;
        for (int i = rank; i < dimension; i++) {
            lowestShare = Math.min(lowestShare, a[i * dimension + i]);
        }
        Arrays.sort(order, rank, dimension);
        return new IndependentColumns(order, rank, pivots, lowestShare);
    }

    private static double[] correlations(double[] covariance, int dimension) {
        double[] a = new double[dimension * dimension];
        double[] scale = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            double variance = covariance[i * dimension + i];
            if (!(variance >= 0) || variance == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("variance " + i + " is " + variance);
            }
            scale[i] = variance < Double.MIN_NORMAL ? 0 : 1 / Math.sqrt(variance);
            for (int j = 0; j < i; j++) {
                a[i * dimension + j] = covariance[i * dimension + j] * scale[i] * scale[j];
            }
            a[i * dimension + i] = scale[i] == 0 ? 0 : 1;
        }
        return a;
    }

    private static int largestDiagonal(double[] a, int dimension, int from) {
        int best = from;
        for (int i = from + 1; i < dimension; i++) {
            if (a[i * dimension + i] > a[best * dimension + best]) {
                best = i;
            }
        }
        return best;
    }

    /** Swaps variables p <= q in the lower triangle. */
    private static void swap(double[] a, int n, int p, int q) {
        if (p == q) {
            return;
        }
        exchange(a, p * n + p, q * n + q);
        for (int j = 0; j < p; j++) {
            exchange(a, p * n + j, q * n + j);
        }
        for (int i = p + 1; i < q; i++) {
            exchange(a, i * n + p, q * n + i);
        }
        for (int i = q + 1; i < n; i++) {
            exchange(a, i * n + p, i * n + q);
        }
    }

    private static void exchange(double[] a, int i, int j) {
        double kept = a[i];
        a[i] = a[j];
        a[j] = kept;
    }

    /** Number of independent variables. */
    public int rank() {
        return rank;
    }

    /** Indices of the independent variables in the order of selection. */
    public int[] kept() {
        return Arrays.copyOf(order, rank);
    }

    /** Indices of the constant and the dependent variables, ascending. */
    public int[] dropped() {
        return Arrays.copyOfRange(order, rank, order.length);
    }

    /**
     * The smallest remaining share of variance of a dropped variable: about 0; clearly negative
     * only if the matrix was not a covariance.
     */
    public double lowestShare() {
        return lowestShare;
    }

    /** Natural logarithm of the determinant of the covariance of the selected variables. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < rank; i++) {
            sum += StrictMath.log(pivots[i]);
        }
        return sum;
    }
}
