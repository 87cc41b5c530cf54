package io.pidstream.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Arrays of doubles on the wire: the same bytes as consecutive calls of {@link
 * DataOutput#writeDouble}, but in a single call, because a stream may take a lock or cross several
 * layers per call.
 */
public final class Doubles {
    private Doubles() {}

    /** Writes the first {@code length} values. */
    public static void write(DataOutput out, double[] values, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length * Double.BYTES);
        bytes.asDoubleBuffer().put(values, 0, length);
        for (int i = 0; i < length; i++) {
            if (Double.isNaN(values[i])) {
                // Canonical NaN, like writeDouble.
                bytes.putDouble(i * Double.BYTES, Double.NaN);
            }
        }
        out.write(bytes.array());
    }

    /** Writes all values. */
    public static void write(DataOutput out, double[] values) throws IOException {
        write(out, values, values.length);
    }

    /**
     * Reads the first {@code length} values.
     *
     * @throws java.io.EOFException if the input ends early
     */
    public static void read(DataInput in, double[] into, int length) throws IOException {
        byte[] bytes = new byte[length * Double.BYTES];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(into, 0, length);
    }

    /** Fills the whole array. */
    public static void read(DataInput in, double[] into) throws IOException {
        read(in, into, into.length);
    }
}
