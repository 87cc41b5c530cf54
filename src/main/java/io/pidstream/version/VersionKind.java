package io.pidstream.version;

import java.util.List;

/**
 * A kind of version of the encoders: what its parameters are, how frames are encoded by it, and how
 * it is trained. A kind is made known by a line in {@code
 * META-INF/services/io.pidstream.version.VersionKind}; it must load nothing of its engine before it
 * is asked to check, encode or train.
 */
public interface VersionKind {
    /** The first four bytes of the parameters of this kind. */
    int magic();

    /** The architectures of this kind, as {@code encoder.type} and manifests name them. */
    List<String> architectures();

    /** How an architecture is trained unless a configuration says otherwise. */
    TrainingSettings defaults(String architecture);

    /**
     * Reads parameters whose hash has been checked.
     *
     * @throws ModelRefusedException naming what is wrong with them
     */
    VersionContent read(byte[] parameters);

    /**
     * Makes sure that versions can be trained and used on a device, and says what was found there.
     *
     * @param device auto, cpu, or gpu:N
     * @throws IllegalArgumentException if there is no such device
     * @throws IllegalStateException if there is no engine, or it cannot compute there
     */
    String check(String device);

    /**
     * Encodes by a version of this kind.
     *
     * @param device auto, cpu, or gpu:N
     * @throws IllegalArgumentException if there is no such device
     */
    VersionEncoder encoder(ModelArtefact version, String device);

    /**
     * Trains versions of this kind.
     *
     * @param device auto, cpu, or gpu:N
     */
    VersionTrainer trainer(TrainingSettings settings, String device);
}
