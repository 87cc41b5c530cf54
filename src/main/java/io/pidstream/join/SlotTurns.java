package io.pidstream.join;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.MapState;

/**
 * The turns at which the labels of each slot wait, as lists: a slot may have one label or a hundred
 * thousand, and adding one must not cost more for it.
 */
final class SlotTurns {
    /** The turns of a slot whose labels have become one are no longer of interest. */
    private static final long GROUPED = Long.MIN_VALUE;

    private final MapState<Long, Long> newest;
    private final MapState<String, Long> before;

    /**
     * @param newest per slot, the turn that was added last
     * @param before per slot and turn, the one that was added before; none for the first
     */
    SlotTurns(MapState<Long, Long> newest, MapState<String, Long> before) {
        this.newest = newest;
        this.before = before;
    }

    void add(long slot, long turn) throws Exception {
        Long last = newest.get(slot);
        if (last == null) {
            newest.put(slot, turn);
        } else if (last != GROUPED && last != turn && !before.contains(key(slot, turn))) {
            before.put(key(slot, turn), last);
            newest.put(slot, turn);
        }
    }

    private static String key(long slot, long turn) {
        return slot + ":" + turn;
    }

    /** Whether turns of the slot are known and its labels may still become one. */
    boolean isOpen(long slot) throws Exception {
        Long last = newest.get(slot);
        return last != null && last != GROUPED;
    }

    /** The turns of a slot, ascending. */
    List<Long> of(long slot) throws Exception {
        Set<Long> turns = new LinkedHashSet<>();
        // A turn that comes again may close a circle.
        for (Long turn = newest.get(slot); turn != null && turn != GROUPED && turns.add(turn); ) {
            turn = before.get(key(slot, turn));
        }
        List<Long> sorted = new ArrayList<>(turns);
        sorted.sort(null);
        return sorted;
    }

    /** From now on each label of the slot is taken by itself. */
    void setGrouped(long slot) throws Exception {
        end(slot);
        newest.put(slot, GROUPED);
    }

    /** Forgets a slot. */
    void end(long slot) throws Exception {
        for (long turn : of(slot)) {
            before.remove(key(slot, turn));
        }
        newest.remove(slot);
    }
}
