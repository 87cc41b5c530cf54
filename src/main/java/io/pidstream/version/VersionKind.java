package io.pidstream.version;

import java.util.List;

/**
 * A kind of encoder version: its parameters, how it encodes frames, and how it is trained. A kind
 * is registered by a line in {@code META-INF/services/io.pidstream.version.VersionKind}; it must
 * not load its engine before the first check, encoding or training.
 */
public interface VersionKind {
    /** The first four bytes of the parameters of this kind. */
    int magic();

    /** The architectures of this kind, as {@code encoder.type} and manifests name them. */
    List<String> architectures();

    /**
     * The shape of versions to train, from that of a configuration: of sizes that this kind does
     * not have, or that follow from others, the configured ones are replaced.
     */
    default ModelShape sized(ModelShape configured) {
        return configured;
    }

    /** Whether versions have the sizes of a configuration; {@link #sized} replaces them if not. */
    default boolean takesSizes() {
        return true;
    }

    /**
     * Whether every version is trained from scratch, and in the end on the validation rows as well;
     * see {@link TrainedModel#validation}.
     */
    default boolean growsAnew() {
        return false;
    }

    /**
     * Whether the latent of a modality is what the version predicts of each target from it alone,
     * so that latents mean the same in all versions of this kind.
     */
    default boolean encodesAsPredictions() {
        return false;
    }

    /** Whether versions encode the target's own past as well, where it is a modality. */
    default boolean readsPast() {
        return false;
    }

    /** Default training parameters of an architecture. */
    TrainingSettings defaults(String architecture);

    /** When versions of an architecture are trained and how long they are on trial, by default. */
    default TuningDefaults tuning(String architecture) {
        return TuningDefaults.USUAL;
    }

    /**
     * Reads parameters whose hash has been checked.
     *
     * @throws ModelRefusedException naming what is wrong with them
     */
    VersionContent read(byte[] parameters);

    /**
     * Checks that versions can be trained and used on a device; returns a description of what was
     * found.
     *
     * @param device auto, cpu, or gpu:N
     * @throws IllegalArgumentException if there is no such device
     * @throws IllegalStateException if there is no engine, or it cannot compute there
     */
    String check(String device);

    /**
     * Creates an encoder for a version of this kind.
     *
     * @param device auto, cpu, or gpu:N
     * @throws IllegalArgumentException if there is no such device
     */
    VersionEncoder encoder(ModelArtefact version, String device);

    /**
     * Creates a trainer for versions of this kind.
     *
     * @param device auto, cpu, or gpu:N
     */
    VersionTrainer trainer(TrainingSettings settings, String device);
}
