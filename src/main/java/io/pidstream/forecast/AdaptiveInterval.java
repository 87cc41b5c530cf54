package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Half-width of a prediction interval, kept at its nominal coverage by adaptive conformal inference
 * (Gibbs & Candès 2021): after every miss it widens, after every hit it narrows a little, in the
 * ratio that the nominal coverage demands, whatever the errors' distribution and however it drifts.
 * The step is on the logarithm of the width relative to the recent mean absolute error, as in
 * quantile tracking (Angelopoulos, Candès & Tibshirani 2023), so that the width is always positive
 * and finite.
 */
final class AdaptiveInterval {
    static final Part PART = Part.of("learn/interval", 1);

    /** Step and rate for an asset of long standing. */
    private static final double STEP = 0.03;

    private static final double RATE = 0.02;

    /** A young asset moves faster: by 60 / (400 + labels), Angelopoulos, Barber & Bates (2024). */
    private static final double PACE = 60;

    private static final double SETTLING = 400;

    /** Bound on the logarithm of width over mean absolute error. */
    private static final double WIDEST = 6;

    /** An interval reaches at most this many deviations of the target to each side. */
    private static final double MOST_DEVIATIONS = 8;

    private static final long SEED_LABELS = 5;

    private final double miss;
    private double logRatio;
    private double scale;
    private long labels;

    /**
     * @param coverage nominal, in (0, 1)
     */
    AdaptiveInterval(double coverage) {
        miss = 1 - coverage;
        // Where the interval ends if errors are Laplace-distributed: P(|e| > q mean|e|) = exp(-q).
        logRatio = StrictMath.log(-StrictMath.log(miss));
    }

    /** Starts from a mean absolute error known from elsewhere. */
    void seed(double meanAbsoluteError) {
        scale = meanAbsoluteError;
        labels = SEED_LABELS;
    }

    /**
     * Half of the width, units of the target. Before any error is known it is as if the mean of the
     * target were predicted; 0 while the target has not varied either.
     *
     * @param deviation of the target; 0 if unknown
     */
    double halfWidth(double deviation) {
        double typical = labels == 0 ? deviation : scale;
        return Math.min(typical * StrictMath.exp(logRatio), limit(deviation));
    }

    private static double limit(double deviation) {
        return deviation > 0 ? MOST_DEVIATIONS * deviation : Double.POSITIVE_INFINITY;
    }

    /**
     * Learns from one label. Feedback that comes late would make the width swing, so its step is
     * smaller.
     *
     * @param missed whether it lay outside of the interval
     * @param error of the prediction, within reach
     * @param lag frames between the prediction and this label
     * @param deviation of the target; 0 if unknown
     */
    void learn(boolean missed, double error, long lag, double deviation) {
        labels++;
        double pace = PACE / (SETTLING + labels);
        double rate = Math.max(1.0 / labels, Math.max(RATE, pace));
        scale = Math.min(scale + rate * (Math.abs(error) - scale), limit(deviation));
        double step = Math.max(STEP, pace) / Math.sqrt(1.0 + lag);
        boolean widest = scale * StrictMath.exp(logRatio) >= limit(deviation);
        if (!missed || !widest) {
            logRatio += step * ((missed ? 1 : 0) - miss);
        }
        logRatio = Math.max(-WIDEST, Math.min(WIDEST, logRatio));
    }

    AdaptiveInterval copy(double coverage) {
        return Wire.copy(this::writeTo, in -> readFrom(in, coverage));
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(logRatio);
        out.writeDouble(scale);
        out.writeLong(labels);
    }

    static AdaptiveInterval readFrom(DataInput in, double coverage) throws IOException {
        AdaptiveInterval interval = new AdaptiveInterval(coverage);
        interval.logRatio = in.readDouble();
        interval.scale = in.readDouble();
        interval.labels = in.readLong();
        return interval;
    }
}
