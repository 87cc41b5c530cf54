package io.pidstream.event;

import io.pidstream.format.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes a score. */
public final class ScoreFormat implements BinaryFormat<Score> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<Score> type() {
        return Score.class;
    }

    @Override
    public void write(Score value, DataOutput out) throws IOException {
        out.writeUTF(value.asset());
        out.writeLong(value.time());
        out.writeLong(value.recordedAt());
        out.writeLong(value.modelVersion());
        out.writeBoolean(value.active());
        out.writeByte(value.index());
        out.writeDouble(value.target());
        out.writeDouble(value.prediction());
        out.writeDouble(value.lower());
        out.writeDouble(value.upper());
    }

    @Override
    public Score read(DataInput in) throws IOException {
        return new Score(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readUnsignedByte(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }
}
