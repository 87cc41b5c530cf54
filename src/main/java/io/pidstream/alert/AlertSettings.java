package io.pidstream.alert;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the alert stage needs to know.
 *
 * @param target name of the target
 * @param modalities their names, a history included
 * @param channels of all sensors, as modality.channel, in the order of a frame's values
 * @param meanTimeBetweenFalseAlarms of all alerts of the job together
 * @param smallestShift share of what is known that must have moved for a shift to be told
 * @param stalledAfter a modality that is silent for this long is stalled
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
