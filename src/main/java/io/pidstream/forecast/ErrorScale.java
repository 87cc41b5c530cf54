package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import io.pidstream.stats.BrokenInvariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How large the next error of an asset will be: a weighted geometric mean of what the fleet expects
 * in this situation, the asset's recent errors, and how far the experts disagree. The errors of an
 * asset differ from the fleet's because its bias corrections remove part of them.
 *
 * <p>Every candidate has a factor that calibrates it, and a weight exponential in its Laplace
 * log-likelihood, log s + |e| / s, with a fixed share that lets it recover. Feedback that is D
 * frames late repeats nearly the same information D + 1 times, so the weights move by 1 / (D + 1)
 * and factors by 1 / √(D + 1). Recent errors are of frames that long ago, too, so the later the
 * labels, the more weight has what the situation says alone.
 */
final class ErrorScale {
    static final Part PART = Part.of("learn/error-scale", 1);

    /** The fleet's scale plus the distance from the fleet's prediction. */
    private static final int OF_SITUATION = 5;

    /**
     * Weights before anything is known: of the fleet's scale; its geometric mean with the recent
     * error; the recent and the long-term error; the disagreement; see {@link #OF_SITUATION}; the
     * geometric mean of the fleet's scale and the disagreement.
     */
    private static final double[] PRIOR =
            DoubleStream.of(1, 0.5, 0.2, 0.2, 0.2, 1, 0.5).map(weight -> weight / 3.6).toArray();

    /** How much of a candidate's weight is that of the fleet's scale. */
    private static final double[] OF_FLEET = {1, 0.5, 0, 0, 0, 1, 0.5};

    /** Weights of the fleet at which the shape of its errors is not, or fully, the asset's. */
    private static final double NO_TRUST = 0.4;

    private static final double FULL_TRUST = 0.8;

    private static final double LEARNING_RATE = 0.25;
    private static final double SHARE = 0.02;

    /** Largest difference of a candidate's loss from the best that counts. */
    private static final double LARGEST_EXCESS = 3;

    /** Frames of delay at which the situation alone has half the weight. */
    private static final double HALF_LAG = 3;

    private static final double FAST = 0.1;
    private static final double SLOW = 0.02;
    private static final double PACE = 60;
    private static final double SETTLING = 400;
    private static final double CALIBRATING = 0.01;

    /** Weight of the initial factors, in labels. */
    private static final double PRIOR_LABELS = 5;

    private static final double PRIOR_CALIBRATION = 10;

    /** Bounds on the weight of an error by its expected size, relative to a usual one. */
    private static final double LEAST_WEIGHT = 0.5;

    private static final double MOST_WEIGHT = 5;

    /** A larger ratio says that the situation is new rather than how large errors are in it. */
    private static final double LARGEST_CALIBRATION = 10;

    /** A larger ratio of error to scale counts as this. */
    private static final double LARGEST_RATIO = 4;

    private static final double LARGEST_FACTOR = 16;

    /** Smallest scale, as a share of the deviation of the target. */
    private static final double LEAST_SHARE = 1e-3;

    private final double[] weights = PRIOR.clone();
    private final double[] factors = new double[PRIOR.length];
    private double fast;
    private double slow;

    /** Mean of |error| / scale. */
    private double calibration = 1;

    /** Delay of the newest label, in frames. */
    private long lag;

    private long labels;

    ErrorScale() {
        Arrays.fill(factors, 1);
    }

    /** Continues from a mean absolute error over some labels. */
    static ErrorScale of(double meanAbsoluteError, long labels) {
        ErrorScale scale = new ErrorScale();
        scale.fast = meanAbsoluteError;
        scale.slow = meanAbsoluteError;
        scale.labels = labels;
        return scale;
    }

    /**
     * The candidates for one forecast, in the target's unit, all positive.
     *
     * @param situation the fleet's view; may be unknown
     * @param disagreement weighted mean absolute deviation of the experts
     * @param deviation standard deviation of the target, the fleet's if larger; 0 if it has not
     *     varied
     */
    float[] candidates(
            Situation situation, double prediction, double disagreement, double deviation) {
        double least = least(prediction, deviation);
        double unknown = deviation > 0 ? deviation : magnitude(prediction);
        double recent = (labels > 0 ? fast : unknown) + least;
        double usual = (labels > 0 ? slow : unknown) + least;
        double experts = disagreement + least;
        double fleet = situation.isKnown() ? situation.scale() + least : usual;
        double apart = situation.isKnown() ? Math.abs(prediction - situation.prediction()) : 0;
        double[] all = {
            fleet,
            Math.sqrt(fleet) * Math.sqrt(labels > 0 ? recent : fleet),
            labels > 0 ? recent : fleet,
            labels > 0 ? usual : fleet,
            experts,
            fleet + apart,
            Math.sqrt(fleet) * Math.sqrt(experts)
        };
        float[] candidates = new float[all.length];
        for (int k = 0; k < all.length; k++) {
            candidates[k] = (float) Math.max(Float.MIN_NORMAL, Math.min(1e30, all[k]));
        }
        return candidates;
    }

