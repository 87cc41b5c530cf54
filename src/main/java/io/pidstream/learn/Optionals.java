package io.pidstream.learn;

import io.pidstream.event.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Values that may be null, behind a flag. */
final class Optionals {
    private Optionals() {}

    static <T> void write(BinaryFormat<T> format, T value, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            format.write(value, out);
        }
    }

    static <T> T read(BinaryFormat<T> format, DataInput in) throws IOException {
        return in.readBoolean() ? format.read(in) : null;
    }
}
