package io.pidstream.forecast;

import io.pidstream.format.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The range of the labels of a target so far, to which predictions are clipped; without labels it
 * is unbounded. It grows with every label, so a target that leaves its range for good takes its
 * predictions along at once.
 *
 * @param lower smallest label, in the target's unit; −∞ if unknown
 * @param upper largest label; ∞ if unknown
 */
record LabelRange(double lower, double upper) {
    static final Part PART = Part.of("learn/label-range", 1);

    static final LabelRange UNKNOWN =
            new LabelRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    LabelRange {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("labels are from %s to %s".formatted(lower, upper));
        }
    }

    boolean isKnown() {
        return lower > Double.NEGATIVE_INFINITY;
    }

    /** The range with a further label. */
    LabelRange with(double label) {
        if (!isKnown()) {
            return new LabelRange(label, label);
        }
        return lower <= label && label <= upper
                ? this
                : new LabelRange(Math.min(lower, label), Math.max(upper, label));
    }

    /** The smallest range that contains both; an unknown one adds nothing. */
    LabelRange with(LabelRange other) {
        if (!other.isKnown()) {
            return this;
        }
        return with(other.lower).with(other.upper);
    }

    /** The part of this range that lies within bounds; their nearest end if there is none. */
    LabelRange within(LabelRange bounds) {
        return new LabelRange(bounds.clip(lower), bounds.clip(upper));
    }

    double clip(double value) {
        return Math.max(lower, Math.min(upper, value));
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(lower);
        out.writeDouble(upper);
    }

    static LabelRange readFrom(DataInput in) throws IOException {
        return new LabelRange(in.readDouble(), in.readDouble());
    }
}