    /** In units of the target's deviation or, before it has varied, of its own magnitude. */
    private static double least(double prediction, double deviation) {
        return LEAST_SHARE * (deviation > 0 ? deviation : magnitude(prediction));
    }

    private static double magnitude(double prediction) {
        return prediction == 0 ? 1 : Math.abs(prediction);
    }

    private double ofSituation() {
        return lag / (lag + HALF_LAG);
    }

    /** The scale of the error of a forecast, in the target's unit; positive. */
    double scale(float[] candidates) {
        double log = 0;
        double ofSituation = ofSituation();
        for (int k = 0; k < candidates.length; k++) {
            double weight = (1 - ofSituation) * weights[k] + (k == OF_SITUATION ? ofSituation : 0);
            log += weight * StrictMath.log(factors[k] * candidates[k]);
        }
        return StrictMath.exp(log);
    }

    /** To which share the errors are those of the fleet. */
    double trustInFleet() {
        double trust = 0;
        for (int k = 0; k < weights.length; k++) {
            trust += OF_FLEET[k] * weights[k];
        }
        double rescaled = (trust - NO_TRUST) / (FULL_TRUST - NO_TRUST);
        double clipped = Math.max(0, Math.min(1, rescaled));
        return (1 - ofSituation()) * clipped + ofSituation();
    }

    /** The absolute error expected at a scale. */
    double expected(double scale) {
        return calibration * scale;
    }

    /**
     * Learns from one label.
     *
     * @param made with the forecast
     * @param error label minus prediction, clipped
     * @param delay frames between the forecast and this label
     */
    void learn(Uncertainty made, double error, long delay) {
        double absolute = Math.abs(error);
        labels++;
        lag = delay;
        fast += Math.max(1.0 / labels, FAST) * (absolute - fast);
        double rate = Math.max(1.0 / labels, Math.max(SLOW, PACE / (SETTLING + labels)));
        slow += rate * (absolute - slow);
        if (made.candidates().length == weights.length) {
            reweigh(made.candidates(), absolute);
            calibrate(made.candidates(), absolute);
            // By the scale, so that sums of expected errors are those that come out.
            double size = slow > 0 ? weight(calibration * made.scale() / slow) : 1;
            double weight = size * Math.max(CALIBRATING, 1 / (labels + PRIOR_CALIBRATION));
            double ratio = Math.min(absolute / made.scale(), LARGEST_CALIBRATION);
            calibration += weight * (ratio - calibration);
        }
        if (!(fast >= 0 && slow >= 0 && calibration > 0)) {
            throw new BrokenInvariant(
                    "mean absolute errors are %s and %s, calibration is %s",
                    fast, slow, calibration);
        }
    }

    private static double weight(double relativeSize) {
        return Math.max(LEAST_WEIGHT, Math.min(MOST_WEIGHT, relativeSize));
    }

    private void reweigh(float[] candidates, double absolute) {
        double[] losses = new double[candidates.length];
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < losses.length; k++) {
            double scale = factors[k] * candidates[k];
            losses[k] = StrictMath.log(scale) + absolute / scale;
            least = Math.min(least, losses[k]);
        }
        double discount = 1.0 / (1 + lag);
        double sum = 0;
        for (int k = 0; k < losses.length; k++) {
            double excess = Math.min(losses[k] - least, LARGEST_EXCESS);
            weights[k] *= StrictMath.exp(-LEARNING_RATE * discount * excess);
            sum += weights[k];
        }
        double share = SHARE * discount;
        for (int k = 0; k < losses.length; k++) {
            weights[k] = (1 - share) * weights[k] / sum + share * PRIOR[k];
        }
    }

    private void calibrate(float[] candidates, double absolute) {
        double rate = Math.max(CALIBRATING, 1 / (labels + PRIOR_LABELS)) / Math.sqrt(1.0 + lag);
        for (int k = 0; k < candidates.length; k++) {
            double ratio = absolute / (factors[k] * candidates[k]);
            double factor =
                    factors[k] * StrictMath.exp(rate * (Math.min(ratio, LARGEST_RATIO) - 1));
            factors[k] = Math.max(1 / LARGEST_FACTOR, Math.min(LARGEST_FACTOR, factor));
        }
    }

    ErrorScale copy() {
        return Wire.copy(this::writeTo, ErrorScale::readFrom);
    }

    void writeTo(DataOutput out) throws IOException {
        Wire.write(out, weights);
        Wire.write(out, factors);
        out.writeDouble(fast);
        out.writeDouble(slow);
        out.writeDouble(calibration);
        out.writeLong(lag);
        out.writeLong(labels);
    }

    static ErrorScale readFrom(DataInput in) throws IOException {
        ErrorScale read = new ErrorScale();
        Wire.read(in, "candidates for the scale", read.weights);
        Wire.read(in, "candidates for the scale", read.factors);
        read.fast = in.readDouble();
        read.slow = in.readDouble();
        read.calibration = in.readDouble();
        read.lag = in.readLong();
        read.labels = in.readLong();
        return read;
    }
}
