package io.pidstream.train;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.AlertKind;
import io.pidstream.event.EventFormats;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.metric.Value;
import io.pidstream.state.FormatType;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractInput;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorV2;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buffers labelled frames and trains encoders on them: after a number of frames, on a timer, and on
 * an alert. Emits the outcome as a model version, either a candidate or a rejected one.
 *
 * <p>Training runs in its own thread and its outcome returns through the task's mailbox, so neither
 * frames nor checkpoints wait for it. Training interrupted by a failure is started again after the
 * restore.
 *
 * <p>Training starts only after all past versions have been read, so that no number is used twice,
 * and not while a candidate is on trial, because only one is compared at a time. Runs with
 * parallelism 1.
 */
public final class FineTuneOperator extends AbstractStreamOperatorV2<ModelVersion>
        implements MultipleInputStreamOperator<ModelVersion>, BoundedMultiInput {
    private static final Logger LOG = LoggerFactory.getLogger(FineTuneOperator.class);

    /** Indices of the inputs. */
    public static final int SAMPLES = 1;

    public static final int ALERTS = 2;
    public static final int VERSIONS = 3;

    /** The versions so far, as a bounded input: its end means that all are known. */
    public static final int PAST_VERSIONS = 4;

    /** Flink's name of GPUs as an external resource. */
    public static final String GPU = "gpu";

    private static final ListStateDescriptor<ReplayBuffer> BUFFER =
            new ListStateDescriptor<>("replay-buffer", FormatType.of(ReplayBuffer.FORMAT));
    private static final ListStateDescriptor<Triggers> TRIGGERS =
            new ListStateDescriptor<>("triggers", FormatType.of(Triggers.FORMAT));
    private static final ListStateDescriptor<ModelVersion> LIVING =
            new ListStateDescriptor<>("living-versions", FormatType.of(EventFormats.MODEL_VERSION));
    private static final ListStateDescriptor<Long> LARGEST =
            new ListStateDescriptor<>("largest-version", Types.LONG);

    private final FineTuneSettings settings;
    private final FineTuneOperatorFactory.Attempts attempts;
    private final MailboxExecutor mailbox;

    private ListState<ReplayBuffer> bufferState;
    private ListState<Triggers> triggersState;
    private ListState<ModelVersion> livingState;
    private ListState<Long> largestState;

    private ReplayBuffer buffer;
    private Triggers triggers;
    private KnownVersions versions;
    private boolean pastIsKnown;

    private Attempt attempt;
    private TrainingThread thread;

    /** Reason of the training in progress; null if there is none. */
    private String running;

    private Counter unusable;
    private Counter started;
    private Value buffered;
    private Value training;
    private Value lastTraining;
    private final Map<Ending, Counter> endings = new EnumMap<>(Ending.class);

    FineTuneOperator(
            StreamOperatorParameters<ModelVersion> parameters,
            FineTuneSettings settings,
            FineTuneOperatorFactory.Attempts attempts) {
        super(parameters, PAST_VERSIONS);
        this.settings = settings;
        this.attempts = attempts;
        this.mailbox = parameters.getMailboxExecutor();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        bufferState = context.getOperatorStateStore().getListState(BUFFER);
        triggersState = context.getOperatorStateStore().getListState(TRIGGERS);
        livingState = context.getOperatorStateStore().getListState(LIVING);
        largestState = context.getOperatorStateStore().getListState(LARGEST);
        buffer = new ReplayBuffer(settings.buffer());
        for (ReplayBuffer restored : bufferState.get()) {
            buffer = restored.under(settings.buffer());
        }
        triggers = new Triggers(settings.every());
        for (Triggers restored : triggersState.get()) {
            triggers = restored.every(settings.every());
        }
        long largest = 0;
        for (long restored : largestState.get()) {
            largest = Math.max(largest, restored);
        }
        versions = new KnownVersions(largest);
        livingState.get().forEach(versions::add);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        bufferState.update(List.of(buffer.copy()));
        triggersState.update(List.of(triggers.resuming(running)));
        livingState.update(versions.living());
        largestState.update(List.of(versions.largest()));
    }

    @Override
    public void open() throws Exception {
        super.open();
        attempt = attempts.on(device(), settings);
        thread = new TrainingThread("fine-tune");
        StageMetrics metrics = StageMetrics.of(getRuntimeContext());
        unusable = metrics.counter(Metric.UNUSABLE_SAMPLES);
        started = metrics.counter(Metric.STARTED_TRAININGS);
        for (Ending ending : Ending.values()) {
            StageMetrics of = metrics.labelled(Metric.REASON, ending.name());
            endings.put(ending, of.counter(Metric.ENDED_TRAININGS));
        }
        buffered = metrics.value(Metric.BUFFERED_FRAMES);
        buffered.set(buffer.size());
        training = metrics.value(Metric.TRAINING);
        training.set(0);
        lastTraining = metrics.value(Metric.LAST_TRAINING);
        if (settings.interval() != null) {
            startTimer();
        }
    }

    /** The GPU that Flink assigned to this task; otherwise the configured device. */
    private String device() {
        if (settings.device().equals("cpu")) {
            return settings.device();
        }
        return getRuntimeContext().getExternalResourceInfos(GPU).stream()
                .map(FineTuneOperator::index)
                .sorted()
                .findFirst()
                .map(index -> GPU + ":" + index)
                .orElse(settings.device());
    }

    private static int index(ExternalResourceInfo gpu) {
        String index =
                gpu.getProperty("index")
                        .orElseThrow(
                                () -> new IllegalStateException("the GPU has no index: " + gpu));
        return Integer.parseInt(index);
    }

    private void startTimer() {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        var unused =
                getProcessingTimeService()
                        .registerTimer(
                                now + settings.interval().toMillis(),
                                time -> {
                                    triggers.ask("a timer");
                                    startIfWanted();
                                    startTimer();
                                });
    }

    @Override
    @SuppressWarnings("rawtypes")
    public List<Input> getInputs() {
        return List.of(
                new Records<>(SAMPLES, this::sample),
                new Records<>(ALERTS, this::alert),
                new Records<>(VERSIONS, this::version),
                new Records<>(PAST_VERSIONS, this::version));
    }

    private interface Receiver<T> {
        void accept(T record);
    }

    private final class Records<T> extends AbstractInput<T, ModelVersion> {
        private final Receiver<T> receiver;

        Records(int number, Receiver<T> receiver) {
            super(FineTuneOperator.this, number);
            this.receiver = receiver;
        }

        @Override
        public void processElement(StreamRecord<T> record) {
            receiver.accept(record.getValue());
        }
    }

    private void sample(TrainingSample sample) {
        try {
            LabelledRow.of(sample, settings.modalities().sensors(), settings.targets().size())
                    .ifPresent(this::add);
        } catch (IllegalArgumentException e) {
            unusable.inc();
            LOG.warn("{}; it is skipped", e.getMessage());
        }
    }

    private void add(LabelledRow row) {
        buffer.add(row);
        buffered.set(buffer.size());
        triggers.labelled(buffer.size());
        startIfWanted();
    }

    private void alert(Alert alert) {
        boolean opens =
                alert.getState() == AlertState.OPEN
                        && alert.getHandling() == null
                        && alert.getAssignee() == null
                        && alert.getOutcome() == null;
        if (opens && AlertKind.asksForTraining(alert)) {
            triggers.ask("the alert %s of %s".formatted(alert.getKind(), alert.getAsset()));
            startIfWanted();
        }
    }

    private void version(ModelVersion version) {
        versions.add(version);
        startIfWanted();
    }

    @Override
    public void endInput(int input) {
        if (input == PAST_VERSIONS) {
            pastIsKnown = true;
            startIfWanted();
        }
    }

    private void startIfWanted() {
        if (running != null || !pastIsKnown || versions.hasCandidate()) {
            return;
        }
        running = triggers.take();
        if (running != null) {
            List<LabelledRow> rows = buffer.rows();
            ModelVersion active = versions.active();
            started.inc();
            training.set(1);
            long start = System.nanoTime();
            LOG.info(
                    "training on {} labelled frames starts, triggered by {}", rows.size(), running);
            thread.start(
                    cancelled -> attempt.run(rows, active, cancelled),
                    outcome -> handBack(outcome, System.nanoTime() - start));
        }
    }

    private void handBack(Outcome outcome, long nanoseconds) {
        try {
            mailbox.execute(() -> finished(outcome, nanoseconds), "training has ended");
        } catch (RejectedExecutionException e) {
            LOG.debug("training ended after the task");
        }
    }

    private void finished(Outcome outcome, long nanoseconds) {
        String why = running;
        running = null;
        training.set(0);
        lastTraining.set(nanoseconds / 1e9);
        if (outcome.ending() != Ending.CANCELLED) {
            ModelVersion version =
                    VersionRecord.of(
                            outcome,
                            settings,
                            versions.largest() + 1,
                            Instant.ofEpochMilli(
                                    getProcessingTimeService().getCurrentProcessingTime()),
                            Instant.ofEpochMilli(buffer.newestTime()),
                            why);
            versions.add(version);
            LOG.info(
                    "version {} is {} after {} s: {}",
                    version.getVersion(),
                    version.getState(),
                    nanoseconds / 1_000_000_000,
                    version.getReason());
            output.collect(new StreamRecord<>(version));
        }
        endings.get(outcome.ending()).inc();
        startIfWanted();
    }

    /** At the end of all inputs, pending training is still carried out. */
    @Override
    public void finish() throws Exception {
        while (running != null) {
            mailbox.yield();
        }
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (thread != null) {
            thread.close();
        }
        super.close();
    }
}
