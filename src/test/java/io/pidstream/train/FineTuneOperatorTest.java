package io.pidstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.EventFormats;
import io.pidstream.state.FormatType;
import io.pidstream.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.MultiInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator around attempts that are let end by the test. */
class FineTuneOperatorTest {
    private static final int MAIL_PRIORITY = 0;

    /** What attempts were given and are to end with; static, as the factory is serialised. */
    private static final BlockingQueue<List<LabelledRow>> STARTED = new LinkedBlockingQueue<>();

    private static final BlockingQueue<Outcome> OUTCOMES = new LinkedBlockingQueue<>();
    private static final AtomicInteger CANCELLED = new AtomicInteger();

    @BeforeEach
    void forget() {
        STARTED.clear();
        OUTCOMES.clear();
        CANCELLED.set(0);
    }

    @Test
    void trainsEverySoManyLabelledFrames() throws Exception {
        try (var harness = opened(3)) {
            endPast(harness);
            send(harness, 0, 2);
            assertThat(STARTED).isEmpty();
            send(harness, 2, 3);
            assertThat(started()).hasSize(3);
            end(harness, Ending.TOO_FEW_SAMPLES);
            send(harness, 3, 5);
            assertThat(STARTED).isEmpty();
            send(harness, 5, 6);
            assertThat(started()).hasSize(6);
        }
    }

    @Test
    void aFailureIsARejectedVersionWithItsReason() throws Exception {
        try (var harness = opened(3)) {
            harness.setProcessingTime(77);
            endPast(harness);
            version(harness, FineTuneOperator.PAST_VERSIONS, 4, ModelState.RETIRED);
            send(harness, 0, 3);
            end(harness, Ending.NOT_FINITE);
            ModelVersion version = harness.extractOutputValues().get(0);
            assertThat(version.getVersion()).isEqualTo(5);
            assertThat(version.getState()).isEqualTo(ModelState.REJECTED);
            assertThat(version.getReason())
                    .isEqualTo("NOT_FINITE: because (trained after 3 labelled frames)");
            assertThat(version.getCreatedAt()).isEqualTo(Instant.ofEpochMilli(77));
            assertThat(version.getEffectiveFrom()).isEqualTo(Instant.ofEpochMilli(2));
            assertThat(version.getParameters()).isNull();
        }
    }

