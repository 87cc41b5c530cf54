package io.pidstream.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.EncodableModalities;
import io.pidstream.event.Encoding;
import io.pidstream.event.Frame;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.join.KnownTarget;
import io.pidstream.join.LearningOrder;
import io.pidstream.join.Observation;
import io.pidstream.network.EncoderType;
import io.pidstream.network.ModelEncoder;
import io.pidstream.network.Trainer;
import io.pidstream.pid.ModalitySet;
import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames and the trained versions that encode them, with real networks. */
class EncodeVersionsTest {
    private static final Modalities MODALITIES =
            new Modalities(
                    List.of(new Modality("a", List.of("x", "y")), new Modality("b", List.of("z"))));
    private static final ModelShape SHAPE =
            new ModelShape(
                    EncoderType.PIDREG.text(),
                    List.of(
                            new ModalityShape("a", List.of("x", "y"), 2),
                            new ModalityShape("b", List.of("z"), 2)),
                    List.of("t"),
                    List.of(4),
                    1);

    private static final Modality PAST = new Modality("history", List.of("t", "age"));

    private static ModelArtefact one;
    private static ModelArtefact two;

    @TempDir static Path directory;

    @BeforeAll
    static void train() throws Exception {
        one = train(1);
        two = train(2);
    }

    private static ModelArtefact train(long seed) throws Exception {
        TrainingSamples samples = new TrainingSamples();
        Random random = new Random(seed);
        for (int i = 0; i < 64; i++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            double z = random.nextGaussian();
            samples.add(
                    new double[][] {{x, y}, {z}},
                    new boolean[] {true, true},
                    new double[] {x * z + y},
                    i);
        }
        TrainingSettings settings =
                new TrainingSettings(2, 32, 1e-3, 0, false, 2, 0.1, 0.1, 0.1, true, 0, false, 2);
        return new Trainer(settings, "cpu")
                .train(
                        new TrainingTask(SHAPE, "hash", seed, null, null),
                        samples,
                        null,
                        report -> {},
                        () -> false)
                .artefact();
    }

    @Test
    void aFrameIsEncodedByTheVersionActiveAtItsTime() throws Exception {
        try (var harness = harness(List.of(active(1, one, 100)))) {
            harness.processElement2(active(2, two, 200), 0);
            for (long time : new long[] {99, 100, 199, 200}) {
                harness.processElement1(frame(time), time);
            }
            harness.processWatermark1(new Watermark(300));
            List<Observation> encoded = harness.extractOutputValues();
            assertThat(encoded.stream().map(EncodeVersionsTest::versions))
                    .containsExactly(
                            List.of(0L), List.of(1L, 0L), List.of(1L, 0L), List.of(2L, 1L));
            assertThat(encoded.get(3).encoded().encodings().get(1).latents())
                    .isEqualTo(encoded.get(1).encoded().encodings().get(0).latents());
        }
    }

    private static List<Long> versions(Observation frame) {
        return frame.encoded().encodings().stream().map(Encoding::version).toList();
    }

    @Test
    void latentsAreThoseOfTheNetworkAndSharesSumToItsPrediction() throws Exception {
        try (var harness = harness(List.of(active(1, one, 0)));
                ModelEncoder encoder = new ModelEncoder(one, "cpu")) {
            harness.processElement1(frame(5), 5);
            harness.processWatermark1(new Watermark(5));
            Encoding encoding = harness.extractOutputValues().get(0).encoded().active();
            boolean[] both = {true, true};
            EncodedBatch whole = encoder.encode(new double[][][] {{{5, 1}, {-1}}}, row(both));
            EncodedBatch none =
                    encoder.encode(new double[][][] {{{5, 1}, {-1}}}, row(new boolean[2]));
            assertThat(encoding.latent(1)).isEqualTo(2);
            double[] values = encoding.latents();
            assertThat(new double[] {values[0], values[1]}).isEqualTo(whole.latent(0, 0));
            assertThat(new double[] {values[2], values[3]}).isEqualTo(whole.latent(0, 1));
            assertThat(encoding.shares()[0] + encoding.shares()[1])
                    .isCloseTo(whole.prediction(0, 0) - none.prediction(0, 0), within(1e-9));
        }
    }

