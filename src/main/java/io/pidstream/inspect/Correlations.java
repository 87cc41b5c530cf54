package io.pidstream.inspect;

import io.pidstream.stats.Cholesky;
import java.util.Arrays;
import java.util.List;

/** Correlations between channels, from at most a few thousand rows. */
final class Correlations {
    private static final int MOST_ROWS = 4000;

    /** Keeps the matrix invertible where channels are copies of each other. */
    private static final double RIDGE = 1e-6;

    private static final int LEAST_PAIRS = 10;

    private final double[][] matrix;

    private Correlations(double[][] matrix) {
        this.matrix = matrix;
    }

    /** Of ranks, which outliers do not disturb. */
    static Correlations of(List<Series> series) {
        return of(series, true);
    }

    /** Of the values themselves. */
    static Correlations ofValues(List<Series> series) {
        return of(series, false);
    }

    private static Correlations of(List<Series> series, boolean byRank) {
        int rows = series.isEmpty() ? 0 : series.get(0).values().length;
        int size = Math.min(rows, MOST_ROWS);
        double[][] samples = new double[series.size()][];
        for (int i = 0; i < samples.length; i++) {
            double[] sample = new double[size];
            for (int r = 0; r < size; r++) {
                sample[r] = series.get(i).values()[(int) ((long) r * rows / size)];
            }
            samples[i] = byRank ? ranks(sample) : sample;
        }
        double[][] matrix = new double[samples.length][samples.length];
        for (int i = 0; i < samples.length; i++) {
            matrix[i][i] = 1;
            for (int j = 0; j < i; j++) {
                matrix[i][j] = correlation(samples[i], samples[j]);
                matrix[j][i] = matrix[i][j];
            }
        }
        return new Correlations(matrix);
    }

    double of(int i, int j) {
        return matrix[i][j];
    }

    /** Middle ranks; NaN where there is no value. */
    private static double[] ranks(double[] sample) {
        double[] sorted = Arrays.stream(sample).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double[] ranks = new double[sample.length];
        for (int i = 0; i < sample.length; i++) {
            ranks[i] =
                    Double.isNaN(sample[i])
                            ? Double.NaN
                            : 0.5 * (first(sorted, sample[i]) + last(sorted, sample[i]));
        }
        return ranks;
    }

    private static int first(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int last(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Pearson's, of the rows where both are present; 0 if there are too few. */
    static double correlation(double[] a, double[] b) {
        int n = 0;
        double meanA = 0;
        double meanB = 0;
        double sumAA = 0;
        double sumBB = 0;
        double sumAB = 0;
        for (int i = 0; i < a.length; i++) {
            if (Double.isNaN(a[i]) || Double.isNaN(b[i])) {
                continue;
            }
            n++;
            double toA = a[i] - meanA;
            double toB = b[i] - meanB;
            meanA += toA / n;
            meanB += toB / n;
            sumAA += toA * (a[i] - meanA);
            sumBB += toB * (b[i] - meanB);
            sumAB += toA * (b[i] - meanB);
        }
        double scale = Math.sqrt(sumAA * sumBB);
        return n < LEAST_PAIRS || scale == 0 ? 0 : sumAB / scale;
    }

    /**
     * How well others predict one linearly: R² = rᵀ C⁻¹ r, with r the correlations of the others
     * with it and C those between them.
     */
    double determined(int target, List<Integer> others) {
        if (others.isEmpty()) {
            return 0;
        }
        int n = others.size();
        double[] between = new double[n * n];
        double[] with = new double[n];
        for (int i = 0; i < n; i++) {
            with[i] = matrix[target][others.get(i)];
            for (int j = 0; j < n; j++) {
                between[i * n + j] = matrix[others.get(i)][others.get(j)] + (i == j ? RIDGE : 0);
            }
        }
        double[] solved = solve(between, n, with);
        double share = 0;
        for (int i = 0; i < n; i++) {
            share += with[i] * solved[i];
        }
        return Math.max(0, Math.min(1, share));
    }

    /** Correlations from different rows need not be positive definite; a ridge makes them so. */
    private static double[] solve(double[] between, int n, double[] with) {
        for (double ridge = 0; ; ridge = ridge == 0 ? 1e-4 : 10 * ridge) {
            double[] raised = between.clone();
            for (int i = 0; i < n; i++) {
                raised[i * n + i] += ridge;
            }
            try {
                return Cholesky.of(raised, n).solve(with);
            } catch (IllegalArgumentException e) {
                if (ridge > n) {
                    throw e;
                }
            }
        }
    }
}
