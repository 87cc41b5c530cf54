package io.pidstream.version;

import io.pidstream.stats.NormalScore;
import io.pidstream.stats.TargetQuantiles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One target's frozen scales, from training rows: y_s = (y − mean) / deviation, which is predicted,
 * and y_g = Φ⁻¹(rank of y), which is decomposed.
 *
 * @param mean mean, in the target's unit
 * @param deviation standard deviation, in the target's unit; 1 for a constant target
 * @param score the map to y_g
 */
public record TargetScale(double mean, double deviation, NormalScore score) {
    public static TargetScale fit(double[] values) {
        double mean = 0;
        double squares = 0;
        TargetQuantiles quantiles = new TargetQuantiles(Long.MAX_VALUE);
        for (int i = 0; i < values.length; i++) {
            double delta = values[i] - mean;
            mean += delta / (i + 1);
            squares += delta * (values[i] - mean);
            quantiles.add(values[i]);
        }
        double deviation = Math.sqrt(squares / values.length);
        return new TargetScale(mean, deviation > 0 ? deviation : 1, quantiles.snapshot());
    }

    public double standard(double y) {
        return (y - mean) / deviation;
    }

    public double unit(double standard) {
        return mean + deviation * standard;
    }

    public void writeTo(DataOutput out) throws IOException {
        out.writeDouble(mean);
        out.writeDouble(deviation);
        score.writeTo(out);
    }

    public static TargetScale readFrom(DataInput in) throws IOException {
        double mean = in.readDouble();
        double deviation = in.readDouble();
        if (!Double.isFinite(mean) || !(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new ModelRefusedException(
                    "a target's mean is " + mean + ", its deviation " + deviation);
        }
        return new TargetScale(mean, deviation, NormalScore.readFrom(in));
    }
}
