package io.pidstream.event;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.stats.BrokenInvariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Statistics of one completed block of labelled frames alone, without decay, as input of change
 * detectors. Small: one per block, not per frame.
 *
 * @param asset the asset, or * for the whole fleet
 * @param modelVersion version whose latents were decomposed
 * @param space the {@linkplain Encoding#space space} of these latents: blocks compare within one
 * @param start slot of the block's first frame, milliseconds since 1970
 * @param end slot of its last frame, milliseconds since 1970
 * @param known turn of the label that ended it, milliseconds since 1970
 * @param frames labelled frames in it
 * @param assets assets that had a labelled frame in it
 * @param samples effective number of complete frames for the information
 * @param inflation number of samples that count as one independent sample; NaN if unknown
 * @param information of every subset of modalities, bits, bias-corrected; may be negative, so that
 *     the error is symmetric; in the order of {@link io.pidstream.pid.ModalitySet#nonEmptySubsets}.
 *     Empty if undefined
 * @param reason why it is undefined; null if it is defined
 * @param error prequential errors in the block
 * @param presence per modality, the share of frames in which it was present
 * @param channels movement statistics per channel of all sensors
 */
public record BlockStatistics(
        String asset,
        long modelVersion,
        long space,
        long start,
        long end,
        long known,
        int frames,
        int assets,
        double samples,
        double inflation,
        List<Double> information,
        String reason,
        Error error,
        List<Double> presence,
        List<Channel> channels) {
    private static final Part PART = Part.of("event/block-statistics", 2);

    public static final Format<BlockStatistics> FORMAT =
            Formats.of(
                    PART,
                    BlockStatistics.class,
                    BlockStatistics::writeTo,
                    BlockStatistics::readFrom);

    public BlockStatistics {
        information = List.copyOf(information);
        presence = List.copyOf(presence);
        channels = List.copyOf(channels);
        if (start > end || frames < 1 || assets < 1 || assets > frames) {
            throw new BrokenInvariant(
                    "block of %s from %d to %d has %d frames of %d assets",
                    asset, start, end, frames, assets);
        }
        for (double share : presence) {
            if (!(share >= 0 && share <= 1)) {
                throw new BrokenInvariant(
                        "block of %s: a modality is present in a share of %s of its frames",
                        asset, share);
            }
        }
        if (information.isEmpty() == (reason == null)) {
            throw new IllegalArgumentException(
                    "information of " + asset + " is " + information + ", reason " + reason);
        }
    }

    /** Whether the information is defined. */
    public boolean isDefined() {
        return reason == null;
    }

    /**
     * Errors of predictions made before their label was known; NaN if there were none.
     *
     * @param scored number of predictions
     * @param meanAbsolute mean absolute error of the first target, in its unit
     * @param logSquared log of the mean squared error, averaged over the targets
     * @param logRelative log of the mean squared error divided by the variance of the target in the
     *     block, averaged over the targets
     */
    public record Error(int scored, double meanAbsolute, double logSquared, double logRelative) {
        /** No predictions. */
        public static final Error NONE = new Error(0, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * Movement of a channel within a block, in its own unit; NaN if it was present too rarely.
     *
     * @param variance variance of its values
     * @param movement mean squared difference between consecutive values of an asset; for a
     *     Gaussian channel, ½ log₂(πe movement) bits bound the entropy that a value adds to its
     *     predecessor
     * @param unchanged share of values equal to their predecessor
     */
    public record Channel(double variance, double movement, double unchanged) {}

    private void writeTo(DataOutput out) throws IOException {
        out.writeUTF(asset);
        out.writeLong(modelVersion);
        out.writeLong(space);
        out.writeLong(start);
        out.writeLong(end);
        out.writeLong(known);
        out.writeInt(frames);
        out.writeInt(assets);
        out.writeDouble(samples);
        out.writeDouble(inflation);
        Wire.write(out, information);
        if (!isDefined()) {
            out.writeUTF(reason);
        }
        out.writeInt(error.scored());
        out.writeDouble(error.meanAbsolute());
        out.writeDouble(error.logSquared());
        out.writeDouble(error.logRelative());
        Wire.write(out, presence);
        out.writeShort(channels.size());
        for (Channel channel : channels) {
            out.writeDouble(channel.variance());
            out.writeDouble(channel.movement());
            out.writeDouble(channel.unchanged());
        }
    }

    private static BlockStatistics readFrom(DataInput in, Versions versions) throws IOException {
        String asset = in.readUTF();
        long modelVersion = in.readLong();
        long space = versions.of(PART) > 1 ? in.readLong() : modelVersion;
        long start = in.readLong();
        long end = in.readLong();
        long known = in.readLong();
        int frames = in.readInt();
        int assets = in.readInt();
        double samples = in.readDouble();
        double inflation = in.readDouble();
        List<Double> information = Wire.readList(in);
        String reason = information.isEmpty() ? in.readUTF() : null;
        return new BlockStatistics(
                asset,
                modelVersion,
                space,
                start,
                end,
                known,
                frames,
                assets,
                samples,
                inflation,
                information,
                reason,
                new Error(in.readInt(), in.readDouble(), in.readDouble(), in.readDouble()),
                Wire.readList(in),
                readChannels(in));
    }

    private static List<Channel> readChannels(DataInput in) throws IOException {
        int count = in.readUnsignedShort();
        List<Channel> channels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            channels.add(new Channel(in.readDouble(), in.readDouble(), in.readDouble()));
        }
        return channels;
    }
}