    @Test
    void whatIsWantedDuringTrainingIsRememberedOnce() throws Exception {
        try (var harness = opened(2)) {
            endPast(harness);
            send(harness, 0, 2);
            send(harness, 2, 20);
            assertThat(started()).hasSize(2);
            end(harness, Ending.NOT_FINITE);
            assertThat(started()).hasSize(20);
            end(harness, Ending.NOT_FINITE);
            assertThat(STARTED).isEmpty();
            assertThat(harness.extractOutputValues())
                    .extracting(ModelVersion::getVersion)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void waitsUntilThePastVersionsAreKnown() throws Exception {
        try (var harness = opened(2)) {
            send(harness, 0, 4);
            version(harness, FineTuneOperator.PAST_VERSIONS, 9, ModelState.REJECTED);
            assertThat(STARTED).isEmpty();
            endPast(harness);
            assertThat(started()).hasSize(4);
            end(harness, Ending.NOT_FINITE);
            assertThat(harness.extractOutputValues().get(0).getVersion()).isEqualTo(10);
        }
    }

    @Test
    void waitsForTheVerdictOnACandidate() throws Exception {
        try (var harness = opened(2)) {
            endPast(harness);
            version(harness, FineTuneOperator.VERSIONS, 1, ModelState.CANDIDATE);
            send(harness, 0, 2);
            assertThat(STARTED).isEmpty();
            version(harness, FineTuneOperator.VERSIONS, 1, ModelState.REJECTED);
            assertThat(started()).hasSize(2);
        }
    }

    @Test
    void anAlertTrainsIfThereIsSomethingNew() throws Exception {
        try (var harness = opened(1000)) {
            endPast(harness);
            alert(harness, "CONTRIBUTION_SHIFT", AlertState.OPEN);
            assertThat(STARTED).isEmpty();
            send(harness, 0, 5);
            alert(harness, "CHANNEL_FROZEN", AlertState.OPEN);
            alert(harness, "MODEL_REGRESSED", AlertState.RESOLVED);
            assertThat(STARTED).isEmpty();
            alert(harness, "MODEL_REGRESSED", AlertState.OPEN);
            assertThat(started()).hasSize(5);
            end(harness, Ending.NOT_FINITE);
            assertThat(harness.extractOutputValues().get(0).getReason())
                    .contains("trained after the alert MODEL_REGRESSED of x");
        }
    }

    @Test
    void aTimerTrainsAgainAndAgain() throws Exception {
        try (var harness = harness(1000, Duration.ofSeconds(10))) {
            harness.open();
            endPast(harness);
            send(harness, 0, 5);
            harness.setProcessingTime(9_999);
            assertThat(STARTED).isEmpty();
            harness.setProcessingTime(10_000);
            assertThat(started()).hasSize(5);
            end(harness, Ending.NOT_FINITE);
            harness.setProcessingTime(20_000);
            assertThat(STARTED).as("nothing new").isEmpty();
            send(harness, 5, 6);
            harness.setProcessingTime(30_000);
            assertThat(started()).hasSize(6);
        }
    }

    @Test
    void aSampleThatCannotBeUsedIsLeftOut() throws Exception {
        try (var harness = opened(2)) {
            endPast(harness);
            send(harness, Samples.sample("x", 1, 1, 1.0, 2.0));
            send(harness, Samples.sample("x", 2, Double.NaN, 1.0, 2.0, 3.0));
            send(harness, Samples.sample("x", 3, 1, null, 2.0, null));
            assertThat(STARTED).isEmpty();
            send(harness, Samples.sample("x", 4, 1, null, 2.0, 3.0));
            send(harness, Samples.sample("x", 5, 1, 1.0, 2.0, 3.0));
            assertThat(started()).hasSize(2);
        }
    }

    @Test
    void theBufferAndWhatIsKnownSurviveARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = opened(4)) {
            endPast(harness);
            version(harness, FineTuneOperator.VERSIONS, 6, ModelState.ACTIVE);
            send(harness, 0, 3);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = restored(4, snapshot)) {
            endPast(harness);
            assertThat(STARTED).isEmpty();
            send(harness, 3, 4);
            assertThat(started()).extracting(LabelledRow::time).containsExactly(0L, 1L, 2L, 3L);
            end(harness, Ending.NOT_FINITE);
            assertThat(harness.extractOutputValues().get(0).getVersion()).isEqualTo(7);
            assertThat(harness.extractOutputValues().get(0).getParent()).isEqualTo(6);
        }
    }

