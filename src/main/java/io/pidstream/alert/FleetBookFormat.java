package io.pidstream.alert;

import io.pidstream.event.Formats;
import io.pidstream.format.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes what the fleet has in common into state. */
public final class FleetBookFormat implements BinaryFormat<FleetBook> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<FleetBook> type() {
        return FleetBook.class;
    }

    @Override
    public void write(FleetBook value, DataOutput out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public FleetBook read(DataInput in) throws IOException {
        return FleetBook.readFrom(in);
    }

    @Override
    public FleetBook copy(FleetBook value) {
        return Formats.copy(this, value);
    }

    @Override
    public boolean immutable() {
        return false;
    }
}
