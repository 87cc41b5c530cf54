package io.pidstream.format;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * How values of one type are written, between operators and into state.
 *
 * <p>A format writes its newest version and reads every version there has ever been. It is found by
 * its name when state is restored, so it must be in the {@link FormatCatalog} of its package. Any
 * change of the bytes of a value is a new version of the part that contains it, and of every format
 * around that part; the reader of the part then handles one more version.
 *
 * @param <T> the values; never modified after they have been passed on, unless the format is
 *     {@linkplain #immutable() not of immutable values}
 */
public interface Format<T> extends Serializable {
    /** Name and version, and the nested parts. */
    Part part();

    Class<T> type();

    void write(T value, DataOutput out) throws IOException;

    /**
     * Reads a value in any version of this format.
     *
     * @param versions versions in which the value and its parts were written
     * @throws FormatException if the value does not fit the program or its configuration
     */
    T read(DataInput in, Versions versions) throws IOException;

    /** A copy that shares no mutable parts; the value itself if it is immutable. */
    default T copy(T value) {
        return immutable()
                ? value
                : Wire.copy(out -> write(value, out), in -> read(in, Versions.CURRENT));
    }

    /** Whether values can be shared instead of copied. */
    default boolean immutable() {
        return true;
    }

    /** Writes the configuration that {@link #configured} reads; most formats have none. */
    default void writeConfiguration(DataOutput out) throws IOException {}

    /** This format with the configuration under which it wrote the state. */
    default Format<T> configured(DataInput in, Versions versions) throws IOException {
        return this;
    }

    /**
     * Checks that values written by {@code old}, of the same name, can still be used.
     *
     * @throws FormatException saying what differs
     */
    default void requireCompatible(Format<?> old) throws FormatException {}
}
