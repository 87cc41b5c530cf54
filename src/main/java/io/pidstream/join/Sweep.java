package io.pidstream.join;

import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimerService;

/**
 * Removes slots whose labels can no longer arrive. One timer per asset serves all its slots: it is
 * set for the newest slot, so a slot is kept for at most twice the maximum label delay, and frames
 * need no timers of their own.
 */
public final class Sweep {
    private final LearningOrder order;
    private final ValueState<Long> next;

    /**
     * @param next time of the asset's timer; empty if there is none
     */
    public Sweep(LearningOrder order, ValueState<Long> next) {
        this.order = order;
        this.next = next;
    }

    /** Schedules the removal of a slot. */
    public void include(long slot, TimerService timers) throws Exception {
        if (next.value() == null) {
            set(order.timerOf(order.lastLabelTurn(slot)), timers);
        }
    }

    /**
     * If this is the asset's timer, removes expired slots from {@code bySlot} and sets the timer
     * again if any are left.
     */
    public void onTimer(long timestamp, MapState<Long, ?> bySlot, TimerService timers)
            throws Exception {
        Long due = next.value();
        if (due == null || due != timestamp) {
            return;
        }
        long newest = Long.MIN_VALUE;
        for (Iterator<? extends Map.Entry<Long, ?>> slots = bySlot.iterator(); slots.hasNext(); ) {
            long last = order.timerOf(order.lastLabelTurn(slots.next().getKey()));
            if (last <= timestamp) {
                slots.remove();
            } else {
                newest = Math.max(newest, last);
            }
        }
        if (newest == Long.MIN_VALUE) {
            bySlot.clear();
            next.clear();
        } else {
            set(newest, timers);
        }
    }

    private void set(long time, TimerService timers) throws Exception {
        next.update(time);
        timers.registerEventTimeTimer(time);
    }
}
