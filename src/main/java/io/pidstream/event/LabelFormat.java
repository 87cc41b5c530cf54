package io.pidstream.event;

import io.pidstream.avro.Label;
import io.pidstream.format.BinaryFormat;
import io.pidstream.format.Doubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/** Writes a label. */
public final class LabelFormat implements BinaryFormat<Label> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<Label> type() {
        return Label.class;
    }

    @Override
    public void write(Label value, DataOutput out) throws IOException {
        out.writeUTF(value.getAsset());
        out.writeLong(value.getTime().toEpochMilli());
        out.writeLong(value.getRecordedAt().toEpochMilli());
        Doubles.write(Targets.of(value), out);
    }

    @Override
    public Label read(DataInput in) throws IOException {
        return Targets.label(
                in.readUTF(),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                Doubles.read(in));
    }
}
