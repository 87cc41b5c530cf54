package io.pidstream.dataset;

import io.pidstream.avro.Label;
import io.pidstream.event.Targets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Per asset, the newest targets that are known at the time of a row, for {@code target.history}.
 */
final class NewestTargets {
    private final long period;
    private final Map<String, Deque<Label>> labels = new HashMap<>();

    /**
     * @param period length of a slot, milliseconds; targets that become known within a row's slot
     *     count as known
     */
    NewestTargets(long period) {
        this.period = period;
    }

    /** Adds the label of a row; rows must be in time order. */
    void add(Label label) {
        labels.computeIfAbsent(label.getAsset(), asset -> new ArrayDeque<>()).addLast(label);
    }

    /**
     * Writes the newest known targets and their age in periods.
     *
     * @param time of the row, milliseconds since 1970
     * @param into destination, from {@code offset} on
     * @return whether one is known
     */
    boolean write(String asset, long time, double[] into, int offset) {
        Deque<Label> known = labels.get(asset);
        if (known == null || !isKnown(known.getFirst(), time)) {
            return false;
        }
        Label newest = known.removeFirst();
        while (!known.isEmpty() && isKnown(known.getFirst(), time)) {
            newest = known.removeFirst();
        }
        known.addFirst(newest);
        double[] values = Targets.of(newest);
        System.arraycopy(values, 0, into, offset, values.length);
        into[offset + values.length] = (time - newest.getTime().toEpochMilli()) / (double) period;
        return true;
    }

    private boolean isKnown(Label label, long time) {
        return label.getTime().toEpochMilli() < time
                && label.getRecordedAt().toEpochMilli() < time + period;
    }
}