    @Test
    void checkpointsDoNotWaitAndInterruptedTrainingBeginsAgain() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = opened(3)) {
            endPast(harness);
            send(harness, 0, 3);
            assertThat(started()).hasSize(3);
            snapshot = harness.snapshot(1, 1);
        }
        assertThat(CANCELLED).as("closing stops the training").hasValue(1);
        try (var harness = restored(3, snapshot)) {
            assertThat(STARTED).isEmpty();
            endPast(harness);
            assertThat(started()).hasSize(3);
        }
    }

    @Test
    void theEndWaitsForTraining() throws Exception {
        try (var harness = opened(3)) {
            endPast(harness);
            send(harness, 0, 3);
            OUTCOMES.add(Outcome.failed(Ending.NOT_FINITE, "because", null));
            harness.finish();
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    /** Waits for its outcome, or to be cancelled. */
    private static final class Held implements FineTuneOperatorFactory.Attempts {
        private static final long serialVersionUID = 1;

        @Override
        public Attempt on(String device, FineTuneSettings settings) {
            return Held::run;
        }

        private static Outcome run(
                List<LabelledRow> rows, ModelVersion active, BooleanSupplier cancelled) {
            STARTED.add(rows);
            try {
                Outcome outcome = OUTCOMES.take();
                return active == null
                        ? outcome
                        : Outcome.failed(outcome.ending(), outcome.reason(), active.getVersion());
            } catch (InterruptedException e) {
                CANCELLED.addAndGet(cancelled.getAsBoolean() ? 1 : 0);
                return Outcome.failed(Ending.CANCELLED, "cancelled", null);
            }
        }
    }

    /** With a way to wait for the mail of the training thread. */
    private static final class Harness extends MultiInputStreamOperatorTestHarness<ModelVersion> {
        Harness(FineTuneOperatorFactory factory) throws Exception {
            super(factory);
        }

        /** As a task that is cancelled: without an end of its inputs. */
        @Override
        public void close() throws Exception {
            operator.close();
        }

        void finish() throws Exception {
            operator.finish();
        }

        void endInput(int input) throws Exception {
            ((BoundedMultiInput) operator).endInput(input);
        }

        void mail() throws Exception {
            getTaskMailbox().take(MAIL_PRIORITY).run();
        }
    }

    private static Harness opened(int every) throws Exception {
        Harness harness = harness(every, null);
        harness.open();
        return harness;
    }

    private static Harness restored(int every, OperatorSubtaskState snapshot) throws Exception {
        Harness harness = harness(every, null);
        harness.initializeState(snapshot);
        harness.open();
        return harness;
    }

    private static Harness harness(int every, Duration interval) throws Exception {
        FineTuneSettings s = Samples.settings(every, null, 8);
        Harness harness =
                new Harness(
                        new FineTuneOperatorFactory(
                                new FineTuneSettings(
                                        s.modalities(),
                                        s.targets(),
                                        s.network(),
                                        s.training(),
                                        s.seed(),
                                        s.configurationHash(),
                                        s.device(),
                                        every,
                                        interval,
                                        s.recent(),
                                        s.sample(),
                                        s.holdOut(),
                                        null),
                                new Held()));
        harness.setup(
                FormatType.of(EventFormats.MODEL_VERSION)
                        .createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    private static List<LabelledRow> started() throws InterruptedException {
        List<LabelledRow> rows = STARTED.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(rows).as("rows of training that has begun").isNotNull();
        return rows;
    }

    private static void end(Harness harness, Ending ending) throws Exception {
        STARTED.clear();
        OUTCOMES.add(Outcome.failed(ending, "because", null));
        harness.mail();
    }

    private static void endPast(Harness harness) throws Exception {
        harness.endInput(FineTuneOperator.PAST_VERSIONS);
    }

    /** Frames of the times from … to − 1. */
    private static void send(Harness harness, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            send(harness, Samples.sample("x", i, i, 1.0, 2.0, 3.0));
        }
    }

    private static void send(Harness harness, TrainingSample sample) throws Exception {
        harness.processElement(FineTuneOperator.SAMPLES - 1, new StreamRecord<>(sample));
    }

    private static void alert(Harness harness, String kind, AlertState state) throws Exception {
        harness.processElement(
                FineTuneOperator.ALERTS - 1,
                new StreamRecord<>(
                        Alert.newBuilder()
                                .setId("id")
                                .setKind(kind)
                                .setState(state)
                                .setAsset("x")
                                .setChangeTime(Instant.EPOCH)
                                .setOpenedAt(Instant.EPOCH)
                                .setMessage("")
                                .build()));
    }

    private static void version(Harness harness, int input, long number, ModelState state)
            throws Exception {
        harness.processElement(
                input - 1,
                new StreamRecord<>(
                        new ModelVersion(
                                number,
                                state,
                                null,
                                Instant.EPOCH,
                                Instant.EPOCH,
                                List.of(),
                                "hash",
                                "sha",
                                null,
                                null,
                                Map.of(),
                                "")));
    }
}
