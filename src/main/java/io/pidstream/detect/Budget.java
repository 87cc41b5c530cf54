package io.pidstream.detect;

import java.time.Duration;

/**
 * Splits the tolerated false-alarm rate among everything that is monitored.
 *
 * <p>A weighted mean of e-detectors is one again, so a detector of weight w may stop at A / w where
 * A is the threshold of them all: half of the weight is the fleet's, where there is one, the other
 * half is shared out evenly among the assets; each splits its half among its detectors.
 *
 * @param meanTime mean time between false alarms of all together
 * @param assets assets that are monitored, at least 1
 */
public record Budget(Duration meanTime, int assets) {
    /** Less than this mean number of blocks to a false alarm is no test. */
    private static final double LEAST_BLOCKS = 10;

    /**
     * ln of the mean number of blocks to a false alarm of one detector.
     *
     * @param share of the detector in what its asset, or the fleet, may use
     * @param blockMillis length of its blocks, milliseconds
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
