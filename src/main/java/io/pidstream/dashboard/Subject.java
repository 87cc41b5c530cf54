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
 * @param intervals shares of true values that the prediction intervals should hold, ascending; one
 *     or more
 */
public record Subject(
        String name,
        String unit,
        List<String> targets,
        List<String> modalities,
        Duration period,
        List<Double> intervals) {
    public Subject {
        targets = List.copyOf(targets);
        modalities = List.copyOf(modalities);
        intervals = List.copyOf(intervals);
        if (targets.isEmpty() || modalities.isEmpty()) {
            throw new IllegalArgumentException("a page needs a target and a modality");
        }
        if (intervals.isEmpty()) {
            throw new IllegalArgumentException("a prediction has at least one interval");
        }
        if (period.toMillis() <= 0) {
            throw new IllegalArgumentException("%s: a period is positive".formatted(period));
        }
    }

    /** Share of true values that the widest interval should hold. */
    public double interval() {
        return intervals.get(intervals.size() - 1);
    }

    /** Number of intervals inside the widest one. */
    int narrower() {
        return intervals.size() - 1;
    }

    /** Start of the slot that contains {@code time}; both in milliseconds since 1970. */
    long slot(long time) {
        long length = period.toMillis();
        return Math.floorDiv(time, length) * length;
    }
}
