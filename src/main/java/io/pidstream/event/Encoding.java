package io.pidstream.event;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The encoding of a frame by one model version.
 *
 * @param version the model version; {@link #IDENTITY} for the raw channels
 * @param space number of the space of the latents: in the same space they mean the same, so what is
 *     known of them holds for the other version too. The version's own number, or {@link #SHARED}
 * @param latents the latents of all modalities, concatenated; the channels for the identity. NaN if
 *     the modality is absent
 * @param shares contribution of every modality to the network's prediction of each target,
 *     [modalities, targets], in the target's unit; empty for the identity. NaN if the modality is
 *     absent
 */
public record Encoding(long version, long space, double[] latents, double[] shares) {
    /** The version that needs no training: its latents are the channels. */
    public static final long IDENTITY = 0;

    /**
     * The space of all versions whose latents are predictions of the target from one modality each.
     */
    public static final long SHARED = -1;

    static final Part PART = Part.of("event/encoding", 2);

    static final Format<Encoding> FORMAT =
            Formats.of(PART, Encoding.class, Encoding::writeTo, Encoding::readFrom);

    private static final double[] NO_SHARES = {};

    /** The raw channels. */
    public static Encoding identity(double[] channels) {
        return new Encoding(IDENTITY, IDENTITY, channels, NO_SHARES);
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
            out.writeLong(space);
            Wire.write(out, latents);
            Wire.write(out, shares);
        }
    }

    /** Reads what {@link #writeTo} wrote; the identity without its latents. */
    static Encoding readFrom(DataInput in, Versions versions) throws IOException {
        long version = in.readLong();
        if (version == IDENTITY) {
            return identity(NO_SHARES);
        }
        long space = versions.has(PART) && versions.of(PART) > 1 ? in.readLong() : version;
        return new Encoding(version, space, Wire.readDoubles(in), Wire.readDoubles(in));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Encoding that
                && version == that.version
                && space == that.space
                && Arrays.equals(latents, that.latents)
                && Arrays.equals(shares, that.shares);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(version) + Arrays.hashCode(latents);
    }

    @Override
    public String toString() {
        return "Encoding[version=%d, space=%d, latents=%s, shares=%s]"
                .formatted(version, space, Arrays.toString(latents), Arrays.toString(shares));
    }
}
