package io.pidstream.encode;

import io.pidstream.avro.ModelVersion;
import io.pidstream.event.BinaryType;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.Encoding;
import io.pidstream.event.Frame;
import io.pidstream.event.ModelVersionFormat;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Encodes frames in micro-batches: a batch leaves when it is full, when a watermark comes, before a
 * checkpoint barrier, and at the end. The next stage waits for watermarks anyway, so batching costs
 * no latency, and no frame is ever in a snapshot.
 *
 * <p>Its only state is the broadcast of model versions, so its output does not depend on how frames
 * are partitioned. Their stream does not hold event time back. Until a trained version is active,
 * the identity encoder serves.
 */
public final class EncodeOperator extends AbstractStreamOperator<EncodedFrame>
        implements TwoInputStreamOperator<Frame, ModelVersion, EncodedFrame> {
    private static final long serialVersionUID = 1;

    private static final MapStateDescriptor<Long, ModelVersion> VERSIONS =
            new MapStateDescriptor<>(
                    "model-versions", Types.LONG, new BinaryType<>(new ModelVersionFormat()));

    private final int batchSize;

    private transient BroadcastState<Long, ModelVersion> versions;
    private transient List<Frame> batch;
    private transient Counter versionsWithoutEncoder;

    public EncodeOperator(int batchSize) {
        this.batchSize = batchSize;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        versions = context.getOperatorStateStore().getBroadcastState(VERSIONS);
    }

    @Override
    public void open() throws Exception {
        super.open();
        batch = new ArrayList<>(batchSize);
        versionsWithoutEncoder = getMetricGroup().counter("versionsWithoutEncoder");
        getMetricGroup().gauge("microBatch", () -> batch.size());
    }

    @Override
    public void processElement1(StreamRecord<Frame> record) {
        batch.add(record.getValue());
        if (batch.size() >= batchSize) {
            flush();
        }
    }

    @Override
    public void processElement2(StreamRecord<ModelVersion> record) throws Exception {
        ModelVersion version = record.getValue();
        versions.put(version.getVersion(), version);
        versionsWithoutEncoder.inc();
    }

    /** Numbers of the versions that have been announced. */
    List<Long> knownVersions() throws Exception {
        List<Long> numbers = new ArrayList<>();
        versions.immutableEntries().forEach(entry -> numbers.add(entry.getKey()));
        return numbers;
    }

    private void flush() {
        for (Frame frame : batch) {
            Encoding identity = new Encoding(Encoding.IDENTITY, frame.values());
            output.collect(
                    new StreamRecord<>(new EncodedFrame(frame, List.of(identity)), frame.turn()));
        }
        batch.clear();
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        flush();
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {
        // Model versions come when they come; event time is that of the frames.
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }
}
