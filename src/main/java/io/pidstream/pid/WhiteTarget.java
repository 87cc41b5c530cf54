package io.pidstream.pid;

import io.pidstream.stats.Cholesky;
import io.pidstream.stats.IndependentColumns;
import java.util.List;

/**
 * The target as uncorrelated dimensions of variance 1: w = L⁻¹ D⁻¹ y, where D are the standard
 * deviations of the selected dimensions and LLᵀ their correlations. Information is invariant under
 * this map. Dimensions that are constant or determined by others are omitted.
 */
final class WhiteTarget {
    private final int[] kept;
    private final double[] scale;
    private final Cholesky correlation;

    /**
     * @param notes receives the omitted dimensions
     * @throws UndefinedInformation if all dimensions are constant
     */
    WhiteTarget(double[] covariance, Variables variables, List<String> notes) {
        int targets = variables.targets();
        int dimension = variables.dimension();
        IndependentColumns columns = CovarianceCheck.independent(covariance, variables, 0, targets);
        if (columns.rank() == 0) {
            throw new UndefinedInformation("the target is constant");
        }
        for (int t : columns.dropped()) {
            String why =
                    CovarianceCheck.isConstant(covariance[t * dimension + t])
                            ? " is constant: left out"
                            : " is determined by other dimensions of the target: left out";
            notes.add(variables.name(t) + why);
        }
        kept = columns.kept();
        scale = new double[kept.length];
        for (int a = 0; a < kept.length; a++) {
            scale[a] = 1 / Math.sqrt(covariance[kept[a] * dimension + kept[a]]);
        }
        correlation = factor(covariance, dimension);
    }

    private Cholesky factor(double[] covariance, int dimension) {
        int n = kept.length;
        double[] matrix = new double[n * n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < a; b++) {
                matrix[a * n + b] = covariance[kept[a] * dimension + kept[b]] * scale[a] * scale[b];
            }
            matrix[a * n + a] = 1;
        }
        return Cholesky.of(matrix, n);
    }

    /** Number of dimensions. */
    int size() {
        return kept.length;
    }

    /**
     * The smallest remaining share of variance of a dimension, given those before it. Rounding
     * errors ε of the covariance become ε divided by this share in the uncorrelated dimensions.
     */
    double smallestPivot() {
        double smallest = 1;
        for (int t = 0; t < kept.length; t++) {
            smallest = Math.min(smallest, correlation.lower(t, t) * correlation.lower(t, t));
        }
        return smallest;
    }

    /**
     * Correlations of a channel with the dimensions.
     *
     * @param row start of the channel's row in the covariance
     * @param inverseDeviation 1 / standard deviation of the channel
     * @param into receives the correlation with dimension t at offset + t stride
     */
    void correlate(
            double[] covariance,
            int row,
            double inverseDeviation,
            double[] into,
            int offset,
            int stride) {
        for (int t = 0; t < kept.length; t++) {
            double value = covariance[row + kept[t]] * inverseDeviation * scale[t];
            for (int s = 0; s < t; s++) {
                value -= correlation.lower(t, s) * into[offset + s * stride];
            }
            into[offset + t * stride] = value / correlation.lower(t, t);
        }
    }
}
