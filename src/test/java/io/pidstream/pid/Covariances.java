package io.pidstream.pid;

import java.util.Random;

/** Random covariances for tests; [d, d] row-major, target first. */
final class Covariances {
    private Covariances() {}

    /** AAᵀ of a random A with twice as many columns. */
    static double[] random(Random random, int d) {
        return ofMap(gaussian(random, d, 2 * d), d);
    }

    static double[][] gaussian(Random random, int rows, int columns) {
        double[][] a = new double[rows][columns];
        for (double[] row : a) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return a;
    }

    static double[] ofMap(double[][] a, int d) {
        double[] covariance = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < a[i].length; k++) {
                    covariance[i * d + j] += a[i][k] * a[j][k];
                }
            }
        }
        return covariance;
    }

    /** T Σ Tᵀ. */
    static double[] mapped(double[][] t, double[] covariance) {
        int d = (int) Math.round(Math.sqrt(covariance.length));
        int n = t.length;
        double[][] product = new double[n][d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    product[i][j] += t[i][k] * covariance[k * d + j];
                }
            }
        }
        double[] mapped = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < d; k++) {
                    sum += product[i][k] * t[j][k];
                }
                mapped[i * n + j] = sum;
                mapped[j * n + i] = sum;
            }
        }
        return mapped;
    }

    static double[][] identity(int n) {
        double[][] t = new double[n][n];
        for (int i = 0; i < n; i++) {
            t[i][i] = 1;
        }
        return t;
    }

    /**
     * Two systems side by side, independent: targets of both, then of each modality the channels of
     * both.
     *
     * @param sizes [system][modality]
     */
    static double[] apart(double[] one, int first, double[] other, int second, int[][] sizes) {
        int[] targets = {first, second};
        double[][] covariances = {one, other};
        int[][] positions = new int[2][];
        int[] next = {0, 0};
        for (int s = 0; s < 2; s++) {
            positions[s] = new int[targets[s] + sizes[s][0] + sizes[s][1]];
        }
        int d = 0;
        for (int block = 0; block < 3; block++) {
            for (int s = 0; s < 2; s++) {
                int size = block == 0 ? targets[s] : sizes[s][block - 1];
                for (int i = 0; i < size; i++) {
                    positions[s][next[s]++] = d++;
                }
            }
        }
        double[] both = new double[d * d];
        for (int s = 0; s < 2; s++) {
            int n = positions[s].length;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    both[positions[s][i] * d + positions[s][j]] = covariances[s][i * n + j];
                }
            }
        }
        return both;
    }
}
