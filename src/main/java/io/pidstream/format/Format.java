package io.pidstream.format;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * How values of one type are written, between operators and into state.
 *
 * <p>A format writes in its newest version and reads every version that there has ever been. It is
 * found by its name when state is restored, so it must be in the {@link FormatCatalog} of its
 * package. Whatever changes the bytes of a value is a new version of the part that it is in, and of
 * every format around that part; the reader of the part then knows one version more.
 *
 * @param <T> the values; never changed after they have been handed on, unless the format is
 *     {@linkplain #immutable() not of immutable values}
 */
public interface Format<T> extends Serializable {
    /** Name and version, with what lies inside of values. */
    Part part();

    Class<T> type();

    void write(T value, DataOutput out) throws IOException;

    /**
     * Reads what this format wrote in any of its versions.
     *
     * @param versions that the value and its parts were written in
     * @throws FormatException if the value does not fit the program or its configuration
     */
    T read(DataInput in, Versions versions) throws IOException;

    /** A copy that does not share changeable parts; the value itself where it is immutable. */
    default T copy(T value) {
        return immutable()
                ? value
                : Wire.copy(out -> write(value, out), in -> read(in, Versions.CURRENT));
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

    /** This format as it was configured when it wrote state. */
    default Format<T> configured(DataInput in, Versions versions) throws IOException {
        return this;
    }

    /**
     * Checks that values written by {@code old}, of the same name, are still of use.
     *
     * @throws FormatException saying what differs
     */
    default void requireCompatible(Format<?> old) throws FormatException {}
}
