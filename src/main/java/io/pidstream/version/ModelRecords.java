package io.pidstream.version;

import io.pidstream.avro.ModelModality;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Converts versions to records of the topic of model versions, and back. */
public final class ModelRecords {
    /** Parameters of up to this many bytes are stored in the record, larger ones by URI. */
    public static final int MOST_INLINE = 512 * 1024;

    private ModelRecords() {}

    /** Whether the parameters fit into the record. */
    public static boolean fitsInline(ModelArtefact artefact) {
        return artefact.manifest().bytes() <= MOST_INLINE;
    }

    /**
     * @param version number of the version, from 1
     * @param createdAt time of creation
     * @param effectiveFrom event time at which the state takes effect
     * @param uri location of the parameters; null if they are in the record
     * @param reason why it is in this state
     * @throws IllegalArgumentException if there is no URI and they do not fit
     */
    public static ModelVersion toRecord(
            ModelArtefact artefact,
            long version,
            ModelState state,
            Instant createdAt,
            Instant effectiveFrom,
            String uri,
            String reason) {
        if (uri == null && !fitsInline(artefact)) {
            throw new IllegalArgumentException(
                    "%d bytes of parameters do not fit into a record (at most %d) and have no URI"
                            .formatted(artefact.manifest().bytes(), MOST_INLINE));
        }
        Manifest manifest = artefact.manifest();
        List<ModelModality> modalities =
                manifest.shape().modalities().stream()
                        .map(m -> new ModelModality(m.name(), m.channels(), m.latent()))
                        .toList();
        return ModelVersion.newBuilder()
                .setVersion(version)
                .setState(state)
                .setParent(manifest.parent())
                .setCreatedAt(createdAt)
                .setEffectiveFrom(effectiveFrom)
                .setModalities(modalities)
                .setConfigurationHash(manifest.configurationHash())
                .setSha256(manifest.sha256())
                .setParameters(uri == null ? ByteBuffer.wrap(artefact.parameters()) : null)
                .setUri(uri)
                .setMetrics(new TreeMap<>(manifest.metrics()))
                .setReason(reason)
                .build();
    }

    /**
     * The artefact of a record, verified.
     *
     * @param source reads parameters that are not in the record
     * @throws ModelRefusedException with the reason why the version must not be used
     */
    public static ModelArtefact toArtefact(ModelVersion record, ParameterSource source) {
        ModelArtefact artefact =
                ModelArtefact.verify(
                        record.getSha256(),
                        parameters(record, source),
                        record.getConfigurationHash(),
                        record.getParent(),
                        record.getMetrics());
        List<ModalityShape> announced =
                record.getModalities().stream()
                        .map(m -> new ModalityShape(m.getName(), m.getChannels(), m.getLatent()))
                        .toList();
        if (!announced.equals(artefact.manifest().shape().modalities())) {
            throw new ModelRefusedException(
                    "the record has %s; the parameters have %s"
                            .formatted(announced, artefact.manifest().shape().modalities()));
        }
        return artefact;
    }

    private static byte[] parameters(ModelVersion record, ParameterSource source) {
        if (record.getParameters() != null) {
            ByteBuffer buffer = record.getParameters().duplicate();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
        if (record.getUri() == null) {
            throw new ModelRefusedException("the record has neither parameters nor a URI");
        }
        try {
            return source.read(record.getUri());
        } catch (IOException e) {
            throw new ModelRefusedException(
                    "the parameters at %s cannot be read: %s"
                            .formatted(record.getUri(), e.getMessage()),
                    e);
        }
    }
}
