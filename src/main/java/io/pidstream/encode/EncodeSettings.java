package io.pidstream.encode;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Modalities;
import io.pidstream.format.Versions;
import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.StoredParameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the encode stage needs to know. */
public final class EncodeSettings implements Serializable {
    private static final long serialVersionUID = 1;

    private final int batchSize;
    private final Modalities modalities;
    private final List<String> targets;
    private final String device;
    private final String topic;

    /** Of each version, as its format writes it: records do not go through Java serialisation. */
    private final List<byte[]> initialVersions;

    /**
     * @param batchSize frames in a micro-batch at most
     * @param targets names of the targets
     * @param device auto, cpu, or gpu:N
     * @param topic where versions are announced, as dead letters name it
     * @param initialVersions those that were announced before the job starts: so the first frame
     *     already meets them
     */
    public EncodeSettings(
            int batchSize,
            Modalities modalities,
            List<String> targets,
            String device,
            String topic,
            List<ModelVersion> initialVersions) {
        this.batchSize = batchSize;
        this.modalities = modalities;
        this.targets = new ArrayList<>(targets);
        this.device = device;
        this.topic = topic;
        this.initialVersions = new ArrayList<>();
        for (ModelVersion version : initialVersions) {
            this.initialVersions.add(bytes(version));
        }
    }

    private static byte[] bytes(ModelVersion version) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            EventFormats.MODEL_VERSION.write(version, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    int batchSize() {
        return batchSize;
    }

    Modalities modalities() {
        return modalities;
    }

    List<String> targets() {
        return targets;
    }

    String device() {
        return device;
    }

    List<ModelVersion> initialVersions() throws IOException {
        List<ModelVersion> versions = new ArrayList<>();
        for (byte[] bytes : initialVersions) {
            versions.add(
                    EventFormats.MODEL_VERSION.read(
                            new DataInputStream(new ByteArrayInputStream(bytes)),
                            Versions.CURRENT));
        }
        return versions;
    }

    /**
     * @throws ModelRefusedException if the version is not what its record says, or does not fit the
     *     configuration
     */
    ModelArtefact verified(ModelVersion version) {
        ModelArtefact artefact = ModelRecords.toArtefact(version, new StoredParameters());
        List<ModalityShape> configured =
                modalities.all().stream()
                        .map(
                                m ->
                                        new ModalityShape(
                                                m.name(),
                                                m.channels(),
                                                artefact.manifest().shape().latent()))
                        .toList();
        artefact.manifest().shape().requireFits(configured, targets);
        return artefact;
    }

    DeadLetter refusal(ModelVersion version, String why) {
        ByteBuffer record;
        try {
            record = version.toByteBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DeadLetter(
                topic,
                -1,
                -1L,
                version.getCreatedAt(),
                DeadLetterReason.MODEL_REFUSED,
                "version " + version.getVersion() + ": " + why,
                ByteBuffer.wrap(
                        Long.toString(version.getVersion()).getBytes(StandardCharsets.UTF_8)),
                record,
                Map.of());
    }
}
