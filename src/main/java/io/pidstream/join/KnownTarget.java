package io.pidstream.join;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.stats.BrokenInvariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is known of an asset's labels at some moment: the newest and the mean of all.
 *
 * @param slot start of the newest label's slot, milliseconds since 1970
 * @param values its values, [targets], in their units; must not be modified
 * @param labels number of labels known, at least 1
 * @param means of the values of all of them, [targets]; must not be modified
 */
public record KnownTarget(long slot, double[] values, long labels, double[] means) {
    private static final Part PART = Part.of("learn/known-target", 2);

    public static final Format<KnownTarget> FORMAT =
            Formats.of(PART, KnownTarget.class, KnownTarget::writeTo, KnownTarget::readFrom);

    public KnownTarget {
        if (labels < 1 || means.length != values.length) {
            throw new BrokenInvariant(
                    "%d labels of %d targets have %d means", labels, values.length, means.length);
        }
    }

    /** The first label of an asset. */
    public static KnownTarget first(long slot, double... values) {
        return new KnownTarget(slot, values, 1, values);
    }

    /** With a further label, which is the newest unless its slot is an older one. */
    public KnownTarget with(long labelSlot, double... label) {
        long count = labels + 1;
        double[] updated = means.clone();
        for (int t = 0; t < updated.length; t++) {
            updated[t] += label[t] / count - updated[t] / count; // Their difference may overflow.
        }
        return labelSlot >= slot
                ? new KnownTarget(labelSlot, label, count, updated)
                : new KnownTarget(slot, values, count, updated);
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeLong(slot);
        Wire.write(out, values);
        out.writeLong(labels);
        Wire.write(out, means);
    }

    private static KnownTarget readFrom(DataInput in, Versions versions) throws IOException {
        long slot = in.readLong();
        double[] values = Wire.readDoubles(in);
        return versions.of(PART) > 1
                ? new KnownTarget(slot, values, in.readLong(), Wire.readDoubles(in))
                : first(slot, values); // Former state has no mean: it begins with this label.
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KnownTarget that
                && slot == that.slot
                && Arrays.equals(values, that.values)
                && labels == that.labels
                && Arrays.equals(means, that.means);
    }

    @Override
    public int hashCode() {
        int hash = 31 * Long.hashCode(slot) + Arrays.hashCode(values);
        return 31 * (31 * hash + Long.hashCode(labels)) + Arrays.hashCode(means);
    }

    @Override
    public String toString() {
        return "KnownTarget[slot="
                + slot
                + ", values="
                + Arrays.toString(values)
                + ", labels="
                + labels
                + ", means="
                + Arrays.toString(means)
                + "]";
    }
}
