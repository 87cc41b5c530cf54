package io.pidstream.detect;

import java.time.Duration;

/**
 * Splits the tolerated false-alarm rate among everything that is monitored.
 *
 * <p>A weighted mean of e-detectors is an e-detector, so a detector of weight w may stop at A / w,
 * where A is the overall threshold. The fleet, if there is one, has half of the weight; the assets
 * share the other half equally. Each splits its weight among its detectors.
 *
 * @param meanTime mean time between false alarms, over all detectors
 * @param assets assets that are monitored, at least 1
 */
public record Budget(Duration meanTime, int assets) {
    /**
     * Smallest permitted mean number of blocks to a false alarm; a test with fewer is meaningless.
     */
    private static final double LEAST_BLOCKS = 10;

    /**
     * Log of the mean number of blocks to a false alarm of one detector.
     *
     * @param share share of the detector in the budget of its asset or of the fleet
     * @param blockMillis duration of its blocks, milliseconds
     */
    public double logThreshold(double share, boolean fleet, double blockMillis) {
        double weight = share * weight(fleet);
        double blocks = meanTime.toMillis() / Math.max(1, blockMillis);
        return StrictMath.log(Math.max(LEAST_BLOCKS, blocks) / weight);
    }

    private double weight(boolean fleet) {
        if (assets == 1) {
            return 1;
        }
        return fleet ? 0.5 : 0.5 / assets;
    }
}
