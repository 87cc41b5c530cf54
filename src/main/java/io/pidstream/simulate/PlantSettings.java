package io.pidstream.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Settings of a plant.
 *
 * @param seed the same seed gives identical values
 * @param assets number of presses, at least 1
 * @param start time of the first slot
 * @param period duration of a slot
 * @param labelDelay how long after its slot a label becomes known
 * @param missing share of incomplete readings, in [0, 1): half of them are lost, the other half
 *     lack one channel
 * @param faults faults of the sensors
 * @param repeatEvery interval after which the faults are repeated at the next asset; null for never
 */
public record PlantSettings(
        long seed,
        int assets,
        Instant start,
        Duration period,
        Duration labelDelay,
        double missing,
        List<SensorFault> faults,
        Duration repeatEvery) {
    public PlantSettings {
        faults = List.copyOf(faults);
        if (assets < 1) {
            throw new IllegalArgumentException("assets is " + assets + ", must be at least 1");
        }
        if (period.toMillis() < 1) {
            throw new IllegalArgumentException("period is " + period + ", must be at least 1 ms");
        }
        if (labelDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "label delay is " + labelDelay + ", must not be negative");
        }
        if (!(missing >= 0 && missing < 1)) {
            throw new IllegalArgumentException("missing is " + missing + ", must be in [0, 1)");
        }
        for (SensorFault fault : faults) {
            if (fault.asset() >= assets) {
                throw new IllegalArgumentException(
                        "fault of asset %d, but there are %d".formatted(fault.asset(), assets));
            }
            if (repeatEvery != null && fault.replacedAfter().compareTo(repeatEvery) > 0) {
                throw new IllegalArgumentException(
                        "fault ends %s after the start, but all begin again after %s"
                                .formatted(fault.replacedAfter(), repeatEvery));
            }
        }
    }

    /**
     * Four presses that report ten times a second; labels half a second later; one reading in a
     * hundred is incomplete; there are no faults.
     */
    public static PlantSettings of(long seed, Instant start) {
        return new PlantSettings(
                seed,
                4,
                start,
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                0.01,
                List.of(),
                null);
    }

    public PlantSettings withAssets(int count) {
        return new PlantSettings(
                seed, count, start, period, labelDelay, missing, faults, repeatEvery);
    }

    public PlantSettings withPeriod(Duration newPeriod) {
        return new PlantSettings(
                seed, assets, start, newPeriod, labelDelay, missing, faults, repeatEvery);
    }

    public PlantSettings withLabelDelay(Duration delay) {
        return new PlantSettings(seed, assets, start, period, delay, missing, faults, repeatEvery);
    }

    public PlantSettings withMissing(double share) {
        return new PlantSettings(
                seed, assets, start, period, labelDelay, share, faults, repeatEvery);
    }

    /**
     * The same plant with these faults.
     *
     * @param every interval after which they are repeated at the next asset; null for never
     */
    public PlantSettings withFaults(List<SensorFault> newFaults, Duration every) {
        return new PlantSettings(
                seed, assets, start, period, labelDelay, missing, newFaults, every);
    }
}
