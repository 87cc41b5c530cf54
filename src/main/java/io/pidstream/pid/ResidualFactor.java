package io.pidstream.pid;

import java.util.function.DoubleConsumer;

/**
 * The lower triangular factor L of the covariance I − K = LLᵀ of a white target given channels that
 * explain K of its covariance.
 */
final class ResidualFactor {
    private final int targets;
    private final double[] lower;
    private final double nats;

    private ResidualFactor(int targets, double[] lower, double nats) {
        this.targets = targets;
        this.lower = lower;
        this.nats = nats;
    }

    /** K by row and column. */
    interface Explained {
        double of(int row, int column);
    }

    /**
     * Factors I − K. A pivot is 1 − k, where k is a sum of non-negative terms and so keeps its
     * relative accuracy if it is small.
     *
     * @param targets t, the dimensions of the target
     * @param check receives each k, in order; may throw if k is too close to 1
     */
    static ResidualFactor of(int targets, Explained explained, DoubleConsumer check) {
        double[] lower = new double[targets * targets];
        double nats = 0;
        for (int j = 0; j < targets; j++) {
            double k = explained.of(j, j);
            for (int m = 0; m < j; m++) {
                k += lower[j * targets + m] * lower[j * targets + m];
            }
            check.accept(k);
            nats -= 0.5 * StrictMath.log1p(-k);
            double root = Math.sqrt(1 - k);
            lower[j * targets + j] = root;
            for (int i = j + 1; i < targets; i++) {
                double value = -explained.of(i, j);
                for (int m = 0; m < j; m++) {
                    value -= lower[i * targets + m] * lower[j * targets + m];
                }
                lower[i * targets + j] = value / root;
            }
        }
        return new ResidualFactor(targets, lower, nats);
    }

    /** L, [t, t] row-major; not a copy. */
    double[] lower() {
        return lower;
    }

    /** −½ ln det(I − K), the information of the channels about the target. */
    double nats() {
        return nats;
    }

    /** L⁻¹ M for a matrix M, [t, columns] row-major. */
    double[] whiten(double[] matrix, int columns) {
        double[] white = matrix.clone();
        for (int i = 0; i < targets; i++) {
            for (int c = 0; c < columns; c++) {
                double value = white[i * columns + c];
                for (int k = 0; k < i; k++) {
                    value -= lower[i * targets + k] * white[k * columns + c];
                }
                white[i * columns + c] = value / lower[i * targets + i];
            }
        }
        return white;
    }

    /** L⁻ᵀ M for a matrix M, [t, columns] row-major. */
    double[] whitenTransposed(double[] matrix, int columns) {
        double[] white = matrix.clone();
        for (int i = targets - 1; i >= 0; i--) {
            for (int c = 0; c < columns; c++) {
                double value = white[i * columns + c];
                for (int k = i + 1; k < targets; k++) {
                    value -= lower[k * targets + i] * white[k * columns + c];
                }
                white[i * columns + c] = value / lower[i * targets + i];
            }
        }
        return white;
    }
}
