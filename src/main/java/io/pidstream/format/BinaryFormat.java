package io.pidstream.format;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * How values of one type are written between operators and into state.
 *
 * <p>An implementation has a public constructor without arguments: a savepoint names the class, and
 * nothing else, of the format that wrote it. A change of the bytes is a new version byte inside
 * them, or a new class.
 *
 * @param <T> the values; never changed after they have been handed on, unless {@link #copy} is
 *     overridden
 */
public interface BinaryFormat<T> extends Serializable {
    Class<T> type();

    void write(T value, DataOutput out) throws IOException;

    T read(DataInput in) throws IOException;

    /** A copy that does not share changeable parts; the value itself where it is immutable. */
    default T copy(T value) {
        return value;
    }

    /** Whether values can be shared instead of copied. */
    default boolean immutable() {
        return true;
    }

    /**
     * Writes what {@link #configured} needs to know before it can read values; most formats need
     * nothing.
     */
    default void writeConfiguration(DataOutput out) throws IOException {}

    /** This format as it was configured when it wrote a savepoint. */
    default BinaryFormat<T> configured(DataInput in) throws IOException {
        return this;
    }

    /**
     * Checks that values written by {@code old}, of the same class, are still of use.
     *
     * @throws IllegalStateException saying what differs
     */
    default void requireCompatible(BinaryFormat<?> old) {}
}
