package io.pidstream.forecast;

import io.pidstream.format.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the fleet expects of the errors in the situation of a frame.
 *
 * @param prediction of the fleet's own mixture, in the target's unit; NaN if unknown
 * @param scale absolute error that is expected of it; NaN if unknown
 * @param above factor by which errors above reach farther than usual, in units of the scale
 * @param below the same for errors below
 * @param deviation standard deviation of the fleet's labels; 0 if unknown
 */
record Situation(double prediction, double scale, double above, double below, double deviation) {
    static final Part PART = Part.of("learn/situation", 1);

    static final Situation UNKNOWN = new Situation(Double.NaN, Double.NaN, 1, 1, 0);

    boolean isKnown() {
        return scale > 0;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(prediction);
        out.writeDouble(scale);
        out.writeDouble(above);
        out.writeDouble(below);
        out.writeDouble(deviation);
    }

    static Situation readFrom(DataInput in) throws IOException {
        return new Situation(
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }
}
