package io.pidstream.dashboard;

import java.time.Duration;
import java.util.List;

/**
 * What the page is about.
 *
 * @param name of the pipeline
 * @param unit of the first target, as shown behind numbers; empty where it is not known
 * @param targets names, in the order of the configuration
 * @param modalities names, in the order of the configuration; with {@code history} where that is
 *     one
 * @param period from slot to slot
 * @param interval share of true values that a prediction interval should hold
 */
public record Subject(
        String name,
        String unit,
        List<String> targets,
        List<String> modalities,
        Duration period,
        double interval) {
    public Subject {
        targets = List.copyOf(targets);
        modalities = List.copyOf(modalities);
        if (targets.isEmpty() || modalities.isEmpty()) {
            throw new IllegalArgumentException("a page needs a target and a modality");
        }
        if (period.toMillis() <= 0) {
            throw new IllegalArgumentException("%s: a period is positive".formatted(period));
        }
    }

    /** Start of the slot that contains {@code time}; both in milliseconds since 1970. */
    long slot(long time) {
        long length = period.toMillis();
        return Math.floorDiv(time, length) * length;
    }
}
