package io.pidstream.event;

import java.util.Arrays;

/**
 * The encoding of a frame by one model version.
 *
 * @param version the model version; {@link #IDENTITY} for the raw channels
 * @param latents the latents of all modalities, concatenated; the channels for the identity. NaN if
 *     the modality is absent
 * @param shares contribution of every modality to the network's prediction of each target,
 *     [modalities, targets], in the target's unit; empty for the identity. NaN if the modality is
 *     absent
 */
public record Encoding(long version, double[] latents, double[] shares) {
    /** The version that needs no training: its latents are the channels. */
    public static final long IDENTITY = 0;

    private static final double[] NO_SHARES = {};

    /** The raw channels. */
    public static Encoding identity(double[] channels) {
        return new Encoding(IDENTITY, channels, NO_SHARES);
    }

    /**
     * Size of a modality's latent in a trained version; 0 for the identity, whose modalities differ
     * in size.
     *
     * @param modalities number of modalities that are encoded
     */
    public int latent(int modalities) {
        return version == IDENTITY ? 0 : latents.length / modalities;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Encoding that
                && version == that.version
                && Arrays.equals(latents, that.latents)
                && Arrays.equals(shares, that.shares);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(version) + Arrays.hashCode(latents);
    }

    @Override
    public String toString() {
        return "Encoding[version=%d, latents=%s, shares=%s]"
                .formatted(version, Arrays.toString(latents), Arrays.toString(shares));
    }
}
