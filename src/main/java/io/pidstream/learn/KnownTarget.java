package io.pidstream.learn;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The newest known targets of an asset at some moment.
 *
 * @param slot start of their slot, milliseconds since 1970
 * @param values [targets], in their units; must not be modified
 */
public record KnownTarget(long slot, double... values) {
    static final Format<KnownTarget> FORMAT =
            Formats.of(
                    Part.of("learn/known-target", 1),
                    KnownTarget.class,
                    KnownTarget::writeTo,
                    KnownTarget::readFrom);

    private void writeTo(DataOutput out) throws IOException {
        out.writeLong(slot);
        Wire.write(out, values);
    }

    private static KnownTarget readFrom(DataInput in, Versions versions) throws IOException {
        return new KnownTarget(in.readLong(), Wire.readDoubles(in));
    }

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
}
