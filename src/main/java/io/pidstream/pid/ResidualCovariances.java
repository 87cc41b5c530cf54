package io.pidstream.pid;

import java.util.Arrays;

/** Covariances of the residuals of the regressions of one target on all subsets of modalities. */
final class ResidualCovariances {
    private ResidualCovariances() {}

    /**
     * Cov(e_S, e_T) = I − B_SᵀΣ_Sy − Σ_yT B_T + B_Sᵀ Σ_ST B_T.
     *
     * @param fits by {@link ModalitySet#bits}, [2^K]
     * @return [2^K, 2^K] of [t, t]
     */
    static double[][] of(SubsetFit[] fits, WhiteCorrelation white) {
        int subsets = fits.length;
        int targets = white.targets();
        double[][][] coefficients = new double[subsets][targets][];
        for (int s = 0; s < subsets; s++) {
            for (int t = 0; t < targets; t++) {
                coefficients[s][t] = fits[s].coefficients(t);
            }
        }
        double[][] residual = new double[subsets * subsets][];
        for (int s = 0; s < subsets; s++) {
            for (int u = 0; u <= s; u++) {
                residual[s * subsets + u] = new double[targets * targets];
                residual[u * subsets + s] = new double[targets * targets];
            }
        }
        double[] fitted = new double[white.dimension()];
        for (int s = 0; s < subsets; s++) {
            for (int a = 0; a < targets; a++) {
                fit(coefficients[s][a], white, fitted);
                for (int u = 0; u <= s; u++) {
                    for (int b = 0; b < targets; b++) {
                        double sum = left(a, b, coefficients[u][b], fitted, white);
                        residual[s * subsets + u][a * targets + b] = sum;
                        residual[u * subsets + s][b * targets + a] = sum;
                    }
                }
            }
        }
        return residual;
    }

    /** bᵀΣ by variable: with the targets, then with the channels. */
    private static void fit(double[] coefficients, WhiteCorrelation white, double[] fitted) {
        int dimension = white.dimension();
        Arrays.fill(fitted, 0);
        for (int i = white.targets(); i < dimension; i++) {
            double factor = coefficients[i];
            if (factor != 0) {
                for (int j = 0; j < dimension; j++) {
                    fitted[j] += factor * white.matrix()[i * dimension + j];
                }
            }
        }
    }

    private static double left(
            int one, int two, double[] coefficients, double[] fitted, WhiteCorrelation white) {
        int dimension = white.dimension();
        double sum = (one == two ? 1 : 0) - fitted[two];
        for (int j = white.targets(); j < dimension; j++) {
            sum -= coefficients[j] * (white.matrix()[one * dimension + j] - fitted[j]);
        }
        return sum;
    }
}
