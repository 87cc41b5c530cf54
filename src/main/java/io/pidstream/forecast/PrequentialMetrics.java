package io.pidstream.forecast;

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
    private double targetMean;
    private double targetSquares;

    /** Adds one forecast and its label. */
    public void add(Forecast forecast, double target) {
        add(target, forecast.prediction(), forecast.lower(), forecast.upper());
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
        double delta = target - targetMean;
        targetMean += delta / n;
        targetSquares += delta * (target - targetMean);
    }

    /** Adds the counts of other metrics, which are not changed. */
    public void merge(PrequentialMetrics other) {
        if (other.n == 0) {
            return;
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

    private long scored() {
        if (n == 0) {
            throw new IllegalStateException("no forecast has been scored");
        }
        return n;
    }
}
