package io.pidstream.forecast;

import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import io.pidstream.stats.BrokenInvariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Weights of experts: exponential in their squared errors relative to the mixture's own, with a
 * fixed share that lets a down-weighted expert recover (Herbster & Warmuth 1998).
 *
 * <p>Feedback that is D frames late repeats nearly the same information D + 1 times, so learning
 * rate and share are divided by D + 1; at first only by its root, as in the bounds for delayed
 * feedback (Joulani et al. 2013), or a young asset would never leave its first weights. A silent
 * expert counts as if it had predicted the same as the mixture (Freund et al. 1997).
 */
final class Mixture {
    static final Part PART = Part.of("learn/mixture", 1);

    private static final double LEARNING_RATE = 0.25;
    private static final double SHARE = 0.02;
    private static final double LARGEST_LOSS = 25;

    /** The scale of errors is a mean over about this many labels. */
    private static final double MEMORY = 100;

    /** Weight of the fleet's figures at the start of an asset, in labels. */
    private static final long SEED_LABELS = 5;

    /**
     * An error beyond this many root mean squares is clipped unless the preceding one was that
     * large too.
     */
    private static final double REACH = 10;

    /** Number of labels after which the discount of late feedback is half way to D + 1. */
    private static final double SETTLING = 300;

    private static final double MOST_DEVIATION = 1e30;

    /** Far above the rounding of a sum of thousands of weights. */
    private static final double SUM_TOLERANCE = 1e-9;

    private final double[] weights;
    private double meanSquare;
    private double previous;
    private long labels;

    Mixture(int experts) {
        weights = new double[experts];
        Arrays.fill(weights, 1.0 / experts);
    }

    boolean isFresh() {
        return labels == 0;
    }

    /** Starts from weights, which sum to 1, and a root mean square error known from elsewhere. */
    void seed(double[] initial, double rootMeanSquare) {
        System.arraycopy(initial, 0, weights, 0, weights.length);
        meanSquare = rootMeanSquare * rootMeanSquare;
        labels = SEED_LABELS;
    }

    /**
     * Copies the weights of another; experts that it does not have start with the share of a
     * down-weighted one.
     *
     * @param variants number of variants of each expert
     * @param places positions of its experts here
     */
    void takeOver(Mixture other, int variants, int[] places) {
        double each = SHARE / weights.length;
        Arrays.fill(weights, each);
        double left = 1 - each * (weights.length - other.weights.length);
        for (int i = 0; i < other.weights.length; i++) {
            weights[places[i / variants] * variants + i % variants] = left * other.weights[i];
        }
        meanSquare = other.meanSquare;
        previous = other.previous;
        labels = other.labels;
    }

    /** This mixture if it has this many weights, else an extended copy. */
    Mixture extended(int size, int variants, int[] places) {
        if (size == weights.length) {
            return this;
        }
        Mixture extended = new Mixture(size);
        extended.takeOver(this, variants, places);
        return extended;
    }

    int size() {
        return weights.length;
    }

    /** Weight of the next label in the scale of errors. */
    double rate() {
        return Math.max(1.0 / (labels + 1), 1 / MEMORY);
    }

    double weight(int expert) {
        return weights[expert];
    }

    double[] weights() {
        return weights.clone();
    }

    double rootMeanSquare() {
        return Math.sqrt(meanSquare);
    }

    /**
     * Learns from one label.
     *
     * @param deviations each expert's prediction minus the mixture's; 0 for a silent expert
     * @param error label minus the mixture's prediction
     * @param discount by which learning rate and share are multiplied; above 0, at most 1
     * @param deviation standard deviation of the target, an upper bound of the scale of errors; 0
     *     if unknown
     * @return the clipped error
     */
    double learn(float[] deviations, double error, double discount, double deviation) {
        double bounded = withinReach(error);
        double rate = rate();
        labels++;
        meanSquare += rate * (bounded * bounded - meanSquare);
        if (deviation > 0) {
            meanSquare = Math.min(meanSquare, 4 * deviation * deviation);
        }
        if (meanSquare > 0) {
            reweigh(deviations, bounded, discount);
        }
        return bounded;
    }

    /**
     * The discount of a label that is known late.
     *
     * @param lag number of frames between its forecast and the label
     */
    double lateness(long lag) {
        double exponent = 0.5 + 0.5 * labels / (labels + SETTLING);
        return lag == 0 ? 1 : StrictMath.pow(1.0 + lag, -exponent);
    }

    /** An expert's prediction minus the mixture's, limited to the range of a float. */
    static float deviation(double said, double mixture) {
        return (float) Math.max(-MOST_DEVIATION, Math.min(MOST_DEVIATION, said - mixture));
    }

    private double withinReach(double error) {
        double reach = REACH * Math.max(rootMeanSquare(), previous);
        previous = Math.abs(error);
        return labels == 0 ? error : Math.max(-reach, Math.min(reach, error));
    }

    /** w <- (1 - share) w exp(-rate loss) / Σ + share / E, loss = min(error² / mean square, 25). */
    private void reweigh(float[] deviations, double error, double discount) {
        double least = LARGEST_LOSS;
        for (float deviation : deviations) {
            least = Math.min(least, loss(error - deviation));
        }
        double sum = 0;
        for (int e = 0; e < weights.length; e++) {
            double excess = loss(error - deviations[e]) - least;
            weights[e] *= StrictMath.exp(-LEARNING_RATE * discount * excess);
            sum += weights[e];
        }
        double share = SHARE * discount;
        for (int e = 0; e < weights.length; e++) {
            weights[e] = (1 - share) * weights[e] / sum + share / weights.length;
        }
        requireWeights();
    }

    private void requireWeights() {
        double sum = 0;
        for (int e = 0; e < weights.length; e++) {
            if (!(weights[e] > 0)) {
                throw new BrokenInvariant(
                        "weight of expert %d is %s; expected a positive number", e, weights[e]);
            }
            sum += weights[e];
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new BrokenInvariant(
                    "weights of %d experts sum to %s; expected 1", weights.length, sum);
        }
    }

    private double loss(double error) {
        return Math.min(error * error / meanSquare, LARGEST_LOSS);
    }

    void writeTo(DataOutput out) throws IOException {
        Wire.write(out, weights);
        out.writeDouble(meanSquare);
        out.writeDouble(previous);
        out.writeLong(labels);
    }

    static Mixture readFrom(DataInput in, int experts) throws IOException {
        double[] weights = Wire.readDoubles(in);
        FormatException.requireSame("experts in the mixture", weights.length, experts);
        Mixture mixture = new Mixture(experts);
        System.arraycopy(weights, 0, mixture.weights, 0, experts);
        mixture.meanSquare = in.readDouble();
        mixture.previous = in.readDouble();
        mixture.labels = in.readLong();
        mixture.requireWeights();
        return mixture;
    }
}
