package io.pidstream.event;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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

    static final Format<Encoding> FORMAT =
            Formats.of(
                    Part.of("event/encoding", 1),
                    Encoding.class,
                    Encoding::writeTo,
                    (in, versions) -> readFrom(in));

    private static final double[] NO_SHARES = {};

    /** The raw channels. */
    public static Encoding identity(double[] channels) {
        return new Encoding(IDENTITY, channels, NO_SHARES);
    }

    /**
     * Number of modalities that a trained version encodes; 0 for the identity.
     *
     * @param targets number of targets
     */
    public int modalities(int targets) {
        return shares.length / targets;
    }

    /**
     * Size of a modality's latent in a trained version; 0 for the identity, whose modalities differ
     * in size.
     *
     * @param targets number of targets
     */
    public int latent(int targets) {
        return version == IDENTITY ? 0 : latents.length / modalities(targets);
    }

    /** The identity's latents are the frame's values, which are known, so they are not written. */
    void writeTo(DataOutput out) throws IOException {
        out.writeLong(version);
        if (version != IDENTITY) {
            Wire.write(out, latents);
            Wire.write(out, shares);
        }
    }

    /** Reads what {@link #writeTo} wrote; the identity without its latents. */
    static Encoding readFrom(DataInput in) throws IOException {
        long version = in.readLong();
        return version == IDENTITY
                ? identity(NO_SHARES)
                : new Encoding(version, Wire.readDoubles(in), Wire.readDoubles(in));
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
