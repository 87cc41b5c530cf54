package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How sure a forecast was. What the learner needs to judge it when the label is known is kept with
 * it.
 *
 * @param expectedError absolute error that is expected, in the target's unit; NaN if unknown
 * @param scale of the errors, before its calibration; NaN if unknown
 * @param candidates what the scale was mixed from, see {@link ErrorScale}; none if unknown
 * @param narrower ends of the intervals of the lower levels, [levels − 1, 2], narrowest first
 */
public record Uncertainty(
        double expectedError, double scale, float[] candidates, double[] narrower) {
    static final Part PART = Part.of("learn/uncertainty", 1);

    /** Nothing but the interval is known. */
    static final Uncertainty UNKNOWN =
            new Uncertainty(Double.NaN, Double.NaN, new float[0], new double[0]);

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(expectedError);
        out.writeDouble(scale);
        Wire.write(out, candidates);
        Wire.write(out, narrower);
    }

    static Uncertainty readFrom(DataInput in) throws IOException {
        return new Uncertainty(
                in.readDouble(), in.readDouble(), Wire.readFloats(in), Wire.readDoubles(in));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Uncertainty that
                && Double.compare(expectedError, that.expectedError) == 0
                && Double.compare(scale, that.scale) == 0
                && Arrays.equals(candidates, that.candidates)
                && Arrays.equals(narrower, that.narrower);
    }

    @Override
    public int hashCode() {
        int hash = 31 * Double.hashCode(expectedError) + Double.hashCode(scale);
        return 31 * (31 * hash + Arrays.hashCode(candidates)) + Arrays.hashCode(narrower);
    }
}
