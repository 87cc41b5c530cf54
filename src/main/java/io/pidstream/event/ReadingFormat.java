package io.pidstream.event;

import io.pidstream.avro.Reading;
import io.pidstream.format.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes a reading compactly; a missing value is the NaN that no valid reading contains. */
public final class ReadingFormat implements BinaryFormat<Reading> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<Reading> type() {
        return Reading.class;
    }

    @Override
    public void write(Reading value, DataOutput out) throws IOException {
        out.writeUTF(value.getAsset());
        out.writeUTF(value.getModality());
        out.writeLong(value.getTime().toEpochMilli());
        List<Double> values = value.getValues();
        out.writeShort(values.size());
        for (Double v : values) {
            out.writeDouble(v == null ? Double.NaN : v);
        }
    }

    @Override
    public Reading read(DataInput in) throws IOException {
        String asset = in.readUTF();
        String modality = in.readUTF();
        Instant time = Instant.ofEpochMilli(in.readLong());
        int size = in.readUnsignedShort();
        List<Double> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            double v = in.readDouble();
            values.add(Double.isNaN(v) ? null : (Double) v);
        }
        return new Reading(asset, modality, time, values);
    }
}
