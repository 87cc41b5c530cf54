package io.pidstream.format;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Arrays of double on the wire, behind their length. One by one: between operators, Flink writes a
 * double without a lock or a copy.
 */
public final class Doubles {
    private Doubles() {}

    /** Writes up to 65,535 values. */
    public static void write(double[] values, DataOutput out) throws IOException {
        if (values.length > 0xffff) {
            throw new IllegalArgumentException(values.length + " values, at most 65535");
        }
        out.writeShort(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    public static double[] read(DataInput in) throws IOException {
        double[] values = new double[in.readUnsignedShort()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }
}
