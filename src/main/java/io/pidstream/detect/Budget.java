package io.pidstream.detect;

import java.time.Duration;

/**
 * Shares the false alarms that a user puts up with out among all that is watched.
 *
 * <p>A weighted mean of e-detectors is one again, so a detector of weight w may stop at A / w where
 * A is the threshold of them all: half of the weight is the fleet's, where there is one, the other
 * half is shared out evenly among the assets; and of each, half goes to shifts of contributions, a
 * quarter to the model's errors, and a quarter to the channels, evenly.
 *
 * @param meanTime mean time between false alarms of all together
 * @param assets assets that are watched, at least 1
 */
public record Budget(Duration meanTime, int assets) {
    private static final double CONTRIBUTIONS = 0.5;
    private static final double ERRORS = 0.25;
    private static final double CHANNELS = 0.25;

    /** Less than this mean number of blocks to a false alarm is no test. */
    private static final double LEAST_BLOCKS = 10;

    public double ofContributions(boolean fleet, double blockMillis) {
        return logThreshold(CONTRIBUTIONS * weight(fleet), blockMillis);
    }

    public double ofErrors(boolean fleet, double blockMillis) {
        return logThreshold(ERRORS * weight(fleet), blockMillis);
    }

    public double ofChannel(boolean fleet, int channels, double blockMillis) {
        return logThreshold(CHANNELS / channels * weight(fleet), blockMillis);
    }

    private double weight(boolean fleet) {
        if (assets == 1) {
            return 1;
        }
        return fleet ? 0.5 : 0.5 / assets;
    }

    private double logThreshold(double weight, double blockMillis) {
        double blocks = meanTime.toMillis() / Math.max(1, blockMillis);
        return StrictMath.log(Math.max(LEAST_BLOCKS, blocks) / weight);
    }
}
