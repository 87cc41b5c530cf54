package io.pidstream.event;

import java.util.Arrays;

/**
 * What one model version makes of a frame.
 *
 * @param version the model version; {@link #IDENTITY} for the channels as they are
 * @param latent size of a modality's latent; 0 for the identity, where it is the number of its
 *     channels
 * @param latents the latents of all modalities one after the other, and of a trained version behind
 *     each its shares in what the network predicts, one per target; NaN where the modality is
 *     absent
 */
public record Encoding(long version, int latent, double[] latents) {
    /** The version that needs no training: its latents are the channels. */
    public static final long IDENTITY = 0;

    /** The channels as they are. */
    public static Encoding identity(double[] channels) {
        return new Encoding(IDENTITY, 0, channels);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Encoding that
                && version == that.version
                && latent == that.latent
                && Arrays.equals(latents, that.latents);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(version) + Arrays.hashCode(latents);
    }

    @Override
    public String toString() {
        return "Encoding[version=%d, latents=%s]".formatted(version, Arrays.toString(latents));
    }
}
