package io.pidstream.event;

import io.pidstream.format.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes a label with its place. */
public final class PlacedLabelFormat implements BinaryFormat<PlacedLabel> {
    private static final long serialVersionUID = 1;

    private static final LabelFormat LABELS = new LabelFormat();

    @Override
    public Class<PlacedLabel> type() {
        return PlacedLabel.class;
    }

    @Override
    public void write(PlacedLabel value, DataOutput out) throws IOException {
        LABELS.write(value.label(), out);
        out.writeInt(value.partition());
        out.writeLong(value.offset());
    }

    @Override
    public PlacedLabel read(DataInput in) throws IOException {
        return new PlacedLabel(LABELS.read(in), in.readInt(), in.readLong());
    }
}
