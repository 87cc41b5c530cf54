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
 * Encodes frames as {@link EncodeOperator} does, in a job within one process whose versions come
 * back by a {@link VersionLoop}. It goes by steps of event time: the frames of a step leave when
 * all is known that can hold at its end, and the watermark never goes beyond it, so what is decided
 * downstream on these frames can come back. For runs over files: it keeps no state in checkpoints.
 */
public final class SteppedEncodeOperator extends AbstractStreamOperator<EncodedFrame>
        implements OneInputStreamOperator<Frame, EncodedFrame> {
    private static final long serialVersionUID = 1;

    /** A lead has two steps, so that one can be encoded while another is learned. */
    private static final int STEPS_PER_LEAD = 2;

    private static final Comparator<Frame> ORDER =
            Comparator.comparingLong(Frame::time).thenComparing(Frame::asset);

    /** Versions as they come to hold. */
    public static final OutputTag<ModelVersion> VERSIONS =
            new OutputTag<>("versions-that-hold", FormatType.of(EventFormats.MODEL_VERSION));

    /** Versions that were refused. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS = EncodeOperator.DEAD_LETTERS;

    private final EncodeSettings settings;
    private final String loopName;

    private transient VersionLoop loop;
    private transient FrameEncoders encoders;

    /** Frames by the number of their step. */
    private transient TreeMap<Long, List<Frame>> waiting;

    /** What holds up to here has been taken. */
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
        // A frame's turn is never before its time: up to the watermark all frames are there.
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
     * To the beginning of a step, versions included: what is decided depends on their being known
     * before the watermark comes.
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
        // One is enough for those downstream; its time is that of the watermark.
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
