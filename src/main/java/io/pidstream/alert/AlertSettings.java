package io.pidstream.alert;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the alert stage.
 *
 * @param target name of the target
 * @param modalities names of the modalities, including the target's history if configured
 * @param channels channels of all sensors, as modality.channel, in the order of a frame's values
 * @param meanTimeBetweenFalseAlarms mean time between false alarms, over all alerts of the job
 * @param smallestShift smallest shift that is reported, as a share of the total information
 * @param stalledAfter a modality without data for this long is stalled
 */
public record AlertSettings(
        String target,
        List<String> modalities,
        List<String> channels,
        Duration meanTimeBetweenFalseAlarms,
        double smallestShift,
        Duration stalledAfter)
        implements Serializable {
    public AlertSettings {
        modalities = List.copyOf(modalities);
        channels = List.copyOf(channels);
        if (meanTimeBetweenFalseAlarms.toMillis() < 1 || stalledAfter.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "mean time between false alarms is "
                            + meanTimeBetweenFalseAlarms
                            + ", stalled after "
                            + stalledAfter);
        }
        if (!(smallestShift >= 0 && smallestShift < 1)) {
            throw new IllegalArgumentException(
                    "smallest shift is " + smallestShift + ", must be in [0, 1)");
        }
    }
}
