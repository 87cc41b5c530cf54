package io.pidstream.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.testing.GoldenFiles;
import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModalityShape;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlendArtefactTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final TrainingSamples SAMPLES = BlendRows.samples(2, 120, 1);
    private static final int LENGTH_OF_NETWORK = 5;

    /** The parameters of a version for 120 simulated rows, written once. */
    private static final Path GOLDEN = GoldenFiles.path("both/parameters-1.bin");

    private static ModelArtefact artefact;
    private static BlendContent content;

    @TempDir private Path directory;

    @BeforeAll
    static void train() throws TrainingException {
        artefact =
                BlendRows.train(
                                BlendRows.shape(2),
                                BlendRows.settings(20, 0.01),
                                SAMPLES,
                                BlendRows.samples(2, 40, 2))
                        .artefact();
        content = BlendContent.of(artefact);
    }

    @Test
    void comesBackFromADirectoryAndFromARecordAsItWas() throws IOException {
        artefact.write(directory);
        ModelArtefact read = ModelArtefact.read(directory);
        assertThat(read.manifest()).isEqualTo(artefact.manifest());
        assertThat(read.manifest().shape()).isEqualTo(BlendRows.shape(2));
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
        }
        byte[] bytes = Files.readAllBytes(GOLDEN);
        ModelArtefact golden = verify(bytes);
        assertThat(golden.content().toBytes()).isEqualTo(bytes);
        assertThat(golden.manifest().shape()).isEqualTo(BlendRows.shape(2));
        assertThat(BlendContent.of(golden).weights()).allMatch(weight -> weight > 0 && weight < 1);
        BlendRows.encode(golden, SAMPLES);
    }

    private static String encoded(ModelArtefact of) {
        EncodedBatch encoded = BlendRows.encode(of, SAMPLES);
        List<double[]> numbers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            numbers.add(new double[] {encoded.prediction(i, 0), encoded.prediction(i, 1)});
            numbers.add(encoded.latents(i));
            numbers.add(encoded.shares(i));
        }
        return Arrays.deepToString(numbers.toArray());
    }

    @Test
    void truncatedParametersAreRefusedWhereverTheyEnd() {
        byte[] parameters = artefact.parameters();
        for (int length = 0; length < parameters.length; length += 1 + length / 200) {
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
        TrainingSamples few = SAMPLES.split(0.02).newer();
        int refused = 0;
        // All bytes of names and lengths at the start, then some of the numbers.
        for (int i = 0; i < parameters.length; i += i < 400 ? 1 : 37) {
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
            BlendRows.encode(read, few);
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void aLengthThatIsNotThereIsRefusedBeforeAnythingIsReserved() {
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30}) {
            byte[] parameters = artefact.parameters();
            ByteBuffer.wrap(parameters).putInt(LENGTH_OF_NETWORK, length);
            assertThatThrownBy(() -> verify(parameters))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessage(
                            "the parameters of the part piecewise have %d bytes, of which %d are"
                                    + " there",
                            length, parameters.length - LENGTH_OF_NETWORK - Integer.BYTES);
        }
    }

    @Test
    void aPartInThePlaceOfTheOtherIsRefused() {
        byte[] trees = content.trees().toBytes();
        byte[] parameters =
                ByteBuffer.allocate(LENGTH_OF_NETWORK + Integer.BYTES + trees.length)
                        .putInt(BlendContent.MAGIC)
                        .put((byte) 1)
                        .putInt(trees.length)
                        .put(trees)
                        .array();
        assertThatThrownBy(() -> verify(parameters))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("the parameters begin with 50494454");
    }

    @Test
    void weightsThatAreNoneAreRefused() {
        for (double weight : new double[] {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            byte[] parameters = artefact.parameters();
            ByteBuffer.wrap(parameters).putDouble(parameters.length - Double.BYTES, weight);
            assertThatThrownBy(() -> verify(parameters))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageContaining("the weights of the trees are [")
                    .hasMessageContaining(String.valueOf(weight));
        }
    }

    @Test
    void partsForOtherChannelsDoNotBelongTogether() {
        BlendShape shape = BlendShape.of(BlendRows.shape(2));
        List<ModalityShape> other =
                List.of(
                        new ModalityShape("a", List.of("p", "q"), 2),
                        new ModalityShape("b", List.of("p", "r"), 2));
        ModelShape trees = new ModelShape("trees", other, List.of("y", "z"), List.of(31), 1);
        assertThatThrownBy(() -> new BlendShape(shape.network(), trees))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the parts do not belong together: ");
        assertThatThrownBy(() -> new BlendShape(shape.trees(), shape.network()))
                .hasMessageStartingWith("the parts do not belong together: ");
        assertThat(new BlendShape(shape.network(), shape.trees()).whole())
                .isEqualTo(BlendRows.shape(2));
    }

    /** Members divide the latent of the network, not the whole, which has one number more. */
    @Test
    void membersAreThoseOfTheNetwork() {
        ModelShape configured =
                new ModelShape(
                        "both",
                        List.of(
                                new ModalityShape("a", List.of("p"), 8),
                                new ModalityShape("b", List.of("p"), 8)),
                        List.of("y"),
                        List.of(8),
                        4);
        ModelShape whole = BlendRows.KIND.sized(configured);
        assertThat(whole.latent()).isEqualTo(9);
        assertThat(whole.members()).isEqualTo(4);
        assertThat(BlendShape.of(whole).network().memberLatent()).isEqualTo(2);
        assertThat(BlendShape.of(whole).trees().members()).isEqualTo(1);
    }

    private static ModelArtefact verify(byte[] parameters) {
        return ModelArtefact.verify(
                ModelArtefact.sha256(parameters), parameters, "hash", null, Map.of());
    }
}
