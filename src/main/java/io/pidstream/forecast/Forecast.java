package io.pidstream.forecast;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.stats.BrokenInvariant;
import io.pidstream.yardstick.YardstickForecasts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The prediction for one frame and its parts, in units of the target. It is kept until the label
 * arrives, so that the score is that of this forecast and not of one made with hindsight.
 *
 * <p>Before the asset or the fleet has learned its first label, the forecast is not {@link
 * #isKnown() known} and has neither prediction nor contributions.
 *
 * @param prediction baseline + Σ contributions
 * @param lower end of the interval of the highest level
 * @param upper end of it
 * @param baseline the prediction with every latent at its mean, including bias corrections
 * @param contributions [modalities]; 0 for a modality that was not used
 * @param experts [experts], each expert's prediction minus the mixture's; 0 for a silent expert
 * @param number sequence number of this forecast within the asset
 * @param uncertainty how sure it was
 * @param yardsticks what simple predictors said of the same frame
 */
public record Forecast(
        double prediction,
        double lower,
        double upper,
        double baseline,
        double[] contributions,
        float[] experts,
        long number,
        Uncertainty uncertainty,
        YardstickForecasts yardsticks) {
    /** Relative to the magnitude of the summands. */
    private static final double SUM_TOLERANCE = 1e-9;

    private static final Part PART =
            Part.of("learn/forecast", 2, Uncertainty.PART, YardstickForecasts.PART);

    public static final Format<Forecast> FORMAT =
            Formats.of(PART, Forecast.class, Forecast::writeTo, Forecast::readFrom);

    public Forecast {
        double sum = baseline;
        double magnitude = Math.abs(baseline) + Math.abs(prediction);
        for (double contribution : contributions) {
            sum += contribution;
            magnitude += Math.abs(contribution);
        }
        if (!(Math.abs(sum - prediction) <= SUM_TOLERANCE * magnitude)) {
            throw new BrokenInvariant(
                    "forecast %d: baseline and contributions sum to %s; the prediction is %s",
                    number, sum, prediction);
        }
        requireNested(prediction, lower, upper, number, uncertainty.narrower());
    }

    private static void requireNested(
            double prediction, double lower, double upper, long number, double[] narrower) {
        double low = lower;
        double high = upper;
        for (int i = narrower.length - 2; i >= 0; i -= 2) {
            if (!(low <= narrower[i] && narrower[i + 1] <= high)) {
                throw new BrokenInvariant(
                        "forecast %d: the interval from %s to %s is not within that from %s to %s",
                        number, narrower[i], narrower[i + 1], low, high);
            }
            low = narrower[i];
            high = narrower[i + 1];
        }
        if (!(low <= prediction && prediction <= high)) {
            throw new BrokenInvariant(
                    "forecast %d: prediction %s is not within its interval from %s to %s",
                    number, prediction, low, high);
        }
    }

    /** A forecast of which only the interval is known. */
    public Forecast(
            double prediction,
            double lower,
            double upper,
            double baseline,
            double[] contributions,
            float[] experts,
            long number) {
        this(
                prediction,
                lower,
                upper,
                baseline,
                contributions,
                experts,
                number,
                Uncertainty.UNKNOWN,
                YardstickForecasts.NONE);
    }

    /** The forecast before any label. */
    static Forecast unknown(long number) {
        return new Forecast(
                0,
                0,
                0,
                0,
                new double[0],
                new float[0],
                number,
                Uncertainty.UNKNOWN,
                YardstickForecasts.NONE);
    }

    /**
     * This forecast with the yardsticks that follow from the asset's labels.
     *
     * @param last the newest known label
     * @param mean of all known labels
     */
    public Forecast withLabels(double last, double mean) {
        return new Forecast(
                prediction,
                lower,
                upper,
                baseline,
                contributions,
                experts,
                number,
                uncertainty,
                yardsticks.withLabels(last, mean));
    }

    /** Whether there is a prediction. */
    public boolean isKnown() {
        return contributions.length > 0;
    }

    /**
     * Baseline plus contributions.
     *
     * @throws IllegalStateException if it is not known
     */
    @Override
    public double prediction() {
        return ifKnown(prediction);
    }

    /**
     * Lower end of the interval.
     *
     * @throws IllegalStateException if it is not known
     */
    @Override
    public double lower() {
        return ifKnown(lower);
    }

    /**
     * Upper end of the interval.
     *
     * @throws IllegalStateException if it is not known
     */
    @Override
    public double upper() {
        return ifKnown(upper);
    }

    /**
     * The prediction with every latent at its mean.
     *
     * @throws IllegalStateException if it is not known
     */
    @Override
    public double baseline() {
        return ifKnown(baseline);
    }

    private double ifKnown(double value) {
        if (!isKnown()) {
            throw new IllegalStateException(
                    "forecast " + number + " was made before any label: there is no prediction");
        }
        return value;
    }

    /** Whether a label lies within the interval, ends included. */
    public boolean covers(double target) {
        return target >= lower() && target <= upper();
    }

    /**
     * The ends of the intervals of all levels, [levels, 2], narrowest first.
     *
     * @throws IllegalStateException if it is not known
     */
    public double[] ends() {
        double[] narrower = uncertainty.narrower();
        double[] ends = Arrays.copyOf(narrower, narrower.length + 2);
        ends[narrower.length] = lower();
        ends[narrower.length + 1] = upper();
        return ends;
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeDouble(prediction);
        out.writeDouble(lower);
        out.writeDouble(upper);
        out.writeDouble(baseline);
        Wire.write(out, contributions);
        Wire.write(out, experts);
        out.writeLong(number);
        uncertainty.writeTo(out);
        yardsticks.writeTo(out);
    }

    private static Forecast readFrom(DataInput in, Versions versions) throws IOException {
        return new Forecast(
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                Wire.readDoubles(in),
                Wire.readFloats(in),
                in.readLong(),
                versions.of(PART) > 1 ? Uncertainty.readFrom(in) : Uncertainty.UNKNOWN,
                versions.of(PART) > 1 ? YardstickForecasts.readFrom(in) : YardstickForecasts.NONE);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Forecast that
                && Double.compare(prediction, that.prediction) == 0
                && Double.compare(lower, that.lower) == 0
                && Double.compare(upper, that.upper) == 0
                && Double.compare(baseline, that.baseline) == 0
                && Arrays.equals(contributions, that.contributions)
                && Arrays.equals(experts, that.experts)
                && number == that.number
                && uncertainty.equals(that.uncertainty)
                && yardsticks.equals(that.yardsticks);
    }

    @Override
    public int hashCode() {
        int hash = Double.hashCode(prediction);
        hash = 31 * hash + Double.hashCode(lower);
        hash = 31 * hash + Double.hashCode(upper);
        hash = 31 * hash + Double.hashCode(baseline);
        hash = 31 * hash + Arrays.hashCode(contributions);
        hash = 31 * hash + Arrays.hashCode(experts);
        hash = 31 * hash + Long.hashCode(number);
        return 31 * (31 * hash + uncertainty.hashCode()) + yardsticks.hashCode();
    }

    @Override
    public String toString() {
        if (!isKnown()) {
            return "Forecast[number=" + number + ", unknown]";
        }
        return "Forecast[number="
                + number
                + ", prediction="
                + prediction
                + " in "
                + lower
                + " to "
                + upper
                + ", baseline="
                + baseline
                + ", contributions="
                + Arrays.toString(contributions)
                + ", expectedError="
                + uncertainty.expectedError()
                + ", yardsticks="
                + yardsticks.toMap()
                + "]";
    }
}
