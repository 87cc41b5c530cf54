package io.pidstream.format;

import io.pidstream.stats.DoubleBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What the parts of a learner's state have in common when they are written and read. */
public final class State {
    private State() {}

    public static void requireVersion(String what, byte version, byte known) throws IOException {
        if (version != known) {
            throw new IOException(
                    what + " has format version " + version + ", this code reads " + known);
        }
    }

    /** Fails with both values where state does not fit the settings. */
    public static void requireSame(String what, Object stored, Object expected) throws IOException {
        if (!stored.equals(expected)) {
            throw new IOException(
                    what + ": the state has " + stored + ", the settings say " + expected);
        }
    }

    public static void write(DataOutput out, double[] values) throws IOException {
        out.writeInt(values.length);
        DoubleBlock.write(out, values);
    }

    public static double[] readDoubles(DataInput in) throws IOException {
        double[] values = new double[in.readInt()];
        DoubleBlock.read(in, values);
        return values;
    }

    public static void write(DataOutput out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + values.length * Float.BYTES);
        bytes.putInt(values.length);
        for (float value : values) {
            bytes.putInt(Float.floatToIntBits(value));
        }
        out.write(bytes.array());
    }

    public static float[] readFloats(DataInput in) throws IOException {
        float[] values = new float[in.readInt()];
        byte[] bytes = new byte[values.length * Float.BYTES];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }
}
