package io.pidstream.pid;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Correlations of a target, whose dimensions are uncorrelated and of variance 1, and all channels.
 * Channels that are constant have correlations of 0.
 *
 * @param matrix [t + n, t + n] row-major, the target first
 * @param dimension t + n
 * @param targets t, without the dimensions that are constant or determined by others
 */
record WhiteCorrelation(double[] matrix, int dimension, int targets) {
    /**
     * @param covariance [targetDimensions + Σ sizes]² row-major
     * @throws IllegalArgumentException if the target is constant
     */
    static WhiteCorrelation of(double[] covariance, int targetDimensions, int[] sizes) {
        int given = targetDimensions + IntStream.of(sizes).sum();
        double[] scale = new double[given];
        for (int i = 0; i < given; i++) {
            double variance = covariance[i * given + i];
            scale[i] = variance < Double.MIN_NORMAL ? 0 : 1 / Math.sqrt(variance);
        }
        if (targetDimensions == 1) {
            if (!(scale[0] > 0)) {
                throw new IllegalArgumentException("variance of the target is " + covariance[0]);
            }
            return new WhiteCorrelation(correlation(covariance, scale, given, 0, 0), given, 1);
        }
        List<String> names = IntStream.range(0, sizes.length).mapToObj(Integer::toString).toList();
        WhiteTarget target =
                new WhiteTarget(
                        covariance,
                        new Variables(targetDimensions, names, sizes),
                        new ArrayList<>());
        int targets = target.size();
        double[] matrix = correlation(covariance, scale, given, targetDimensions, targets);
        int dimension = given - targetDimensions + targets;
        for (int i = targets; i < dimension; i++) {
            int source = i - targets + targetDimensions;
            target.correlate(covariance, source * given, scale[source], matrix, i, dimension);
            for (int t = 0; t < targets; t++) {
                matrix[i * dimension + t] = matrix[t * dimension + i];
            }
        }
        return new WhiteCorrelation(matrix, dimension, targets);
    }

    /** Correlations of the variables from one on, behind the rows and columns of a white target. */
    private static double[] correlation(
            double[] covariance, double[] scale, int given, int from, int targets) {
        int dimension = given - from + targets;
        double[] correlation = new double[dimension * dimension];
        for (int t = 0; t < targets; t++) {
            correlation[t * dimension + t] = 1;
        }
        for (int i = from; i < given; i++) {
            int row = (i - from + targets) * dimension - from + targets;
            for (int j = from; j < given; j++) {
                correlation[row + j] = covariance[i * given + j] * scale[i] * scale[j];
            }
            correlation[row + i] = scale[i] == 0 ? 0 : 1;
        }
        return correlation;
    }
}
