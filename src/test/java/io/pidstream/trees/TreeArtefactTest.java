package io.pidstream.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.testing.GoldenFiles;
import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingSamples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeArtefactTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final TrainingSamples SAMPLES = SimulatedRows.samples(2, 200, 1);

    /** The parameters of trees on 200 simulated rows, written once. */
    private static final Path GOLDEN = GoldenFiles.path("trees/parameters-1.bin");

    /** What they predict for the first rows, as text. */
    private static final Path PREDICTIONS = GoldenFiles.path("trees/parameters-1.txt");

    private static ModelArtefact artefact;

    @TempDir private Path directory;

    @BeforeAll
    static void train() throws TrainingException {
        artefact = SimulatedRows.train(SimulatedRows.shape(2), SAMPLES, null, 4).artefact();
    }

    @Test
    void comesBackFromADirectoryAndFromARecordAsItWas() throws IOException {
        artefact.write(directory);
        ModelArtefact read = ModelArtefact.read(directory);
        assertThat(read.manifest()).isEqualTo(artefact.manifest());
        assertThat(encoded(read)).isEqualTo(encoded(artefact));

        ModelVersion record =
                ModelRecords.toRecord(
                        artefact, 7, ModelState.CANDIDATE, TIME, TIME, null, "made in a test");
        ModelArtefact recorded = ModelRecords.toArtefact(record, uri -> new byte[0]);
        assertThat(recorded.parameters()).isEqualTo(artefact.parameters());
        assertThat(recorded.manifest()).isEqualTo(artefact.manifest());
    }

    @Test
    void readsTheFormatThatThereEverWas() throws IOException {
        if (GoldenFiles.areWritten()) {
            GoldenFiles.writeNew(GOLDEN, artefact.parameters());
            GoldenFiles.write(PREDICTIONS, encoded(artefact));
        }
        byte[] bytes = Files.readAllBytes(GOLDEN);
        ModelArtefact golden = verify(bytes);
        assertThat(golden.content().toBytes()).isEqualTo(bytes);
        assertThat(encoded(golden)).isEqualTo(Files.readString(PREDICTIONS));
    }

    private static String encoded(ModelArtefact of) {
        EncodedBatch encoded = SimulatedRows.encode(of, SAMPLES);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(encoded.prediction(i, 0))
                    .append(' ')
                    .append(encoded.prediction(i, 1))
                    .append(' ')
                    .append(Arrays.toString(encoded.latents(i)))
                    .append(' ')
                    .append(Arrays.toString(encoded.shares(i)))
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void defaultsOfTheLargestNumberOfModalitiesFitIntoARecord() throws TrainingException {
        ModelArtefact large =
                SimulatedRows.train(
                                oneTarget(SimulatedRows.shape(6)),
                                oneTarget(SimulatedRows.samples(6, 4000, 1)),
                                null,
                                100)
                        .artefact();
        assertThat(ModelRecords.fitsInline(large))
                .as("%d bytes", large.manifest().bytes())
                .isTrue();
    }

    private static ModelShape oneTarget(ModelShape shape) {
        return SimulatedRows.KIND.sized(
                new ModelShape("trees", shape.modalities(), List.of("y"), shape.hidden(), 1));
    }

    private static TrainingSamples oneTarget(TrainingSamples samples) {
        TrainingSamples one = new TrainingSamples();
        for (int i = 0; i < samples.size(); i++) {
            one.add(
                    samples.channels(i),
                    samples.present(i),
                    Arrays.copyOf(samples.targets(i), 1),
                    samples.time(i));
        }
        return one;
    }

    @Test
    void truncatedParametersAreRefusedWhereverTheyEnd() {
        byte[] parameters = artefact.parameters();
        for (int length = 0; length < parameters.length; length += 1 + length / 100) {
            byte[] part = Arrays.copyOf(parameters, length);
            assertThatThrownBy(() -> verify(part))
                    .as("%d bytes", length)
                    .isInstanceOf(ModelRefusedException.class);
        }
        assertThatThrownBy(() -> verify(Arrays.copyOf(parameters, parameters.length + 3)))
                .hasMessage("3 bytes follow the end of the parameters");
    }

    /** Numbers may be others; what is read must be evaluated without an error. */
    @Test
    void anyByteThatIsWrongIsRefusedOrStillAVersionThatEncodes() {
        byte[] parameters = artefact.parameters();
        int refused = 0;
        for (int i = 0; i < parameters.length; i++) {
            byte[] broken = parameters.clone();
            broken[i] ^= (byte) (i % 2 == 0 ? 0x80 : 0x01);
            ModelArtefact read;
            try {
                read = verify(broken);
            } catch (ModelRefusedException e) {
                assertThat(e).hasMessageMatching(".{10,}");
                refused++;
                continue;
            }
            SimulatedRows.encode(read, few());
        }
        assertThat(refused).isGreaterThan(parameters.length / 10);
    }

    private static TrainingSamples few() {
        return SAMPLES.split(0.02).newer();
    }

    @Test
    void aVersionOfOtherChannelsIsRefusedInOneSentence() {
        Map<String, List<String>> configured = new LinkedHashMap<>();
        configured.put("a", List.of("p", "q", "r"));
        configured.put("b", List.of("p", "q"));
        assertThatThrownBy(
                        () ->
                                artefact.manifest()
                                        .shape()
                                        .requireFits(configured, List.of("y", "z")))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("the channels of a are [p, q]; the configuration has [p, q, r]");
    }

    @Test
    void aTreeThatAsksForAChannelThatIsNotThereIsRefused() {
        byte[] parameters = artefact.parameters();
        int root = parameters.length - 1;
        // The last inner node of the last tree: a feature, 0 or 1, before a threshold.
        while (root-- > 0) {
            int feature = ByteBuffer.wrap(parameters).getInt(Math.max(0, root - 8));
            if (feature == 1 || feature == 0) {
                break;
            }
        }
        ByteBuffer.wrap(parameters).putInt(root - 8, 2);
        assertThatThrownBy(() -> verify(parameters))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageMatching("tree 3 asks for feature 2 of 2");
    }

    @Test
    void parametersOfAnotherShapeAreRefused() {
        ModelShape shape = artefact.manifest().shape();
        ModelShape wrong =
                new ModelShape("trees", shape.modalities(), shape.targets(), shape.hidden(), 2);
        TreeContent content = TreeContent.of(artefact);
        assertThatThrownBy(() -> new TreeContent(wrong, 7, content.channels(), content.targets()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the shape of trees is ");
    }

    private static ModelArtefact verify(byte[] parameters) {
        return ModelArtefact.verify(
                ModelArtefact.sha256(parameters), parameters, "hash", null, Map.of());
    }
}
