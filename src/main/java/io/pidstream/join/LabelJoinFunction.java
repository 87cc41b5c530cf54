package io.pidstream.join;

import io.pidstream.admit.Origin;
import io.pidstream.align.SlotAggregate;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Label;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Frame;
import io.pidstream.event.PlacedLabel;
import io.pidstream.event.Targets;
import io.pidstream.metric.Metric;
import io.pidstream.metric.RecentMean;
import io.pidstream.metric.StageMetrics;
import io.pidstream.state.FormatType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sorts an asset's frames and labels into the order of learning and joins each label to its frame.
 *
 * <p>Emits every frame at its turn, and the labelled frame again at its label's turn unless that is
 * the same turn. So the learners downstream need neither timers nor buffers. Labels without a
 * matching frame become dead letters. Several labels of a slot are learned as one; see {@link
 * WaitingLabels}.
 */
public final class LabelJoinFunction
        extends KeyedCoProcessFunction<String, Frame, PlacedLabel, Observation> {
    private static final long serialVersionUID = 1;

    /** Refused labels. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", FormatType.of(EventFormats.DEAD_LETTER));

    private static final MapStateDescriptor<Long, WaitingFrame> FRAMES =
            new MapStateDescriptor<>(
                    "frames-by-slot", Types.LONG, FormatType.of(WaitingFrame.FORMAT));
    private static final MapStateDescriptor<Long, List<PlacedLabel>> LABELS =
            new MapStateDescriptor<>(
                    "labels-by-turn", Types.LONG, FormatType.listOf(PlacedLabel.FORMAT));
    private static final MapStateDescriptor<Long, Long> NEWEST_TURNS =
            new MapStateDescriptor<>("newest-turn-by-slot", Types.LONG, Types.LONG);
    private static final MapStateDescriptor<String, Long> TURNS_BEFORE =
            new MapStateDescriptor<>("turn-before-by-slot-and-turn", Types.STRING, Types.LONG);
    private static final ValueStateDescriptor<KnownTarget> KNOWN =
            new ValueStateDescriptor<>("newest-known-target", FormatType.of(KnownTarget.FORMAT));

    private static final ValueStateDescriptor<Boolean> STOPPED =
            new ValueStateDescriptor<>("stopped", Types.BOOLEAN);

    private static final ValueStateDescriptor<Long> NEXT_SWEEP =
            new ValueStateDescriptor<>("next-sweep", Types.LONG);

    /** The reasons for which labels are refused here. */
    private static final Set<DeadLetterReason> REASONS =
            EnumSet.of(
                    DeadLetterReason.LABEL_TOO_LATE,
                    DeadLetterReason.LABEL_WITHOUT_FRAME,
                    DeadLetterReason.SECOND_LABEL);

    private static final int RECENT_LABELS = 100;

    private final LearningOrder order;
    private final SlotAggregate aggregate;
    private final boolean history;
    private final List<String> labelsFrom;

    private transient MapState<Long, WaitingFrame> frames;
    private transient WaitingLabels labels;
    private transient ValueState<KnownTarget> known;
    private transient LastRunState runState;
    private transient Sweep sweep;
    private transient Counter lateLabels;
    private transient Counter repeatedLabels;
    private transient Counter notRunning;
    private transient Counter labelsNotRunning;
    private transient RecentMean labelDelay;
    private transient Map<DeadLetterReason, Counter> refused;

    /**
     * @param aggregate what is learned of several labels of a slot
     * @param history whether learners read the newest known target, so that a frame has to keep
     *     that of its turn until its label comes
     * @param labelsFrom the topic of the labels or their files, for dead letters of labels that
     *     were kept without their topic
     */
    public LabelJoinFunction(
            LearningOrder order,
            SlotAggregate aggregate,
            boolean history,
            List<String> labelsFrom) {
        this.order = order;
        this.aggregate = aggregate;
        this.history = history;
        this.labelsFrom = List.copyOf(labelsFrom);
    }

    @Override
    public void open(OpenContext context) {
        frames = getRuntimeContext().getMapState(FRAMES);
        labels =
                new WaitingLabels(
                        order,
                        aggregate,
                        getRuntimeContext().getMapState(LABELS),
                        new SlotTurns(
                                getRuntimeContext().getMapState(NEWEST_TURNS),
                                getRuntimeContext().getMapState(TURNS_BEFORE)));
        known = getRuntimeContext().getState(KNOWN);
        runState = new LastRunState(getRuntimeContext().getState(STOPPED));
        sweep = new Sweep(order, getRuntimeContext().getState(NEXT_SWEEP));
        StageMetrics metrics = StageMetrics.of(getRuntimeContext());
        lateLabels = metrics.counter(Metric.LATE_LABELS);
        repeatedLabels = metrics.counter(Metric.REPEATED_LABELS);
        notRunning = metrics.counter(Metric.FRAMES_NOT_RUNNING);
        labelsNotRunning = metrics.counter(Metric.LABELS_NOT_RUNNING);
        labelDelay = metrics.recentMean(Metric.LABEL_DELAY, RECENT_LABELS);
        refused = new EnumMap<>(DeadLetterReason.class);
        for (DeadLetterReason reason : REASONS) {
            refused.put(
                    reason,
                    metrics.labelled(Metric.REASON, reason.name()).counter(Metric.DEAD_LETTERS));
        }
    }

    @Override
    public void processElement1(Frame frame, Context context, Collector<Observation> out)
            throws Exception {
        long slot = frame.time();
        frames.put(slot, new WaitingFrame(EncodedFrame.notYet(frame), null, null));
        context.timerService().registerEventTimeTimer(order.timerOf(frame.turn()));
        sweep.include(slot, context.timerService());
    }

    @Override
    public void processElement2(PlacedLabel placed, Context context, Collector<Observation> out)
            throws Exception {
        Label label = placed.label();
        long turn = label.getRecordedAt().toEpochMilli();
        labelDelay.add((turn - label.getTime().toEpochMilli()) / 1000.0);
        long slot = order.slotOf(label.getTime().toEpochMilli());
        if (turn > order.lastLabelTurn(slot)) {
            context.output(
                    DEAD_LETTERS,
                    deadLetter(
                            placed,
                            DeadLetterReason.LABEL_TOO_LATE,
                            "the label arrived more than target.max-delay after its slot"));
            return;
        }
        if (order.timerOf(turn) <= context.timerService().currentWatermark()) {
            lateLabels.inc(); // Its turn has passed; it is learned at the next watermark.
        }
        labels.add(placed, turn, context.timerService());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Observation> out)
            throws Exception {
        long turn = order.turnOf(timestamp);
        List<PlacedLabel> due = labels.takeDue(turn, context.timerService());
        takeFrame(turn, due, out);
        for (PlacedLabel label : due) {
            learn(label, turn, context, out);
        }
        sweep.onTimer(timestamp, frames, context.timerService());
    }

    /**
     * Emits the frame whose turn it is, if any: that of the slot starting at this turn, or of the
     * slot ending with it. If its label is in {@code due}, the label is emitted with it and removed
     * there. That of an asset which is not running is not learned.
     */
    private void takeFrame(long turn, List<PlacedLabel> due, Collector<Observation> out)
            throws Exception {
        long slot = order.slotOf(turn);
        WaitingFrame waiting = frames.get(slot);
        if (waiting == null || waiting.isLearned() || waiting.frame().frame().turn() != turn) {
            return;
        }
        KnownTarget target = known.value();
        Label label = takeLabel(slot, due);
        Frame frame = runState.settle(waiting.frame().frame());
        EncodedFrame taken = EncodedFrame.notYet(frame);
        if (!frame.isRunning()) {
            notRunning.inc();
            label = label == null ? null : leaveOut(slot);
        }
        if (label != null) {
            learned(slot, label);
        } else if ((history && target != null)
                || frame.state() != waiting.frame().frame().state()) {
            frames.put(slot, new WaitingFrame(taken, history ? target : null, null));
        }
        out.collect(new Observation(taken, target, true, label, turn, List.of()));
    }

    /** Leaves out the label of a slot in which the asset was not running. */
    private Label leaveOut(long slot) throws Exception {
        labels.end(slot);
        labelsNotRunning.inc();
        return null;
    }

    private Label takeLabel(long slot, List<PlacedLabel> due) {
        for (int i = 0; i < due.size(); i++) {
            if (order.slotOf(due.get(i).label().getTime().toEpochMilli()) == slot) {
                return due.remove(i).label();
            }
        }
        return null;
    }

    private void learned(long slot, Label label) throws Exception {
        frames.put(slot, new WaitingFrame(null, null, label));
        labels.end(slot);
        KnownTarget before = known.value();
        double[] target = Targets.of(label);
        known.update(before == null ? KnownTarget.first(slot, target) : before.with(slot, target));
    }

    private void learn(
            PlacedLabel placed, long turn, OnTimerContext context, Collector<Observation> out)
            throws Exception {
        Label label = placed.label();
        long slot = order.slotOf(label.getTime().toEpochMilli());
        WaitingFrame waiting = frames.get(slot);
        if (waiting == null || (!waiting.isLearned() && waiting.frame().frame().turn() > turn)) {
            if (order.lastOf(slot) > turn) {
                // The frame may still arrive.
                labels.defer(placed, order.lastOf(slot), context.timerService());
            } else {
                labels.end(slot);
                context.output(
                        DEAD_LETTERS,
                        deadLetter(
                                placed,
                                DeadLetterReason.LABEL_WITHOUT_FRAME,
                                "the asset has no frame in the label's slot"));
            }
            return;
        }
        if (waiting.isLearned()) {
            labels.end(slot);
            repeat(placed, waiting.label(), context);
            return;
        }
        if (!waiting.frame().frame().isRunning()) {
            leaveOut(slot);
            return;
        }
        learned(slot, label);
        out.collect(
                new Observation(waiting.frame(), waiting.known(), false, label, turn, List.of()));
    }

    private void repeat(PlacedLabel placed, Label learned, OnTimerContext context)
            throws IOException {
        if (placed.label().equals(learned)) {
            repeatedLabels.inc(); // An identical label, such as from a producer's retry.
            return;
        }
        if (aggregate == SlotAggregate.FIRST
                && placed.label().getTime().isAfter(learned.getTime())) {
            return; // As it should be: only the first is learned.
        }
        context.output(
                DEAD_LETTERS,
                deadLetter(
                        placed,
                        DeadLetterReason.SECOND_LABEL,
                        "the slot's label %s was already learned at %s"
                                .formatted(text(learned), learned.getRecordedAt())));
    }

    private static String text(Label label) {
        return Arrays.stream(Targets.of(label))
                .mapToObj(Double::toString)
                .collect(Collectors.joining(", "));
    }

    private DeadLetter deadLetter(PlacedLabel placed, DeadLetterReason reason, String why)
            throws IOException {
        Label label = placed.label();
        String from =
                placed.topic() == null
                        ? Origin.topic(labelsFrom, placed.partition())
                        : placed.topic();
        refused.get(reason).inc();
        String detail =
                "%s: asset %s, time %s, recorded at %s, value %s: %s"
                        .formatted(
                                Origin.describe(from, placed.partition(), placed.offset()),
                                label.getAsset(),
                                label.getTime(),
                                label.getRecordedAt(),
                                text(label),
                                why);
        return new DeadLetter(
                from,
                placed.partition(),
                placed.offset(),
                label.getRecordedAt(),
                reason,
                detail,
                ByteBuffer.wrap(label.getAsset().getBytes(StandardCharsets.UTF_8)),
                label.toByteBuffer(),
                Map.of());
    }
}