    /** Also when the version has gone meanwhile, and the job was restored. */
    @Test
    void aLabelIsLearnedWithTheEncodingsThatItsFrameWasPredictedWith() throws Exception {
        KnownTarget known = KnownTarget.first(3, 0.5);
        List<Encoding> made;
        try (var harness = harness(List.of(active(1, one, 0)));
                var restored = newHarness(List.of())) {
            harness.processElement1(frame(5), 5);
            harness.processElement1(frame(6), 6);
            harness.processWatermark1(new Watermark(6));
            made = harness.extractOutputValues().get(0).encoded().encodings();
            harness.processElement2(record(1, one, ModelState.RETIRED, 0), 0);
            restored.initializeState(harness.snapshot(1, 1));
            restored.open();
            restored.processElement1(EncodeHarness.label(of(5), known, 9), 9);
            restored.processElement1(frame(10), 10);
            restored.processElement1(EncodeHarness.label(of(7), known, 11), 11);
            restored.processWatermark1(new Watermark(12));
            List<Observation> emitted = restored.extractOutputValues();
            assertThat(emitted).extracting(Observation::turn).containsExactly(9L, 10L, 11L);
            assertThat(emitted.get(0).encoded().encodings()).isEqualTo(made);
            assertThat(emitted.get(0).known()).isEqualTo(known);
            assertThat(versions(emitted.get(1))).containsExactly(0L);
            assertThat(versions(emitted.get(2)))
                    .as("a frame of which nothing was kept was encoded by the identity")
                    .containsExactly(0L);
            assertThat(restored.numKeyedStateEntries())
                    .as("the frame of 6 waits for its label, and its removal is due")
                    .isEqualTo(2);
            restored.processWatermark1(new Watermark(300));
            assertThat(restored.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void framesThatOlderStateHoldsEncodedAreLeftAsTheyAre() throws Exception {
        try (var harness = harness(List.of(active(1, one, 0)))) {
            Observation older =
                    frame(5).encoded(List.of(Encoding.identity(new double[] {5, 1, -1})));
            harness.processElement1(older, 5);
            harness.processWatermark1(new Watermark(5));
            assertThat(harness.extractOutputValues()).containsExactly(older);
        }
    }

    private static boolean[][] row(boolean[] present) {
        return new boolean[][] {present};
    }

    @Test
    void whatIsAbsentHasNeitherLatentNorShare() throws Exception {
        try (var harness = harness(List.of(active(1, one, 0)))) {
            Frame partial =
                    new Frame("s", 5, 5, new ModalitySet(1), new double[] {5, 1, Double.NaN});
            harness.processElement1(EncodeHarness.observation(partial), 5);
            harness.processWatermark1(new Watermark(5));
            Encoding encoding = harness.extractOutputValues().get(0).encoded().active();
            double[] values = encoding.latents();
            assertThat(new double[] {values[0], values[1], encoding.shares()[0]})
                    .doesNotContain(Double.NaN);
            assertThat(new double[] {values[2], values[3], encoding.shares()[1]})
                    .containsOnly(Double.NaN);
        }
    }

    @Test
    void aCandidateIsOnTrialBesideTheActiveVersion() throws Exception {
        try (var harness = harness(List.of(active(1, one, 0)))) {
            harness.processElement2(record(2, two, ModelState.CANDIDATE, 0), 0);
            harness.processElement1(frame(5), 5);
            harness.processElement2(record(2, two, ModelState.REJECTED, 0), 0);
            harness.processElement1(frame(6), 6);
            harness.processWatermark1(new Watermark(6));
            assertThat(harness.extractOutputValues().stream().map(EncodeVersionsTest::versions))
                    .containsExactly(List.of(1L, 2L, 0L), List.of(1L, 0L));
        }
    }

    @Test
    void ofTwoCandidatesTheNewerIsOnTrialAndThenTheOther() throws Exception {
        try (var harness = harness(List.of())) {
            harness.processElement2(record(1, one, ModelState.CANDIDATE, 0), 0);
            harness.processElement2(record(2, two, ModelState.CANDIDATE, 0), 0);
            harness.processElement1(frame(5), 5);
            harness.processElement2(record(2, two, ModelState.REJECTED, 0), 0);
            harness.processElement1(frame(6), 6);
            harness.processWatermark1(new Watermark(6));
            assertThat(harness.extractOutputValues().stream().map(EncodeVersionsTest::versions))
                    .containsExactly(List.of(0L, 2L), List.of(0L, 1L));
        }
    }

    @Test
    void aNumberThatIsGivenTwiceStaysWithTheFirstThatHadIt() throws Exception {
        try (var harness = harness(List.of());
                var restored = newHarness(List.of())) {
            harness.processElement2(active(1, one, 0), 0);
            restored.initializeState(harness.snapshot(1, 1));
            restored.open();
            restored.processElement1(frame(5), 5);
            restored.processElement2(record(1, two, ModelState.CANDIDATE, 0), 0);
            restored.processElement1(frame(5), 5);
            restored.processElement2(active(1, one, 0), 0);
            restored.processWatermark1(new Watermark(6));
            List<Observation> encoded = restored.extractOutputValues();
            assertThat(encoded.stream().map(EncodeVersionsTest::versions))
                    .containsExactly(List.of(1L, 0L), List.of(1L, 0L));
            assertThat(encoded.get(1).encoded().active().latents())
                    .isEqualTo(encoded.get(0).encoded().active().latents());
            var refused = restored.getSideOutput(EncodeOperator.DEAD_LETTERS);
            assertThat(refused).hasSize(1);
            assertThat(refused.remove().getValue().getDetail())
                    .startsWith("version 1: the number belongs to other parameters")
                    .contains(one.manifest().sha256(), two.manifest().sha256());
        }
    }

    @Test
    void batchesDoNotChangeWhatAFrameBecomes() throws Exception {
        try (var alone = harness(List.of(active(1, one, 0)));
                var together = harness(List.of(active(1, one, 0)))) {
            for (long time = 0; time < 5; time++) {
                alone.processElement1(frame(time), time);
                alone.processWatermark1(new Watermark(time));
                together.processElement1(frame(time), time);
            }
            together.processWatermark1(new Watermark(9));
            List<Observation> expected = alone.extractOutputValues();
            List<Observation> encoded = together.extractOutputValues();
            for (int i = 0; i < expected.size(); i++) {
                assertThat(encoded.get(i).encoded().active().latents())
                        .containsExactly(
                                expected.get(i).encoded().active().latents(), within(1e-6));
            }
        }
    }

    @Test
    void aVersionWhoseParametersChangedOnTheWayIsRefused() throws Exception {
        ModelVersion broken = active(2, two, 0);
        byte[] bytes = two.parameters();
        bytes[bytes.length / 2] ^= 1;
        broken.setParameters(ByteBuffer.wrap(bytes));
        refuses(broken, "SHA-256");
    }

    @Test
    void aVersionForOtherChannelsIsRefused() throws Exception {
        ModelVersion other = active(2, two, 0);
        other.getModalities().get(1).setChannels(List.of("w"));
        refuses(other, "[w]");
    }

    @Test
    void aVersionThatCannotBeReadIsRefused() throws Exception {
        ModelVersion away = active(2, two, 0);
        away.setParameters(null);
        away.setUri(directory.resolve("nothing").toUri().toString());
        refuses(away, "nothing");
    }

    private static void refuses(ModelVersion version, String why) throws Exception {
        try (var harness = harness(List.of(active(1, one, 0)))) {
            harness.processElement2(version, 0);
            harness.processElement1(frame(5), 5);
            harness.processWatermark1(new Watermark(5));
            assertThat(versions(harness.extractOutputValues().get(0))).containsExactly(1L, 0L);
            var refused = harness.getSideOutput(EncodeOperator.DEAD_LETTERS).remove().getValue();
            assertThat(refused.getReason()).isEqualTo(DeadLetterReason.MODEL_REFUSED);
            assertThat(refused.getDetail()).startsWith("version 2: ").contains(why);
        }
    }

    @Test
    void parametersMayLieInAFile() throws Exception {
        Path file = directory.resolve("parameters");
        Files.write(file, one.parameters());
        ModelVersion away = active(1, one, 0);
        away.setParameters(null);
        away.setUri(file.toUri().toString());
        try (var harness = harness(List.of(away))) {
            harness.processElement1(frame(5), 5);
            harness.processWatermark1(new Watermark(5));
            assertThat(versions(harness.extractOutputValues().get(0))).containsExactly(1L, 0L);
        }
    }

    @Test
    void versionsSurviveARestore() throws Exception {
        try (var harness = harness(List.of());
                var restored = newHarness(List.of())) {
            harness.processElement2(active(1, one, 0), 0);
            restored.initializeState(harness.snapshot(1, 1));
            restored.open();
            restored.processElement1(frame(5), 5);
            restored.processWatermark1(new Watermark(5));
            assertThat(versions(restored.extractOutputValues().get(0))).containsExactly(1L, 0L);
        }
    }

    private static ModelVersion active(long version, ModelArtefact artefact, long from) {
        return record(version, artefact, ModelState.ACTIVE, from);
    }

    private static ModelVersion record(
            long version, ModelArtefact artefact, ModelState state, long from) {
        return ModelRecords.toRecord(
                artefact, version, state, Instant.EPOCH, Instant.ofEpochMilli(from), null, "test");
    }

    private static Observation frame(long time) {
        return EncodeHarness.observation(of(time));
    }

    private static Frame of(long time) {
        return new Frame("s", time, time, new ModalitySet(3), new double[] {time, 1, -1});
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, Observation, ModelVersion, Observation>
            harness(List<ModelVersion> initial) throws Exception {
        var harness = newHarness(initial);
        harness.open();
        return harness;
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, Observation, ModelVersion, Observation>
            newHarness(List<ModelVersion> initial) throws Exception {
        return EncodeHarness.of(
                new EncodeSettings(
                        64,
                        new EncodableModalities(MODALITIES, PAST),
                        new LearningOrder(1, 0, 100),
                        List.of("t"),
                        "cpu",
                        "p.model-versions",
                        initial));
    }
}
