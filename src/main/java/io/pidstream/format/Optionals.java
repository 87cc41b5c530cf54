package io.pidstream.format;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Values that may be null, behind a flag. */
public final class Optionals {
    private Optionals() {}

    public static <T> void write(BinaryFormat<T> format, T value, DataOutput out)
            throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            format.write(value, out);
        }
    }

    public static <T> T read(BinaryFormat<T> format, DataInput in) throws IOException {
        return in.readBoolean() ? format.read(in) : null;
    }
}
