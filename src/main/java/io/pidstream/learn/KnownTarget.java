package io.pidstream.learn;

import io.pidstream.format.BinaryFormat;
import io.pidstream.format.Doubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The newest targets of an asset that are known at some moment.
 *
 * @param slot the slot they are about, milliseconds since 1970
 * @param values [targets], in their units; not to be changed
 */
public record KnownTarget(long slot, double... values) {
    @Override
    public boolean equals(Object o) {
        return o instanceof KnownTarget that
                && slot == that.slot
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(slot) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "KnownTarget[slot=" + slot + ", values=" + Arrays.toString(values) + "]";
    }

    /** Writes a known target. */
    public static final class Format implements BinaryFormat<KnownTarget> {
        private static final long serialVersionUID = 1;

        @Override
        public Class<KnownTarget> type() {
            return KnownTarget.class;
        }

        @Override
        public void write(KnownTarget value, DataOutput out) throws IOException {
            out.writeLong(value.slot());
            Doubles.write(value.values(), out);
        }

        @Override
        public KnownTarget read(DataInput in) throws IOException {
            return new KnownTarget(in.readLong(), Doubles.read(in));
        }
    }
}
