package io.pidstream.learn;

import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimerService;

/**
 * Removes slots for which no label can come any more. One timer per asset serves all its slots: it
 * is set for the newest slot that is there, so a slot stays for at most twice as long as a label
 * may take, and a frame costs no timer of its own.
 */
final class Sweep {
    private final LearningOrder order;
    private final ValueState<Long> next;

    /**
     * @param next when the asset's timer is set for; empty if it has none
     */
    Sweep(LearningOrder order, ValueState<Long> next) {
        this.order = order;
        this.next = next;
    }

    /** Sees to it that the slot will be removed. */
    void include(long slot, TimerService timers) throws Exception {
        if (next.value() == null) {
            set(order.timerOf(order.lastLabelTurn(slot)), timers);
        }
    }

    /**
     * Removes what is over from {@code bySlot}, if this is the asset's timer, and sets it anew if
     * anything is left.
     */
    void onTimer(long timestamp, MapState<Long, ?> bySlot, TimerService timers) throws Exception {
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
