package io.pidstream.version;

/**
 * Encodes frames and predicts from them with one version, on its own copy of the parameters. May
 * hold off-heap memory until it is closed. Not thread-safe.
 */
public interface VersionEncoder extends AutoCloseable {
    ModelArtefact artefact();

    /**
     * @param channels values of every frame, [n][K][c], finite where the modality is present;
     *     arbitrary, also null, if it is absent
     * @param present whether each modality is present, [n][K]
     * @throws IllegalArgumentException naming a value that is not finite, or wrong lengths
     */
    EncodedBatch encode(double[][][] channels, boolean[][] present);

    /** Encodes the rows of samples. */
    default EncodedBatch encode(TrainingSamples samples) {
        double[][][] channels = new double[samples.size()][][];
        boolean[][] present = new boolean[samples.size()][];
        for (int i = 0; i < samples.size(); i++) {
            channels[i] = samples.channels(i);
            present[i] = samples.present(i);
        }
        return encode(channels, present);
    }

    @Override
    void close();
}
