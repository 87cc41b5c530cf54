package io.pidstream.network;

import ai.djl.ndarray.types.Shape;
import io.pidstream.version.ModelRefusedException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A parameter of a network outside the engine. Immutable; the array must not be modified. */
public final class Tensor {
    private static final int MOST_DIMENSIONS = 4;
    private static final long MOST_VALUES = 1L << 28;

    private final String name;
    private final long[] shape;
    private final float[] values;

    /** Takes ownership of the array. */
    public Tensor(String name, Shape shape, float[] values) {
        this.name = name;
        this.shape = shape.getShape();
        this.values = values;
        if (shape.size() != values.length) {
            throw new IllegalArgumentException(
                    "%s has %d values for shape %s".formatted(name, values.length, shape));
        }
    }

    public String name() {
        return name;
    }

    public Shape shape() {
        return new Shape(shape);
    }

    public float[] values() {
        return values;
    }

    public boolean isFinite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(name);
        out.writeByte(shape.length);
        for (long size : shape) {
            out.writeInt((int) size);
        }
        byte[] bytes = new byte[values.length * Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().put(values);
        out.write(bytes);
    }

    /**
     * @throws ModelRefusedException if a value is not finite or the shape is invalid
     */
    static Tensor readFrom(DataInput in, int available) throws IOException {
        String name = in.readUTF();
        int dimensions = in.readByte();
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw new ModelRefusedException(
                    "parameter %s has %d dimensions".formatted(name, dimensions));
        }
        long[] shape = new long[dimensions];
        long size = 1;
        for (int i = 0; i < dimensions; i++) {
            shape[i] = in.readInt();
            if (shape[i] < 1 || shape[i] > MOST_VALUES) {
                throw new ModelRefusedException(
                        "parameter %s has shape %s".formatted(name, Arrays.toString(shape)));
            }
            size *= shape[i];
            if (size * Float.BYTES > available) {
                throw new ModelRefusedException(
                        "the parameters end early: %s needs %d values, but %d bytes are left"
                                .formatted(name, size, available));
            }
        }
        byte[] bytes = new byte[(int) size * Float.BYTES];
        in.readFully(bytes);
        float[] values = new float[(int) size];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new ModelRefusedException(
                        "value %d of parameter %s is %s".formatted(i, name, values[i]));
            }
        }
        return new Tensor(name, new Shape(shape), values);
    }
}
