package io.pidstream.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Copies of changeable state, through its bytes: what is copied is what would be restored. */
public final class Copies {
    private Copies() {}

    /** Writes state. */
    public interface Writer {
        void writeTo(DataOutput out) throws IOException;
    }

    /** Reads state. */
    public interface Reader<T> {
        T readFrom(DataInput in) throws IOException;
    }

    public static <T> T through(Writer writer, Reader<T> reader) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
            writer.writeTo(new DataOutputStream(bytes));
            return reader.readFrom(
                    new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static <T> T of(BinaryFormat<T> format, T value) {
        return through(out -> format.write(value, out), format::read);
    }
}
