package io.pidstream.promote;

import io.pidstream.format.BinaryFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a trial into state. */
public final class TrialFormat implements BinaryFormat<Trial> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<Trial> type() {
        return Trial.class;
    }

    @Override
    public void write(Trial value, DataOutput out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public Trial read(DataInput in) throws IOException {
        return Trial.readFrom(in);
    }

    @Override
    public Trial copy(Trial value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(value, new DataOutputStream(bytes));
            return read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean immutable() {
        return false;
    }
}
