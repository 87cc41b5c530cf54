package io.pidstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.version.Manifest;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingSamples;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

class ModelArtefactTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final ModelShape SHAPE = Simulated.shape(EncoderType.PIECEWISE, 2, 4, 2);

    private static ModelArtefact artefact;

    @TempDir private Path directory;

    @BeforeAll
    static void train() throws TrainingException {
        artefact =
                Simulated.train(Simulated.task(SHAPE, 3), Simulated.samples(2, 200, 1), 2)
                        .artefact()
                        .withMetrics(Map.of("validationRmse", 1.5));
    }

    @Test
    void comesBackFromADirectoryAsItWas() throws IOException {
        artefact.write(directory);
        ModelArtefact read = ModelArtefact.read(directory);

        assertThat(read.manifest()).isEqualTo(artefact.manifest());
        assertThat(read.parameters()).isEqualTo(artefact.parameters());
        TrainingSamples samples = Simulated.samples(2, 50, 9);
        assertThat(Simulated.error(read, samples)).isEqualTo(Simulated.error(artefact, samples));
    }

    @Test
    void comesBackFromARecordAsItWas() {
        ModelVersion record = record(artefact, null);

        assertThat(record.getVersion()).isEqualTo(7);
        assertThat(record.getUri()).isNull();
        ModelArtefact read = ModelRecords.toArtefact(record, uri -> new byte[0]);
        assertThat(read.parameters()).isEqualTo(artefact.parameters());
        assertThat(read.manifest()).isEqualTo(artefact.manifest());
    }

    @Test
    void comesBackFromAUri() {
        ModelVersion record = record(artefact, "s3://models/7");

        assertThat(record.getParameters()).isNull();
        ModelArtefact read =
                ModelRecords.toArtefact(
                        record,
                        uri -> {
                            assertThat(uri).isEqualTo("s3://models/7");
                            return artefact.parameters();
                        });
        assertThat(read.manifest()).isEqualTo(artefact.manifest());
    }

    @Test
    void aUriThatCannotBeReadIsRefusedWithTheReason() {
        assertThatThrownBy(
                        () ->
                                ModelRecords.toArtefact(
                                        record(artefact, "file:/gone"),
                                        uri -> {
                                            throw new FileNotFoundException("no such file");
                                        }))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("the parameters at file:/gone cannot be read: no such file");
    }

    @Test
    void aRecordWithoutParametersIsRefused() {
        ModelVersion record = record(artefact, null);
        record.setParameters(null);

        assertThatThrownBy(() -> ModelRecords.toArtefact(record, uri -> new byte[0]))
                .hasMessage("the record has neither parameters nor a URI");
    }

    @Test
    void aRecordThatSaysOtherModalitiesThanItsParametersIsRefused() {
        ModelVersion record = record(artefact, null);
        record.getModalities().get(0).setLatent(5);

        assertThatThrownBy(() -> ModelRecords.toArtefact(record, uri -> new byte[0]))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageStartingWith("the record has");
    }

    @Test
    void aWrongHashIsRefusedBeforeAnythingIsRead() {
        byte[] parameters = artefact.parameters();
        parameters[0] ^= 1;

        assertThatThrownBy(() -> ModelArtefact.verify(artefact.manifest(), parameters))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageStartingWith("the SHA-256 of the parameters (")
                .hasMessageEndingWith("expected " + artefact.manifest().sha256());
    }

    @Test
    void truncatedParametersAreRefusedWhereverTheyEnd() {
        byte[] parameters = artefact.parameters();
        for (int length : new int[] {0, 3, 5, 40, 100, 1000, parameters.length - 1}) {
            refuse(Arrays.copyOf(parameters, length));
        }
        refuse(Arrays.copyOf(parameters, parameters.length + 1));
    }

    @Test
    void anyByteThatIsWrongIsRefusedOrStillAVersionOfTheSameShape() {
        byte[] parameters = artefact.parameters();
        for (int i = 0; i < 2000; i += 7) {
            byte[] broken = parameters.clone();
            broken[i] ^= (byte) 0x80;
            try {
                ModelContent content = ModelContent.fromBytes(broken);
                NetworkSizes.require(content);
            } catch (ModelRefusedException e) {
                assertThat(e).hasMessageMatching("(?s).{10,}");
            }
        }
    }

    @Test
    void parametersThatAreNotNumbersAreRefusedByName() {
        byte[] parameters = artefact.parameters();
        ByteBuffer.wrap(parameters).putFloat(parameters.length - 4, Float.NaN);

        assertThatThrownBy(() -> verify(parameters))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageMatching("value \\d+ of parameter \\S+ is NaN");
    }

    @Test
    void anUnknownArchitectureIsRefused() throws IOException {
        String manifest = artefact.manifest().toJson().replace("piecewise", "transformer");

        assertThatThrownBy(() -> Manifest.fromJson(manifest))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage(
                        "the architecture is \"transformer\"; known are pidreg, piecewise,"
                                + " trees and both");
        byte[] parameters = artefact.parameters();
        int at = new String(parameters, StandardCharsets.ISO_8859_1).indexOf("piecewise");
        parameters[at] = 'q';
        assertThatThrownBy(() -> verify(parameters))
                .hasMessageStartingWith("the architecture is \"qiecewise\"");
    }

    @Test
    void parametersOfAnotherArchitectureAreRefused() {
        ModelContent content = ModelContent.of(artefact);
        Map<String, Tensor> tensors = new LinkedHashMap<>(content.tensors());
        String name = tensors.keySet().iterator().next();
        Tensor first = tensors.get(name);
        tensors.put(name, new Tensor(name, new ai.djl.ndarray.types.Shape(1), new float[1]));
        ModelContent wrong =
                new ModelContent(
                        content.shape(),
                        content.seed(),
                        content.features(),
                        content.targets(),
                        content.fusion(),
                        tensors);

        assertThatThrownBy(() -> verify(wrong.toBytes()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage(
                        "parameter %s has shape (1); the architecture has %s"
                                .formatted(name, first.shape()));
    }

    @Test
    void aManifestThatIsNotOneIsRefused() {
        assertThatThrownBy(() -> Manifest.fromJson("{")).isInstanceOf(ModelRefusedException.class);
        assertThatThrownBy(() -> Manifest.fromJson("{}"))
                .hasMessage("the manifest has no formatVersion");
    }

    @Test
    void aVersionForOtherChannelsDoesNotFit() {
        Map<String, List<String>> configured = new LinkedHashMap<>();
        configured.put("a", List.of("p", "q", "r"));
        configured.put("b", List.of("p", "q"));

        assertThatThrownBy(() -> SHAPE.requireFits(configured, List.of("y")))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("the channels of b are [p, q, r]; the configuration has [p, q]");
        configured.put("b", List.of("p", "q", "r"));
        assertThatThrownBy(() -> SHAPE.requireFits(configured, List.of("x")))
                .hasMessage("the targets are [y]; the configuration has [x]");
        assertThatThrownBy(() -> SHAPE.requireFits(Map.of("a", List.of("p")), List.of("y")))
                .hasMessage("the modalities are [a, b]; the configuration has [a]");
    }

    @Test
    void parametersThatAreTooLargeForARecordNeedAUri() throws TrainingException {
        ModelShape large =
                new ModelShape(
                        EncoderType.PIDREG.text(),
                        SHAPE.modalities(),
                        List.of("y"),
                        List.of(512, 256),
                        1);
        ModelArtefact big =
                Simulated.train(Simulated.task(large, 1), Simulated.samples(2, 64, 1), 1)
                        .artefact();

        assertThat(ModelRecords.fitsInline(big)).isFalse();
        assertThatThrownBy(() -> record(big, null))
                .hasMessageEndingWith(
                        "bytes of parameters do not fit into a record (at most 524288) and have no"
                                + " URI");
    }

    private static ModelVersion record(ModelArtefact of, String uri) {
        return ModelRecords.toRecord(
                of, 7, ModelState.CANDIDATE, TIME, TIME, uri, "made in a test");
    }

    private static ModelArtefact verify(byte[] parameters) {
        return ModelArtefact.verify(
                ModelArtefact.sha256(parameters), parameters, "hash", null, Map.of());
    }

    private static void refuse(byte[] parameters) {
        assertThatThrownBy(() -> verify(parameters))
                .as("%d bytes", parameters.length)
                .isInstanceOf(ModelRefusedException.class);
    }

    @Test
    void aDirectoryWithoutAManifestIsNoVersion() throws IOException {
        artefact.write(directory);
        Files.delete(directory.resolve(ModelArtefact.MANIFEST_FILE));

        assertThatThrownBy(() -> ModelArtefact.read(directory)).isInstanceOf(IOException.class);
    }
}
