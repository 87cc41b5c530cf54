package io.pidstream.join;

import java.io.Serializable;

/**
 * The order in which frames and labels are processed: by turn (a frame's time, a label's {@code
 * recordedAt}), frames before labels of the same turn.
 *
 * <p>A frame can arrive until the watermark has passed its slot, so a turn is processed only when
 * the watermark is {@code holdBack} past it. That delays labels, never predictions.
 *
 * @param period duration of a slot, milliseconds
 * @param holdBack how far past a turn the watermark must be, milliseconds
 * @param maxDelay longest permitted delay of a label after its slot, milliseconds
 */
public record LearningOrder(long period, long holdBack, long maxDelay) implements Serializable {
    public long slotOf(long time) {
        return Math.floorDiv(time, period) * period;
    }

    public long lastOf(long slot) {
        return slot + period - 1;
    }

    public long timerOf(long turn) {
        return turn + holdBack;
    }

    public long turnOf(long timer) {
        return timer - holdBack;
    }

    /** The last turn at which a label of this slot is accepted. */
    public long lastLabelTurn(long slot) {
        return lastOf(slot) + maxDelay;
    }
}
