package io.pidstream.encode;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.Encoding;
import io.pidstream.event.EventFormats;
import io.pidstream.join.Observation;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.state.FormatType;
import io.pidstream.version.VersionNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Encodes observations in micro-batches: a batch is emitted when it is full, on a watermark, before
 * a checkpoint barrier, and at the end of input. The next stage waits for watermarks anyway, so
 * batching costs no latency, and no batch is ever in a snapshot.
 *
 * <p>Model versions are broadcast state, so its output does not depend on how frames are
 * partitioned. The stream of versions does not hold back event time; a frame is encoded by the
 * versions in effect at its own time ({@link VersionSchedule}). A version that does not match its
 * record, does not fit the configuration, or reuses another's number is refused with a dead letter,
 * and the previous versions stay in use.
 */
public final class EncodeOperator extends AbstractEncodeOperator
        implements TwoInputStreamOperator<Observation, ModelVersion, Observation> {
    private static final long serialVersionUID = 3;

    /** Refused versions. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS = REFUSED;

    private static final MapStateDescriptor<Long, ModelVersion> VERSIONS =
            new MapStateDescriptor<>(
                    "model-versions", Types.LONG, FormatType.of(EventFormats.MODEL_VERSION));

    private transient BroadcastState<Long, ModelVersion> versions;
    private transient List<StreamRecord<Observation>> batch;
    private transient Counter refused;
    private transient EncodeMetrics figures;

    public EncodeOperator(EncodeSettings settings) {
        super(settings);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        versions = context.getOperatorStateStore().getBroadcastState(VERSIONS);
    }

    @Override
    public void open() throws Exception {
        super.open();
        batch = new ArrayList<>(settings.batchSize());
        StageMetrics metrics = StageMetrics.of(getRuntimeContext());
        figures = new EncodeMetrics(metrics);
        refused =
                metrics.labelled(Metric.REASON, DeadLetterReason.MODEL_REFUSED.name())
                        .counter(Metric.DEAD_LETTERS);
        for (ModelVersion version : settings.initialVersions()) {
            if (!versions.contains(version.getVersion())) {
                versions.put(version.getVersion(), version);
            }
        }
        for (var entry : versions.immutableEntries()) {
            use(entry.getValue());
        }
    }

    @Override
    public void processElement1(StreamRecord<Observation> record) throws Exception {
        // The record may be reused.
        batch.add(new StreamRecord<>(record.getValue(), record.getTimestamp()));
        if (batch.size() >= settings.batchSize()) {
            flush();
        }
    }

    @Override
    public void processElement2(StreamRecord<ModelVersion> record) throws Exception {
        ModelVersion version = record.getValue();
        Optional<String> refusal =
                VersionNumber.refusal(versions.get(version.getVersion()), version);
        if (refusal.isPresent()) {
            refuse(settings.refusal(version, refusal.get()));
            return;
        }
        // Frames that arrived before the record are encoded without it.
        flush();
        versions.put(version.getVersion(), version);
        use(version);
    }

    private void use(ModelVersion version) {
        encoders.use(version).ifPresent(this::refuse);
    }

    private void refuse(DeadLetter refusal) {
        refused.inc();
        output.collect(DEAD_LETTERS, new StreamRecord<>(refusal));
    }

    /** Numbers of the announced versions. */
    List<Long> knownVersions() throws Exception {
        List<Long> numbers = new ArrayList<>();
        versions.immutableEntries().forEach(entry -> numbers.add(entry.getKey()));
        return numbers;
    }

    private void flush() throws Exception {
        if (batch.isEmpty()) {
            return;
        }
        long started = System.nanoTime();
        List<Observation> encoded = emit(batch);
        batch.clear();
        if (!encoded.isEmpty()) {
            figures.batch(encoded.size(), System.nanoTime() - started);
            Observation newest = encoded.get(encoded.size() - 1);
            figures.versions(
                    newest.encoded().encodings().stream().map(Encoding::version).toList(),
                    encoders.heldSeconds(newest.encoded().active().version(), newest.slot()));
        }
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        flush();
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {
        // Event time follows the frames only; model versions arrive at any time.
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }
}
