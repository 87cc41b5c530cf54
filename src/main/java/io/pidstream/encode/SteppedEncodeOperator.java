package io.pidstream.encode;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Frame;
import io.pidstream.state.FormatType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Encodes frames like {@link EncodeOperator}, in a single-process job whose versions come back
 * through a {@link VersionLoop}. It proceeds in steps of event time. The frames of a step are
 * emitted once all versions that can be in effect at its end are known, and the watermark stops
 * there, so that decisions made downstream on these frames can come back. For runs over files: it
 * keeps no checkpointed state.
 */
public final class SteppedEncodeOperator extends AbstractStreamOperator<EncodedFrame>
        implements OneInputStreamOperator<Frame, EncodedFrame> {
    private static final long serialVersionUID = 1;

    /** A lead has two steps, so that one is encoded while the other is learned. */
    private static final int STEPS_PER_LEAD = 2;

    private static final Comparator<Frame> ORDER =
            Comparator.comparingLong(Frame::time).thenComparing(Frame::asset);

    /** Versions as they take effect. */
    public static final OutputTag<ModelVersion> VERSIONS =
            new OutputTag<>("versions-that-hold", FormatType.of(EventFormats.MODEL_VERSION));

    /** Refused versions. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS = EncodeOperator.DEAD_LETTERS;

    private final EncodeSettings settings;
    private final String loopName;

    private transient VersionLoop loop;
    private transient FrameEncoders encoders;

    /** Frames by the number of their step. */
    private transient TreeMap<Long, List<Frame>> waiting;

    /** Versions that take effect up to this event time have been applied. */
    private transient long held;

    private transient long watermark;

    /**
     * @param loopName name of an open loop of this process, whose lead is at least two periods
     */
    public SteppedEncodeOperator(EncodeSettings settings, String loopName) {
        this.settings = settings;
        this.loopName = loopName;
    }

    @Override
    public void open() throws Exception {
        super.open();
        loop = VersionLoop.named(loopName);
        encoders = new FrameEncoders(settings);
        waiting = new TreeMap<>();
        held = Long.MIN_VALUE;
        watermark = Long.MIN_VALUE;
        for (ModelVersion version : settings.initialVersions()) {
            use(version);
        }
    }

    @Override
    public void processElement(StreamRecord<Frame> record) {
        Frame frame = record.getValue();
        waiting.computeIfAbsent(step(frame.time()), number -> new ArrayList<>()).add(frame);
    }

    private long stepLength() {
        return loop.lead() / STEPS_PER_LEAD;
    }

    private long step(long time) {
        return Math.floorDiv(time, stepLength());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // A frame's turn is never before its time, so up to the watermark all frames are present.
        long complete = step(mark.getTimestamp());
        boolean last = mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp();
        while (!waiting.isEmpty() && (waiting.firstKey() < complete || last)) {
            Map.Entry<Long, List<Frame>> first = waiting.pollFirstEntry();
            advanceTo(first.getKey());
            encode(first.getValue());
        }
        if (last) {
            output.emitWatermark(mark);
        } else {
            advanceTo(complete);
        }
    }

    /**
     * Advances to the beginning of a step, including its versions, which must be known before the
     * watermark because decisions depend on them.
     */
    private void advanceTo(long step) throws InterruptedException {
        long begin = step * stepLength();
        emitWatermark(begin - stepLength() - 1);
        if (begin - 1 > held) {
            loop.await(held, begin - 1).forEach(this::use);
            held = begin - 1;
        }
        emitWatermark(begin - 1);
    }

    private void emitWatermark(long time) {
        if (time > watermark) {
            watermark = time;
            output.emitWatermark(new Watermark(time));
        }
    }

    private void encode(List<Frame> frames) throws InterruptedException {
        frames.sort(ORDER);
        List<Frame> batch = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            if (frame.time() > held) {
                List<ModelVersion> due = loop.await(held, frame.time());
                if (!due.isEmpty()) {
                    flush(batch);
                    due.forEach(this::use);
                }
                held = frame.time();
            }
            batch.add(frame);
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

    private void flush(List<Frame> batch) {
        for (EncodedFrame encoded : encoders.encode(batch)) {
            output.collect(new StreamRecord<>(encoded, encoded.frame().turn()));
        }
        batch.clear();
    }

    @Override
    public void close() throws Exception {
        if (encoders != null) {
            encoders.close();
        }
        super.close();
    }
}
