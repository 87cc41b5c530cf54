package io.pidstream.encode;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.EventFormats;
import io.pidstream.join.Observation;
import io.pidstream.state.FormatType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Encodes observations like {@link EncodeOperator}, in a single-process job whose versions come
 * back through a {@link VersionLoop}. It proceeds in steps of event time. The turns of a step are
 * emitted once all versions that can be in effect at its end are known, and the watermark stops
 * there, so that decisions made downstream on these frames can come back. For runs over files: it
 * keeps no checkpointed state.
 */
public final class SteppedEncodeOperator extends AbstractEncodeOperator
        implements OneInputStreamOperator<Observation, Observation> {
    private static final long serialVersionUID = 2;

    /** No event time of a stream is before it; the initial watermark is. */
    private static final long EARLIEST = Long.MIN_VALUE / 2;

    /** A lead has two steps, so that one is encoded while the other is learned. */
    private static final int STEPS_PER_LEAD = 2;

    /** Turns of the same asset and instant stay in their order. */
    private static final Comparator<StreamRecord<Observation>> ORDER =
            Comparator.comparing(
                    StreamRecord::getValue,
                    Comparator.comparingLong(Observation::turn).thenComparing(Observation::asset));

    /** Versions as they take effect. */
    public static final OutputTag<ModelVersion> VERSIONS =
            new OutputTag<>("versions-that-hold", FormatType.of(EventFormats.MODEL_VERSION));

    /** Refused versions. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS = EncodeOperator.DEAD_LETTERS;

    private final String loopName;

    private transient VersionLoop loop;

    /** Observations by the number of the step of their turn. */
    private transient TreeMap<Long, List<StreamRecord<Observation>>> waiting;

    /** Versions that take effect up to this event time have been applied. */
    private transient long held;

    private transient long watermark;

    /**
     * @param loopName name of an open loop of this process, whose lead is at least two periods
     */
    public SteppedEncodeOperator(EncodeSettings settings, String loopName) {
        super(settings);
        this.loopName = loopName;
    }

    @Override
    public void open() throws Exception {
        super.open();
        loop = VersionLoop.named(loopName);
        waiting = new TreeMap<>();
        held = Long.MIN_VALUE;
        watermark = Long.MIN_VALUE;
        for (ModelVersion version : settings.initialVersions()) {
            use(version);
        }
    }

    @Override
    public void processElement(StreamRecord<Observation> record) {
        waiting.computeIfAbsent(step(record.getValue().turn()), number -> new ArrayList<>())
                .add(new StreamRecord<>(record.getValue(), record.getTimestamp()));
    }

    private long stepLength() {
        return loop.lead() / STEPS_PER_LEAD;
    }

    private long step(long time) {
        return Math.floorDiv(time, stepLength());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() < EARLIEST) {
            return;
        }
        boolean last = mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp();
        // All turns whose timers have fired are present.
        long complete = last ? Long.MAX_VALUE : step(settings.order().turnOf(mark.getTimestamp()));
        while (!waiting.isEmpty() && (waiting.firstKey() < complete || last)) {
            Map.Entry<Long, List<StreamRecord<Observation>>> first = waiting.pollFirstEntry();
            advanceTo(first.getKey());
            encode(first.getValue());
        }
        if (last) {
            super.processWatermark(mark);
        } else {
            advanceTo(complete);
        }
    }

    /**
     * Advances to the beginning of a step, including its versions, which must be known before the
     * watermark because decisions depend on them.
     */
    private void advanceTo(long step) throws Exception {
        long begin = step * stepLength();
        emitWatermark(begin - stepLength() - 1);
        if (begin - 1 > held) {
            loop.await(held, begin - 1).forEach(this::use);
            held = begin - 1;
        }
        emitWatermark(begin - 1);
    }

    private void emitWatermark(long time) throws Exception {
        if (time > watermark) {
            watermark = time;
            super.processWatermark(new Watermark(time));
        }
    }

    private void encode(List<StreamRecord<Observation>> turns) throws Exception {
        turns.sort(ORDER);
        List<StreamRecord<Observation>> batch = new ArrayList<>();
        for (StreamRecord<Observation> turn : turns) {
            Observation observation = turn.getValue();
            if (observation.isNew() && observation.slot() > held) {
                List<ModelVersion> due = loop.await(held, observation.slot());
                if (!due.isEmpty()) {
                    flush(batch);
                    due.forEach(this::use);
                }
                held = observation.slot();
            }
            batch.add(turn);
            if (batch.size() >= settings.batchSize()) {
                flush(batch);
            }
        }
        flush(batch);
    }

    private void use(ModelVersion version) {
        encoders.use(version)
                .ifPresent(refusal -> output.collect(DEAD_LETTERS, new StreamRecord<>(refusal)));
        // One subtask emits them for all downstream operators; the timestamp is that of the
        // watermark.
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            output.collect(VERSIONS, new StreamRecord<>(version));
        }
    }

    private void flush(List<StreamRecord<Observation>> batch) throws Exception {
        emit(batch);
        batch.clear();
    }
}
