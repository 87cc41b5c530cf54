package io.pidstream.learn;

import io.pidstream.event.BinaryFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Copies of changeable state, through its bytes: what is copied is what would be restored. */
final class Copies {
    private Copies() {}

    static <T> T of(BinaryFormat<T> format, T value) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
            format.write(value, new DataOutputStream(bytes));
            return format.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
