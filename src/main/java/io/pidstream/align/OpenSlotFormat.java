package io.pidstream.align;

import io.pidstream.format.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes an open slot into state. */
public final class OpenSlotFormat implements BinaryFormat<OpenSlot> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<OpenSlot> type() {
        return OpenSlot.class;
    }

    @Override
    public void write(OpenSlot value, DataOutput out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public OpenSlot read(DataInput in) throws IOException {
        return OpenSlot.readFrom(in);
    }

    @Override
    public OpenSlot copy(OpenSlot value) {
        return value.copy();
    }

    @Override
    public boolean immutable() {
        return false;
    }
}
