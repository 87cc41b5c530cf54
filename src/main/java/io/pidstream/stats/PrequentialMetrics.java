package io.pidstream.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * Accuracy of forecasts that were made before their labels were known. Mergeable: splitting the
 * forecasts gives the same figures, up to rounding.
 */
public final class PrequentialMetrics {
    private long n;
    private double absolute;
    private double squared;
    private long covered;
    private double width;
    private double outside;
    private long expecting;
    private double expected;
    private double cameOut;

    /** Of the intervals of the lower levels, narrowest first. */
    private final List<PrequentialMetrics> narrower = new ArrayList<>(0);

    private double targetMean;
    private double targetSquares;

    /**
     * Adds one prediction with all that it said.
     *
     * @param expectation of the absolute error; NaN if unknown
     * @param ends of the intervals of the lower levels: lower and upper end of each, narrowest
     *     first
     */
    public void add(
            double target,
            double prediction,
            double lower,
            double upper,
            double expectation,
            List<Double> ends) {
        add(target, prediction, lower, upper);
        if (!Double.isNaN(expectation)) {
            expecting++;
            expected += expectation;
            cameOut += Math.abs(target - prediction);
        }
        while (2 * narrower.size() < ends.size()) {
            narrower.add(new PrequentialMetrics());
        }
        for (int l = 0; 2 * l < ends.size(); l++) {
            narrower.get(l).add(target, prediction, ends.get(2 * l), ends.get(2 * l + 1));
        }
    }

    /**
     * Adds one prediction and its label, in the target's unit.
     *
     * @param lower lower end of the interval, included
     * @param upper upper end of the interval, included
     */
    public void add(double target, double prediction, double lower, double upper) {
        double error = target - prediction;
        n++;
        absolute += Math.abs(error);
        squared += error * error;
        covered += target >= lower && target <= upper ? 1 : 0;
        width += upper - lower;
        outside += Math.max(0, Math.max(lower - target, target - upper));
        double delta = target - targetMean;
        targetMean += delta / n;
        targetSquares += delta * (target - targetMean);
    }

    /** Adds the counts of other metrics, which are not changed. */
    public void merge(PrequentialMetrics other) {
        if (other.n == 0) {
            return;
        }
        outside += other.outside;
        expecting += other.expecting;
        expected += other.expected;
        cameOut += other.cameOut;
        for (int l = 0; l < other.narrower.size(); l++) {
            if (l == narrower.size()) {
                narrower.add(new PrequentialMetrics());
            }
            narrower.get(l).merge(other.narrower.get(l));
        }
        double delta = other.targetMean - targetMean;
        double share = (double) other.n / (n + other.n);
        targetSquares += other.targetSquares + delta * delta * n * share;
        targetMean += delta * share;
        n += other.n;
        absolute += other.absolute;
        squared += other.squared;
        covered += other.covered;
        width += other.width;
    }

    /** Number of forecasts scored. */
    public long count() {
        return n;
    }

    /**
     * Mean absolute error, units of the target.
     *
     * @throws IllegalStateException if nothing has been scored, as for every figure
     */
    public double meanAbsoluteError() {
        return absolute / scored();
    }

    /** Root mean square error, units of the target. */
    public double rootMeanSquareError() {
        return Math.sqrt(squared / scored());
    }

    /**
     * 1 − Σ error² / Σ (target − mean of the targets scored)²; NaN for a target that never varied.
     */
    public double rSquared() {
        scored();
        return targetSquares > 0 ? 1 - squared / targetSquares : Double.NaN;
    }

    /** Share of labels within their interval. */
    public double coverage() {
        return (double) covered / scored();
    }

    /** Mean width of the intervals, units of the target. */
    public double meanWidth() {
        return width / scored();
    }

    /**
     * Mean interval score (Winkler 1972), units of the target: the width, plus 2 / (1 − level)
     * times the distance of a label outside. The smaller the better; least in expectation for the
     * true quantiles.
     *
     * @param level nominal coverage
     */
    public double intervalScore(double level) {
        return meanWidth() + 2 / (1 - level) * outside / n;
    }

    /** Metrics of the intervals of the lower levels, narrowest first. */
    public List<PrequentialMetrics> narrower() {
        return List.copyOf(narrower);
    }

    /** Mean of the absolute errors that were expected; NaN if none were. */
    public double expectedError() {
        scored();
        return expecting == 0 ? Double.NaN : expected / expecting;
    }

    /** Mean of the absolute errors where one was expected; NaN if none were. */
    public double errorWhereExpected() {
        scored();
        return expecting == 0 ? Double.NaN : cameOut / expecting;
    }

    private long scored() {
        if (n == 0) {
            throw new IllegalStateException("no forecast has been scored");
        }
        return n;
    }
}
