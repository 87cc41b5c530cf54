package io.pidstream.event;

import io.pidstream.format.BinaryFormat;
import io.pidstream.format.Doubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the statistics of a block. */
public final class BlockStatisticsFormat implements BinaryFormat<BlockStatistics> {
    private static final long serialVersionUID = 1;
    private static final byte VERSION = 1;

    @Override
    public Class<BlockStatistics> type() {
        return BlockStatistics.class;
    }

    @Override
    public void write(BlockStatistics value, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(value.asset());
        out.writeLong(value.modelVersion());
        out.writeLong(value.start());
        out.writeLong(value.end());
        out.writeLong(value.known());
        out.writeInt(value.frames());
        out.writeInt(value.assets());
        out.writeDouble(value.samples());
        out.writeDouble(value.inflation());
        write(value.information(), out);
        if (!value.isDefined()) {
            out.writeUTF(value.reason());
        }
        out.writeInt(value.error().scored());
        out.writeDouble(value.error().meanAbsolute());
        out.writeDouble(value.error().logSquared());
        out.writeDouble(value.error().logRelative());
        write(value.presence(), out);
        out.writeShort(value.channels().size());
        for (BlockStatistics.Channel channel : value.channels()) {
            out.writeDouble(channel.variance());
            out.writeDouble(channel.movement());
            out.writeDouble(channel.unchanged());
        }
    }

    private static void write(List<Double> values, DataOutput out) throws IOException {
        Doubles.write(values.stream().mapToDouble(Double::doubleValue).toArray(), out);
    }

    @Override
    public BlockStatistics read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "block statistics have format version "
                            + version
                            + ", this code reads "
                            + VERSION);
        }
        String asset = in.readUTF();
        long modelVersion = in.readLong();
        long start = in.readLong();
        long end = in.readLong();
        long known = in.readLong();
        int frames = in.readInt();
        int assets = in.readInt();
        double samples = in.readDouble();
        double inflation = in.readDouble();
        List<Double> information = readList(in);
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
                new BlockStatistics.Error(
                        in.readInt(), in.readDouble(), in.readDouble(), in.readDouble()),
                readList(in),
                readChannels(in));
    }

    private static List<Double> readList(DataInput in) throws IOException {
        List<Double> list = new ArrayList<>();
        for (double value : Doubles.read(in)) {
            list.add(value);
        }
        return list;
    }

    private static List<BlockStatistics.Channel> readChannels(DataInput in) throws IOException {
        int count = in.readUnsignedShort();
        List<BlockStatistics.Channel> channels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            channels.add(
                    new BlockStatistics.Channel(in.readDouble(), in.readDouble(), in.readDouble()));
        }
        return channels;
    }
}
