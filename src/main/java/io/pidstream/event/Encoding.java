package io.pidstream.event;

import java.util.Arrays;

/**
 * What one model version makes of a frame.
 *
 * @param version the model version; {@link #IDENTITY} for the channels as they are
 * @param latents the latents of all modalities one after the other; NaN where the modality is
 *     absent
 */
public record Encoding(long version, double[] latents) {
    /** The version that needs no training: its latents are the channels. */
    public static final long IDENTITY = 0;

    @Override
    public boolean equals(Object other) {
        return other instanceof Encoding that
                && version == that.version
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
