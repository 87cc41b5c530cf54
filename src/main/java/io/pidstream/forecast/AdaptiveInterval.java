package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import io.pidstream.stats.BrokenInvariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Half-width of a prediction interval, kept at its nominal coverage by adaptive conformal inference
 * (Gibbs & Candès 2021): it widens after every miss and narrows a little after every hit, in the
 * ratio given by the nominal coverage, whatever the distribution of errors and its drift. The step
 * is on the logarithm of the width relative to the recent mean absolute error, as in quantile
 * tracking (Angelopoulos, Candès & Tibshirani 2023), so that the width is always positive and
 * finite.
 */
final class AdaptiveInterval {
    static final Part PART = Part.of("learn/interval", 1);

    /** Long-run step and rate. */
    private static final double STEP = 0.03;

    private static final double RATE = 0.02;

    /** A young asset moves faster: by 60 / (400 + labels), Angelopoulos, Barber & Bates (2024). */
    private static final double PACE = 60;

    private static final double SETTLING = 400;

    /** Bound on the logarithm of width over mean absolute error. */
    private static final double WIDEST = 6;

    /** Largest half-width, in standard deviations of the target. */
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
        // The half-width for Laplace-distributed errors: P(|e| > q mean|e|) = exp(-q).
        logRatio = StrictMath.log(-StrictMath.log(miss));
    }

    /** Starts from a mean absolute error known from elsewhere. */
    void seed(double meanAbsoluteError) {
        scale = meanAbsoluteError;
        labels = SEED_LABELS;
    }

    /**
     * Half-width in units of the target. Before any error is known, the half-width for predicting
     * the mean of the target; 0 if the target has not varied yet.
     *
     * @param deviation standard deviation of the target; 0 if unknown
     */
    double halfWidth(double deviation) {
        double typical = labels == 0 ? deviation : scale;
        return Math.min(typical * StrictMath.exp(logRatio), limit(deviation));
    }

    private static double limit(double deviation) {
        return deviation > 0 ? MOST_DEVIATIONS * deviation : Double.POSITIVE_INFINITY;
    }

    /**
     * Learns from one label. Delayed feedback would make the width oscillate, so the step is
     * smaller.
     *
     * @param missed whether the label lay outside the interval
     * @param error clipped error of the prediction
     * @param lag frames between the prediction and this label
     * @param deviation standard deviation of the target; 0 if unknown
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
        if (!(scale >= 0) || Double.isNaN(logRatio)) {
            throw new BrokenInvariant(
                    "mean absolute error is %s, logarithm of the width relative to it is %s",
                    scale, logRatio);
        }
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
