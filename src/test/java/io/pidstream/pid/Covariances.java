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
}
