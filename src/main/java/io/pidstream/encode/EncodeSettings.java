package io.pidstream.encode;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.EncodableModalities;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Modalities;
import io.pidstream.format.Versions;
import io.pidstream.join.LearningOrder;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
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

/** Settings of the encode stage. */
public final class EncodeSettings implements Serializable {
    private static final long serialVersionUID = 1;

    private final int batchSize;
    private final EncodableModalities modalities;
    private final LearningOrder order;
    private final List<String> targets;
    private final String device;
    private final String topic;

    /**
     * The versions, serialized by their format, because Avro records should not go through Java
     * serialization.
     */
    private final List<byte[]> initialVersions;

    /**
     * @param batchSize largest number of frames in a micro-batch
     * @param order how long labels are waited for
     * @param targets names of the targets
     * @param device auto, cpu, or gpu:N
     * @param topic topic of versions, for dead letters
     * @param initialVersions versions announced before the job starts, so that they already apply
     *     to the first frame
     */
    public EncodeSettings(
            int batchSize,
            EncodableModalities modalities,
            LearningOrder order,
            List<String> targets,
            String device,
            String topic,
            List<ModelVersion> initialVersions) {
        this.batchSize = batchSize;
        this.modalities = modalities;
        this.order = order;
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

    /** The modalities of the sensors. */
    Modalities sensors() {
        return modalities.sensors();
    }

    LearningOrder order() {
        return order;
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
     * @throws ModelRefusedException if the version does not match its record or does not fit the
     *     configuration
     */
    ModelArtefact verified(ModelVersion version) {
        ModelArtefact artefact = ModelRecords.toArtefact(version, new StoredParameters());
        ModelShape shape = artefact.manifest().shape();
        shape.requireFits(modalities.channelsOf(shape.names()), targets);
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
