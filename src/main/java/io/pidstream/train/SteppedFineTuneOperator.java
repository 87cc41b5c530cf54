package io.pidstream.train;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.EventFormats;
import io.pidstream.format.Versions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains encoders like {@link FineTuneOperator}, after a number of labelled frames, but in event
 * time: decisions about versions and frames are processed in the order of their instants, and
 * training takes no event time. So the versions depend on the input alone. For runs over files: it
 * keeps no checkpointed state. Runs with parallelism 1.
 */
public final class SteppedFineTuneOperator extends AbstractStreamOperator<ModelVersion>
        implements TwoInputStreamOperator<TrainingSample, ModelVersion, ModelVersion> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(SteppedFineTuneOperator.class);
    private static final Comparator<TrainingSample> ORDER =
            Comparator.comparing(TrainingSample::getAsset).thenComparing(TrainingSample::getTime);

    private final FineTuneSettings settings;
    private final long lead;

    /** The versions known from the start, serialized by their format. */
    private final List<byte[]> initialVersions = new ArrayList<>();

    private transient Attempt attempt;
    private transient KnownVersions versions;
    private transient ReplayBuffer buffer;
    private transient Triggers triggers;
    private transient TreeMap<Long, Instants> waiting;

    /** The input of one instant. */
    private record Instants(List<ModelVersion> decided, List<TrainingSample> samples) {
        Instants() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /**
     * @param lead delay from the decision about a version until it takes effect, milliseconds of
     *     event time
     * @param initialVersions versions known from the start
     */
    public SteppedFineTuneOperator(
            FineTuneSettings settings, long lead, List<ModelVersion> initialVersions) {
        this.settings = settings;
        this.lead = lead;
        for (ModelVersion version : initialVersions) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                EventFormats.MODEL_VERSION.write(version, new DataOutputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            this.initialVersions.add(bytes.toByteArray());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        attempt = Engine.checked(settings.device(), settings);
        versions = new KnownVersions(0);
        for (byte[] bytes : initialVersions) {
            versions.add(
                    EventFormats.MODEL_VERSION.read(
                            new DataInputStream(new ByteArrayInputStream(bytes)),
                            Versions.CURRENT));
        }
        buffer = new ReplayBuffer(settings.buffer());
        triggers = new Triggers(settings.every());
        waiting = new TreeMap<>();
    }

    @Override
    public void processElement1(StreamRecord<TrainingSample> record) {
        at(record.getTimestamp()).samples().add(record.getValue());
    }

    @Override
    public void processElement2(StreamRecord<ModelVersion> record) {
        at(record.getTimestamp()).decided().add(record.getValue());
    }

    private Instants at(long time) {
        return waiting.computeIfAbsent(time, instant -> new Instants());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        while (!waiting.isEmpty() && waiting.firstKey() <= mark.getTimestamp()) {
            var first = waiting.pollFirstEntry();
            take(first.getValue(), first.getKey());
        }
        super.processWatermark(mark);
    }

    private void take(Instants instant, long time) {
        instant.decided().forEach(versions::add);
        instant.samples().sort(ORDER);
        for (TrainingSample sample : instant.samples()) {
            LabelledRow.of(sample, settings.modalities().sensors(), settings.targets().size())
                    .ifPresent(this::add);
        }
        if (versions.hasCandidate()) {
            return;
        }
        String why = triggers.take();
        if (why != null) {
            train(why, time);
        }
    }

    private void add(LabelledRow row) {
        buffer.add(row);
        triggers.labelled(buffer.size());
    }

    private void train(String why, long time) {
        List<LabelledRow> rows = buffer.rows();
        Outcome outcome =
                attempt.run(rows, versions.active(), Thread.currentThread()::isInterrupted);
        if (outcome.ending() == Ending.CANCELLED) {
            return;
        }
        ModelVersion version =
                VersionRecord.of(
                        outcome,
                        settings,
                        versions.largest() + 1,
                        Instant.ofEpochMilli(time),
                        Instant.ofEpochMilli(time + lead),
                        why);
        versions.add(version);
        if (version.getState() == ModelState.CANDIDATE) {
            LOG.info("version {}: {}", version.getVersion(), version.getReason());
        } else {
            LOG.info("version {} is rejected: {}", version.getVersion(), version.getReason());
        }
        output.collect(new StreamRecord<>(version, time));
    }
}
