package io.pidstream.event;

import io.pidstream.format.BinaryFormat;
import io.pidstream.format.Doubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes a frame. */
public final class FrameFormat implements BinaryFormat<Frame> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<Frame> type() {
        return Frame.class;
    }

    @Override
    public void write(Frame value, DataOutput out) throws IOException {
        out.writeUTF(value.asset());
        out.writeLong(value.time());
        out.writeLong(value.turn());
        out.writeByte(value.present());
        Doubles.write(value.values(), out);
    }

    @Override
    public Frame read(DataInput in) throws IOException {
        return new Frame(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readUnsignedByte(),
                Doubles.read(in));
    }
}
