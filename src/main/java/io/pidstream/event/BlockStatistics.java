package io.pidstream.event;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one finished block of labelled frames tells by itself, without anything that decays: what
 * detectors of change look at. Small: one for every block, not for every frame.
 *
 * @param asset the asset, or * for the whole fleet
 * @param modelVersion the version whose latents were decomposed
 * @param start slot of the block's first frame, milliseconds since 1970
 * @param end slot of its last frame, milliseconds since 1970
 * @param known turn of the label that ended it, milliseconds since 1970
 * @param frames labelled frames in it
 * @param assets assets that had a labelled frame in it
 * @param samples effective number of complete frames behind the informations
 * @param inflation how many of them count as one independent sample; NaN while that is not known
 * @param information of every subset of modalities, bits, bias-corrected and not cut off at 0, so
 *     that its error is symmetric; position = mask − 1. Empty where it is undefined
 * @param reason why it is undefined; null where it is not
 * @param error prequential errors in the block
 * @param presence per modality, the share of frames in which it was there
 * @param channels per channel of all sensors, how it moved
 */
public record BlockStatistics(
        String asset,
        long modelVersion,
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
    public static final Format<BlockStatistics> FORMAT =
            Formats.of(
                    Part.of("event/block-statistics", 1),
                    BlockStatistics.class,
                    BlockStatistics::writeTo,
                    BlockStatistics::readFrom);

    public BlockStatistics {
        information = List.copyOf(information);
        presence = List.copyOf(presence);
        channels = List.copyOf(channels);
        if (information.isEmpty() == (reason == null)) {
            throw new IllegalArgumentException(
                    "information of " + asset + " is " + information + ", reason " + reason);
        }
    }

    /** Whether the block has informations. */
    public boolean isDefined() {
        return reason == null;
    }

    /**
     * How far off predictions were that had been made before their label was known; NaN where none
     * was.
     *
     * @param scored number of predictions
     * @param meanAbsolute mean absolute error of the first target, in its unit
     * @param logSquared ln of the mean squared error, a mean over the targets
     * @param logRelative ln of the mean squared error over the variance of the target in the block,
     *     a mean over the targets
     */
    public record Error(int scored, double meanAbsolute, double logSquared, double logRelative) {
        /** Nothing was predicted. */
        public static final Error NONE = new Error(0, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * How a channel moved within a block, in its own unit; NaN where it was there too rarely.
     *
     * @param variance variance of its values
     * @param movement mean squared difference between a value and the asset's one before: of a
     *     Gaussian channel, ½ log₂(πe movement) bits bound the entropy that a value adds to the one
     *     before
     * @param unchanged share of values that were exactly the one before
     */
    public record Channel(double variance, double movement, double unchanged) {}

    private void writeTo(DataOutput out) throws IOException {
        out.writeUTF(asset);
        out.writeLong(modelVersion);
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
