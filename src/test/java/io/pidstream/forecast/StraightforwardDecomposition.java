package io.pidstream.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The informations of two modalities by definition, in plain double precision: all rows at hand,
 * explicit weights, exact ranks, two-pass covariances, determinants by Gaussian elimination. Slow
 * and simple; what the online computation is compared with.
 *
 * @param first information of the first modality, bits
 * @param second information of the second
 * @param both information of both
 * @param effectiveSamples (sum of weights)² / sum of squared weights
 */
record StraightforwardDecomposition(
        double first, double second, double both, double effectiveSamples) {
    /** A labelled frame with both modalities. */
    record Row(long time, double[] latents, double target) {}

    /**
     * @param sizeOfFirst how many of the latents are the first modality's
     * @param ranked how many of the newest rows the ranks are taken from
     */
    static StraightforwardDecomposition of(
            List<Row> rows, int sizeOfFirst, long halfLife, int ranked) {
        int d = rows.get(0).latents().length;
        double[] sorted =
                rows.subList(Math.max(0, rows.size() - ranked), rows.size()).stream()
                        .mapToDouble(Row::target)
                        .sorted()
                        .toArray();
        long now = rows.get(rows.size() - 1).time();
        double[][] joint = new double[rows.size()][];
        double[] weights = new double[rows.size()];
        for (int i = 0; i < joint.length; i++) {
            joint[i] = new double[d + 1];
            joint[i][0] = normalScore(rows.get(i).target(), sorted);
            System.arraycopy(rows.get(i).latents(), 0, joint[i], 1, d);
            weights[i] = Math.pow(2, -(double) (now - rows.get(i).time()) / halfLife);
        }
        double sum = Arrays.stream(weights).sum();
        double n = sum * sum / Arrays.stream(weights).map(w -> w * w).sum();
        double[][] correlation = correlation(joint, weights, sum);
        return new StraightforwardDecomposition(
                information(correlation, 1, sizeOfFirst, n),
                information(correlation, 1 + sizeOfFirst, d - sizeOfFirst, n),
                information(correlation, 1, d, n),
                n);
    }

    /**
     * I = −½ log₂(det Σ / (Σ_yy det Σ_SS)), less its bias b(1) + b(d) − b(1 + d), b(d) = ½ Σₖ
     * log₂(1 − k/n).
     */
    private static double information(double[][] correlation, int from, int size, double n) {
        int[] sources = IntStream.range(from, from + size).toArray();
        int[] all = new int[size + 1];
        System.arraycopy(sources, 0, all, 1, size);
        double raw =
                0.5
                        * (log2(determinant(correlation, sources))
                                - log2(determinant(correlation, all)));
        return raw - (bias(1, n) + bias(size, n) - bias(1 + size, n));
    }

    private static double bias(int d, double n) {
        double sum = 0;
        for (int k = 1; k <= d; k++) {
            sum += 0.5 * log2(1 - k / n);
        }
        return sum;
    }

    private static double[][] correlation(double[][] joint, double[] weights, double sum) {
        int d = joint[0].length;
        double[] mean = new double[d];
        for (int i = 0; i < joint.length; i++) {
            for (int a = 0; a < d; a++) {
                mean[a] += weights[i] * joint[i][a] / sum;
            }
        }
        double[][] covariance = new double[d][d];
        for (int i = 0; i < joint.length; i++) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    covariance[a][b] +=
                            weights[i] * (joint[i][a] - mean[a]) * (joint[i][b] - mean[b]) / sum;
                }
            }
        }
        double[][] correlation = new double[d][d];
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                correlation[a][b] =
                        covariance[a][b] / Math.sqrt(covariance[a][a] * covariance[b][b]);
            }
        }
        return correlation;
    }

    private static double determinant(double[][] matrix, int[] indices) {
        int d = indices.length;
        double[][] m = new double[d][d];
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                m[a][b] = matrix[indices[a]][indices[b]];
            }
        }
        double determinant = 1;
        for (int k = 0; k < d; k++) {
            determinant *= m[k][k];
            for (int a = k + 1; a < d; a++) {
                double factor = m[a][k] / m[k][k];
                for (int b = k; b < d; b++) {
                    m[a][b] -= factor * m[k][b];
                }
            }
        }
        return determinant;
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    /** Φ⁻¹ of the middle of the target's ranks, by bisection. */
    private static double normalScore(double target, double[] sorted) {
        int below = lowerBound(sorted, target);
        int upTo = below;
        while (upTo < sorted.length && sorted[upTo] == target) {
            upTo++;
        }
        double p =
                Math.min(Math.max((below + upTo) / 2.0, 0.5), sorted.length - 0.5) / sorted.length;
        double low = -8;
        double high = 8;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (phi(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static int lowerBound(double[] sorted, double value) {
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

    /** Φ(x) = ½ + φ(x) Σ x^(2k+1) / (1·3·5···(2k+1)); Marsaglia (2004). */
    private static double phi(double x) {
        double term = x;
        double sum = x;
        for (int k = 3; Math.abs(term) > 1e-17 && k < 400; k += 2) {
            term *= x * x / k;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
