package io.pidstream.join;

import io.pidstream.align.SlotAggregate;
import io.pidstream.event.PlacedLabel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.TimerService;

/**
 * The labels of an asset that wait for their turn.
 *
 * <p>When the first label of a slot has its turn, all of the slot that become known within a period
 * from then have arrived, because a turn is held back that long. They are replaced by one, at its
 * own turn. A label that is alone in its slot is not touched.
 */
final class WaitingLabels {
    private final LearningOrder order;
    private final SlotAggregate aggregate;
    private final MapState<Long, List<PlacedLabel>> byTurn;
    private final SlotTurns slots;

    /**
     * @param aggregate which label stands for several
     * @param byTurn the labels of the asset
     * @param slots the turns of each slot's labels
     */
    WaitingLabels(
            LearningOrder order,
            SlotAggregate aggregate,
            MapState<Long, List<PlacedLabel>> byTurn,
            SlotTurns slots) {
        this.order = order;
        this.aggregate = aggregate;
        this.byTurn = byTurn;
        this.slots = slots;
    }

    /** Adds a label that has arrived. */
    void add(PlacedLabel label, long turn, TimerService timers) throws Exception {
        slots.add(slotOf(label), turn);
        put(label, turn, timers);
    }

    /** Lets a label wait on by itself, as its frame has not come. */
    void defer(PlacedLabel label, long turn, TimerService timers) throws Exception {
        slots.setGrouped(slotOf(label));
        put(label, turn, timers);
    }

    private void put(PlacedLabel label, long turn, TimerService timers) throws Exception {
        List<PlacedLabel> waiting = byTurn.get(turn);
        List<PlacedLabel> with = waiting == null ? new ArrayList<>(1) : new ArrayList<>(waiting);
        with.add(label);
        byTurn.put(turn, with);
        timers.registerEventTimeTimer(order.timerOf(turn));
    }

    /** Removes the labels of this turn and returns them in the order of learning. */
    List<PlacedLabel> takeDue(long turn, TimerService timers) throws Exception {
        List<PlacedLabel> waiting = byTurn.get(turn);
        if (waiting == null) {
            return List.of();
        }
        byTurn.remove(turn);
        List<PlacedLabel> due = new ArrayList<>(waiting);
        Set<Long> slots = new LinkedHashSet<>();
        waiting.forEach(label -> slots.add(slotOf(label)));
        for (long slot : slots) {
            group(slot, turn, due, timers);
        }
        due.sort(LabelGroup.ORDER);
        return due;
    }

    /** Replaces the labels of a slot that are learned as one, in {@code due} and after it. */
    private void group(long slot, long turn, List<PlacedLabel> due, TimerService timers)
            throws Exception {
        if (!slots.isOpen(slot)) {
            return;
        }
        List<PlacedLabel> labels =
                new ArrayList<>(due.stream().filter(label -> slotOf(label) == slot).toList());
        List<Long> later =
                slots.of(slot).stream()
                        .filter(next -> next > turn && isWithin(next, turn))
                        .toList();
        for (long next : later) {
            List<PlacedLabel> waiting = byTurn.get(next);
            if (waiting != null) {
                waiting.stream().filter(label -> slotOf(label) == slot).forEach(labels::add);
            }
        }
        LabelGroup group = LabelGroup.of(labels);
        if (group.members().size() == 1) {
            return;
        }
        Set<PlacedLabel> members = new HashSet<>(group.members());
        due.removeIf(members::contains);
        for (long next : later) {
            remove(members, next);
        }
        slots.setGrouped(slot);
        PlacedLabel one = group.aggregate(aggregate);
        long known = one.label().getRecordedAt().toEpochMilli();
        if (known <= turn) {
            due.add(one);
        } else {
            put(one, known, timers);
        }
    }

    /** Whether all labels of a turn have arrived when {@code turn} is due. */
    private boolean isWithin(long next, long turn) {
        return next - turn <= Math.min(order.period() - 1, order.holdBack());
    }

    private void remove(Set<PlacedLabel> labels, long turn) throws Exception {
        List<PlacedLabel> waiting = byTurn.get(turn);
        if (waiting == null) {
            return;
        }
        List<PlacedLabel> left = new ArrayList<>(waiting);
        left.removeIf(labels::contains);
        if (left.isEmpty()) {
            byTurn.remove(turn);
        } else {
            byTurn.put(turn, left);
        }
    }

    /** Forgets a slot, one of whose labels was learned or refused. */
    void end(long slot) throws Exception {
        slots.end(slot);
    }

    private long slotOf(PlacedLabel label) {
        return order.slotOf(label.label().getTime().toEpochMilli());
    }
}
