package io.pidstream.align;

import io.pidstream.avro.Reading;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Frame;
import io.pidstream.event.Modalities;
import io.pidstream.event.RunCondition;
import io.pidstream.event.RunState;
import io.pidstream.metric.Metric;
import io.pidstream.metric.RecentMean;
import io.pidstream.metric.StageMetrics;
import io.pidstream.pid.ModalitySet;
import io.pidstream.state.FormatType;
import io.pidstream.stats.BrokenInvariant;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * N-way outer alignment: one frame per asset and slot with a reading of at least one modality, with
 * the set of the modalities that are present.
 *
 * <p>A frame is emitted when the watermark passes its slot, so it does not depend on the order of
 * arrival. With {@link SlotAggregate#FIRST} it is emitted as soon as every modality is present. A
 * reading that arrives after its frame was emitted goes to {@link #LATE}.
 */
public final class AlignFunction extends KeyedProcessFunction<String, Reading, Frame> {
    private static final long serialVersionUID = 1;

    /** Readings that arrived after their frame was emitted. */
    public static final OutputTag<Reading> LATE =
            new OutputTag<>("late-readings", FormatType.of(EventFormats.READING));

    private static final ValueStateDescriptor<Long> CLOSED_UNTIL =
            new ValueStateDescriptor<>("closed-until", Types.LONG);

    private static final int RECENT_FRAMES = 100;

    private final Modalities modalities;
    private final SlotClock clock;
    private final SlotAggregate aggregate;
    private final RunCondition running;

    private transient MapState<Long, OpenSlot> openSlots;
    private transient ValueState<Long> closedUntil;
    private transient Counter complete;
    private transient Counter partial;
    private transient RecentMean delay;

    /** One per modality. */
    private transient Counter[] late;

    private transient Counter[] absent;

    /**
     * @param running when an asset is running; null for always
     */
    public AlignFunction(
            Modalities modalities, SlotClock clock, SlotAggregate aggregate, RunCondition running) {
        this.modalities = modalities;
        this.clock = clock;
        this.aggregate = aggregate;
        this.running = running;
    }

    @Override
    public void open(OpenContext context) {
        openSlots =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "open-slots",
                                        Types.LONG,
                                        FormatType.of(new OpenSlotFormat(aggregate))));
        closedUntil = getRuntimeContext().getState(CLOSED_UNTIL);
        StageMetrics metrics = StageMetrics.of(getRuntimeContext());
        complete = metrics.counter(Metric.COMPLETE_FRAMES);
        partial = metrics.counter(Metric.PARTIAL_FRAMES);
        delay = metrics.recentMean(Metric.SLOT_DELAY, RECENT_FRAMES);
        late = new Counter[modalities.count()];
        absent = new Counter[modalities.count()];
        for (int m = 0; m < late.length; m++) {
            StageMetrics of = metrics.labelled(Metric.MODALITY, modalities.all().get(m).name());
            late[m] = of.counter(Metric.LATE_READINGS);
            absent[m] = of.counter(Metric.ABSENT_READINGS);
        }
    }

    @Override
    public void processElement(Reading reading, Context context, Collector<Frame> out)
            throws Exception {
        long time = reading.getTime().toEpochMilli();
        long slot = clock.slotOf(time);
        if (isClosed(slot, context)) {
            late[modalities.indexOf(reading.getModality())].inc();
            context.output(LATE, reading);
            return;
        }
        OpenSlot open = openSlots.get(slot);
        if (open == null) {
            open = new OpenSlot(aggregate, modalities.count());
            context.timerService().registerEventTimeTimer(clock.lastOf(slot));
        }
        if (open.isEmitted()) {
            return; // The slot already has a reading of every modality; this one is a repetition.
        }
        open.add(modalities.indexOf(reading.getModality()), time, toArray(reading.getValues()));
        if (aggregate == SlotAggregate.FIRST) {
            Frame frame = frame(context.getCurrentKey(), slot, slot, open);
            if (frame.present().equals(modalities.complete())) {
                emit(frame, context, out);
                open.setEmitted();
            }
        }
        openSlots.put(slot, open);
    }

    /** Ensures that no slot is opened twice, even after a restore, when watermarks start over. */
    private boolean isClosed(long slot, Context context) throws Exception {
        if (clock.lastOf(slot) <= context.timerService().currentWatermark()) {
            return true;
        }
        Long closed = closedUntil.value();
        return closed != null && slot <= closed;
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Frame> out)
            throws Exception {
        long slot = clock.slotOf(timestamp);
        OpenSlot open = openSlots.get(slot);
        requireNextSlot(context.getCurrentKey(), slot, open);
        if (!open.isEmitted()) {
            long turn = aggregate == SlotAggregate.FIRST ? clock.lastOf(slot) : slot;
            emit(frame(context.getCurrentKey(), slot, turn, open), context, out);
        }
        openSlots.remove(slot);
        closedUntil.update(slot);
    }

    /** Slots of an asset close once each, in the order of time. */
    private void requireNextSlot(String asset, long slot, OpenSlot open) throws Exception {
        Long closed = closedUntil.value();
        if (open == null || (closed != null && closed >= slot)) {
            throw new BrokenInvariant(
                    "slot %s of asset %s is due and %s; the last slot that closed is %s",
                    Instant.ofEpochMilli(slot),
                    asset,
                    open == null ? "not open" : "open",
                    closed == null ? "none" : Instant.ofEpochMilli(closed));
        }
    }

    private void emit(Frame frame, Context context, Collector<Frame> out) {
        boolean whole = frame.present().equals(modalities.complete());
        (whole ? complete : partial).inc();
        for (int m = 0; !whole && m < absent.length; m++) {
            absent[m].inc(frame.present().contains(m) ? 0 : 1);
        }
        long now = context.timerService().currentProcessingTime();
        delay.add((now - clock.lastOf(frame.time())) / 1000.0);
        out.collect(frame);
    }

    private Frame frame(String asset, long slot, long turn, OpenSlot open) {
        double[] all = new double[modalities.channelCount()];
        Arrays.fill(all, Double.NaN);
        ModalitySet present = ModalitySet.NONE;
        int offset = 0;
        for (int m = 0; m < modalities.count(); m++) {
            double[] values = open.values(m);
            if (values != null) {
                System.arraycopy(values, 0, all, offset, values.length);
                present = present.with(m);
            }
            offset += modalities.size(m);
        }
        RunState state = running == null ? RunState.RUNNING : running.of(all);
        return new Frame(asset, slot, turn, present, all, state);
    }

    private static double[] toArray(List<Double> values) {
        double[] array = new double[values.size()];
        for (int i = 0; i < array.length; i++) {
            Double value = values.get(i);
            array[i] = value == null ? Double.NaN : value;
        }
        return array;
    }
}
