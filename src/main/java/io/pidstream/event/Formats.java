package io.pidstream.event;

import io.pidstream.format.BinaryFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What the parts of the alert stage have in common when they are written and read. */
public final class Formats {
    public static final BlockStatisticsFormat BLOCKS = new BlockStatisticsFormat();

    private Formats() {}

    public static void requireVersion(String what, byte version, byte known) throws IOException {
        if (version != known) {
            throw new IOException(
                    what + " has format version " + version + ", this code reads " + known);
        }
    }

    /** A copy through its bytes: what is copied is what would be restored. */
    public static <T> T copy(BinaryFormat<T> format, T value) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
            format.write(value, new DataOutputStream(bytes));
            return format.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
