package io.pidstream.format;

import io.pidstream.stats.Doubles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Encodings shared by several types. */
public final class Wire {
    /** A longer array means a corrupt length. */
    private static final int LONGEST = 1 << 24;

    private Wire() {}

    /** Writes state. */
    public interface Writer {
        void writeTo(DataOutput out) throws IOException;
    }

    /** Reads state. */
    public interface Reader<T> {
        T readFrom(DataInput in) throws IOException;
    }

    /** A copy made by writing and reading, so it equals the restored value. */
    public static <T> T copy(Writer writer, Reader<T> reader) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
            writer.writeTo(new DataOutputStream(bytes));
            return reader.readFrom(
                    new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An array preceded by its length. */
    public static void write(DataOutput out, double[] values) throws IOException {
        out.writeInt(values.length);
        Doubles.write(out, values);
    }

    public static double[] readDoubles(DataInput in) throws IOException {
        double[] values = new double[readLength(in)];
        Doubles.read(in, values);
        return values;
    }

    /**
     * Reads an array whose length is known.
     *
     * @param what the values are, for the message if there is another number of them
     */
    public static void read(DataInput in, String what, double[] into) throws IOException {
        double[] values = readDoubles(in);
        FormatException.requireSame(what, values.length, into.length);
        System.arraycopy(values, 0, into, 0, into.length);
    }

    /** An array preceded by its length. */
    public static void write(DataOutput out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + values.length * Float.BYTES);
        bytes.putInt(values.length);
        for (float value : values) {
            bytes.putInt(Float.floatToIntBits(value));
        }
        out.write(bytes.array());
    }

    public static float[] readFloats(DataInput in) throws IOException {
        float[] values = new float[readLength(in)];
        byte[] bytes = new byte[values.length * Float.BYTES];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    /** Numbers preceded by their count; NaN for a missing one. */
    public static void write(DataOutput out, List<Double> values) throws IOException {
        double[] array = new double[values.size()];
        for (int i = 0; i < array.length; i++) {
            Double value = values.get(i);
            array[i] = value == null ? Double.NaN : value;
        }
        write(out, array);
    }

    /** Numbers without missing values: NaN is a value. */
    public static List<Double> readList(DataInput in) throws IOException {
        return Arrays.stream(readDoubles(in)).boxed().toList();
    }

    /** Texts preceded by their count. */
    public static void writeTexts(DataOutput out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    public static List<String> readTexts(DataInput in) throws IOException {
        int count = readLength(in);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    /** A value that may be null, preceded by a flag. */
    public static <T> void writeOptional(DataOutput out, Format<T> format, T value)
            throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            format.write(value, out);
        }
    }

    /** Null if there is none. */
    public static <T> T readOptional(DataInput in, Format<T> format, Versions versions)
            throws IOException {
        return in.readBoolean() ? format.read(in, versions) : null;
    }

    private static int readLength(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new FormatException("the length of an array in the state is " + length);
        }
        return length;
    }
}
