package io.pidstream.train;

import io.pidstream.format.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes triggers. What is handed to state is a copy that is not changed any more. */
public final class TriggersFormat implements BinaryFormat<Triggers> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<Triggers> type() {
        return Triggers.class;
    }

    @Override
    public void write(Triggers value, DataOutput out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public Triggers read(DataInput in) throws IOException {
        return Triggers.readFrom(in);
    }
}
