package io.pidstream.align;

import java.io.Serializable;

/**
 * The slots of event time: [k·period, (k+1)·period) for every integer k, from 1970.
 *
 * @param period duration of a slot, milliseconds, positive
 */
public record SlotClock(long period) implements Serializable {
    public SlotClock {
        if (period <= 0) {
            throw new IllegalArgumentException("period is " + period + " ms, must be positive");
        }
    }

    /** Start of the slot that contains {@code time}. */
    public long slotOf(long time) {
        return Math.floorDiv(time, period) * period;
    }

    /**
     * Last millisecond of the slot that starts at {@code slot}: when a watermark has reached it,
     * the slot is complete.
     */
    public long lastOf(long slot) {
        return slot + period - 1;
    }
}
