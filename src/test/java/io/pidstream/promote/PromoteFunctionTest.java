package io.pidstream.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Score;
import io.pidstream.state.FormatType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class PromoteFunctionTest {
    private static final long PERIOD = 1000;
    private static final int ASSETS = 3;

    @Test
    void aBetterCandidateBecomesActive() throws Exception {
        try (var harness = harness()) {
            harness.processElement2(version(1, ModelState.CANDIDATE), 0);
            run(harness, 400, 0, 1, 1, 0.5);
            List<ModelVersion> decided = harness.extractOutputValues();
            assertThat(decided).hasSize(1);
            ModelVersion active = decided.get(0);
            assertThat(active.getVersion()).isEqualTo(1);
            assertThat(active.getState()).isEqualTo(ModelState.ACTIVE);
            assertThat(active.getReason())
                    .startsWith("promoted: mean absolute error")
                    .contains("that of version 0");
            assertThat(active.getMetrics()).containsKeys("trialMae", "trialEvidenceBetter", "rmse");
            assertThat(active.getEffectiveFrom().toEpochMilli() % PERIOD).isZero();
        }
    }

    @Test
    void aWorseCandidateIsRejected() throws Exception {
        try (var harness = harness()) {
            harness.processElement2(version(1, ModelState.CANDIDATE), 0);
            run(harness, 400, 0, 1, 0.5, 1);
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(
                            v -> {
                                assertThat(v.getState()).isEqualTo(ModelState.REJECTED);
                                assertThat(v.getReason()).startsWith("worse: ");
                            });
        }
    }

    @Test
    void aCandidateThatIsNoBetterIsRejectedInTheEnd() throws Exception {
        try (var harness = harness()) {
            harness.processElement2(version(1, ModelState.CANDIDATE), 0);
            run(harness, 600, 0, 1, 1, 1);
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(v -> assertThat(v.getReason()).startsWith("not proven better: "));
        }
    }

    /** Of versions of the same kind, each of which is grown anew from more rows. */
    @Test
    void aCandidateThatIsAheadReplacesTheActiveVersionWithoutProof() throws Exception {
        try (var harness = newHarness(60)) {
            harness.open();
            harness.processElement2(version(1, ModelState.ACTIVE), 0);
            harness.processElement2(version(2, ModelState.CANDIDATE), 0);
            run(harness, 70, 1, 2, 1, 0.9);
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(
                            v -> {
                                assertThat(v.getState()).isEqualTo(ModelState.ACTIVE);
                                assertThat(v.getReason())
                                        .startsWith("promoted, ahead without proof: mean");
                            });
        }
    }

    @Test
    void aCandidateThatIsBehindReplacesNothing() throws Exception {
        try (var harness = newHarness(60)) {
            harness.open();
            harness.processElement2(version(1, ModelState.ACTIVE), 0);
            harness.processElement2(version(2, ModelState.CANDIDATE), 0);
            run(harness, 400, 1, 2, 1, 1.5);
            assertThat(harness.extractOutputValues())
                    .noneMatch(v -> v.getState() == ModelState.ACTIVE);
        }
    }

    @Test
    void theOneBeforeLastIsRetiredAtAPromotion() throws Exception {
        try (var harness = harness()) {
            harness.processElement2(version(1, ModelState.ACTIVE), 0);
            ModelVersion second = version(2, ModelState.ACTIVE);
            second.setEffectiveFrom(Instant.ofEpochMilli(1));
            harness.processElement2(second, 0);
            harness.processElement2(version(3, ModelState.CANDIDATE), 0);
            run(harness, 400, 2, 3, 1, 0.5);
            assertThat(harness.extractOutputValues().stream().map(ModelVersion::getVersion))
                    .containsExactly(1L, 3L);
            assertThat(harness.extractOutputValues().get(0).getState())
                    .isEqualTo(ModelState.RETIRED);
        }
    }

    @Test
    void aNumberThatIsGivenTwiceIsGivenBackToTheFirstThatHadIt() throws Exception {
        try (var harness = harness()) {
            ModelVersion first = version(1, ModelState.CANDIDATE);
            harness.processElement2(first, 0);
            ModelVersion second = version(1, ModelState.ACTIVE);
            second.setSha256("another");
            harness.processElement2(second, 0);
            assertThat(harness.extractOutputValues()).containsExactly(first);
            harness.processElement2(first, 0);
            run(harness, 400, 0, 1, 1, 0.5);
            assertThat(harness.extractOutputValues()).hasSize(2);
            ModelVersion active = harness.extractOutputValues().get(1);
            assertThat(active.getState()).isEqualTo(ModelState.ACTIVE);
            assertThat(active.getSha256()).isEqualTo(first.getSha256());
        }
    }

    @Test
    void anActiveVersionThatIsWorseThanTheOneBeforeIsRolledBack() throws Exception {
        try (var harness = harness()) {
            harness.processElement2(version(1, ModelState.ACTIVE), 0);
            run(harness, 400, 1, 0, 1, 0.5);
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(
                            v -> {
                                assertThat(v.getVersion()).isEqualTo(1);
                                assertThat(v.getState()).isEqualTo(ModelState.RETIRED);
                                assertThat(v.getReason()).startsWith("rolled back: ");
                            });
        }
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        List<ModelVersion> sorted;
        List<ModelVersion> shuffled;
        try (var harness = harness()) {
            harness.processElement2(version(1, ModelState.CANDIDATE), 0);
            run(harness, 400, 0, 1, 1, 0.5);
            sorted = harness.extractOutputValues();
        }
        try (var harness = harness()) {
            harness.processElement2(version(1, ModelState.CANDIDATE), 0);
            List<Score> scores = scores(400, 0, 1, 1, 0.5);
            Collections.shuffle(scores, new Random(9));
            for (Score score : scores) {
                harness.processElement1(score, score.recordedAt());
            }
            harness.processWatermark1(new Watermark(Long.MAX_VALUE - 1));
            harness.processWatermark2(new Watermark(Long.MAX_VALUE - 1));
            shuffled = harness.extractOutputValues();
        }
        assertThat(shuffled).isEqualTo(sorted);
    }

    @Test
    void aTrialContinuesAfterARestore() throws Exception {
        List<Score> scores = scores(400, 0, 1, 1, 0.8);
        List<ModelVersion> straight;
        try (var harness = harness()) {
            harness.processElement2(version(1, ModelState.CANDIDATE), 0);
            feed(harness, scores);
            straight = harness.extractOutputValues();
        }
        try (var harness = harness();
                var restored = newHarness()) {
            harness.processElement2(version(1, ModelState.CANDIDATE), 0);
            int half = 2 * ASSETS * 30;
            feed(harness, scores.subList(0, half));
            assertThat(harness.extractOutputValues()).isEmpty();
            restored.initializeState(harness.snapshot(1, 1));
            restored.open();
            feed(restored, scores.subList(half, scores.size()));
            assertThat(restored.extractOutputValues()).isEqualTo(straight).hasSize(1);
        }
    }

    private static void run(
            Harness harness,
            int instants,
            long active,
            long shadow,
            double activeError,
            double shadowError)
            throws Exception {
        feed(harness, scores(instants, active, shadow, activeError, shadowError));
    }

    private static void feed(Harness harness, List<Score> scores) throws Exception {
        for (Score score : scores) {
            harness.processElement1(score, score.recordedAt());
            harness.processWatermark1(new Watermark(score.recordedAt() - 1));
            harness.processWatermark2(new Watermark(score.recordedAt() - 1));
        }
        long last = scores.get(scores.size() - 1).recordedAt();
        harness.processWatermark1(new Watermark(last));
        harness.processWatermark2(new Watermark(last));
    }

    private static List<Score> scores(
            int instants, long active, long shadow, double activeError, double shadowError) {
        List<Score> scores = new ArrayList<>();
        Random random = new Random(6);
        for (int t = 1; t <= instants; t++) {
            for (int a = 0; a < ASSETS; a++) {
                double one = activeError * random.nextGaussian();
                double other = shadowError * random.nextGaussian();
                scores.add(score(a, t * PERIOD, active, true, one));
                scores.add(score(a, t * PERIOD, shadow, false, other));
            }
        }
        return scores;
    }

    private static Score score(int asset, long time, long version, boolean active, double error) {
        return new Score("x" + asset, time, time, version, active, 0, 5, 5 + error, 0, 10);
    }

    private static ModelVersion version(long number, ModelState state) {
        return ModelVersion.newBuilder()
                .setVersion(number)
                .setState(state)
                .setCreatedAt(Instant.EPOCH)
                .setEffectiveFrom(Instant.EPOCH)
                .setModalities(List.of())
                .setConfigurationHash("hash")
                .setSha256("hash")
                .setMetrics(Map.of("rmse", 1.0))
                .build();
    }

    private static Harness harness() throws Exception {
        Harness harness = newHarness();
        harness.open();
        return harness;
    }

    private static Harness newHarness() throws Exception {
        return newHarness(PromoteSettings.NEVER);
    }

    private static Harness newHarness(long renewAfter) throws Exception {
        Harness harness = new Harness(renewAfter);
        harness.setup(
                FormatType.of(EventFormats.MODEL_VERSION)
                        .createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    /** The function with its one key. */
    private static final class Harness
            extends KeyedTwoInputStreamOperatorTestHarness<
                    String, Score, ModelVersion, ModelVersion> {
        Harness(long renewAfter) throws Exception {
            super(
                    new KeyedCoProcessOperator<>(
                            new PromoteFunction(
                                    new PromoteSettings(0.01, 0.001, 20, 500, PERIOD, renewAfter))),
                    score -> PromoteFunction.ALL,
                    version -> PromoteFunction.ALL,
                    Types.STRING);
        }
    }
}
