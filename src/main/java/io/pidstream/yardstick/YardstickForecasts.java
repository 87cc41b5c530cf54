package io.pidstream.yardstick;

import io.pidstream.format.Part;
import io.pidstream.stats.BrokenInvariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the yardsticks said at the moment of a prediction, in the target's unit; NaN for one that
 * knew nothing yet. They travel with the prediction, so that every reader compares with the same.
 *
 * @param lastLabel see {@link Yardstick#LAST_LABEL}
 * @param runningMean see {@link Yardstick#RUNNING_MEAN}
 * @param linear see {@link Yardstick#LINEAR}
 */
public record YardstickForecasts(double lastLabel, double runningMean, double linear) {
    public static final Part PART = Part.of("yardstick/forecasts", 1);

    /** Nothing is known. */
    public static final YardstickForecasts NONE =
            new YardstickForecasts(Double.NaN, Double.NaN, Double.NaN);

    public YardstickForecasts {
        if (Double.isInfinite(lastLabel)
                || Double.isInfinite(runningMean)
                || Double.isInfinite(linear)) {
            throw new BrokenInvariant(
                    "the yardsticks say %s (last label), %s (running mean), %s (linear)",
                    lastLabel, runningMean, linear);
        }
    }

    /** Only the linear model. */
    public static YardstickForecasts ofLinear(double prediction) {
        return new YardstickForecasts(Double.NaN, Double.NaN, prediction);
    }

    /** These with what is known of the asset's labels. */
    public YardstickForecasts withLabels(double last, double mean) {
        return new YardstickForecasts(last, mean, linear);
    }

    /**
     * From the map of a record of predictions.
     *
     * @param values by {@link Yardstick#key}; other keys are ignored, and values that are not
     *     finite are unknown
     */
    public static YardstickForecasts of(Map<String, Double> values) {
        return values.isEmpty()
                ? NONE
                : new YardstickForecasts(
                        value(values, Yardstick.LAST_LABEL),
                        value(values, Yardstick.RUNNING_MEAN),
                        value(values, Yardstick.LINEAR));
    }

    private static double value(Map<String, Double> values, Yardstick yardstick) {
        double value = values.getOrDefault(yardstick.key(), Double.NaN);
        return Double.isFinite(value) ? value : Double.NaN;
    }

    /** By {@link Yardstick#key}, without those that knew nothing. */
    public Map<String, Double> toMap() {
        Map<String, Double> values = new LinkedHashMap<>();
        put(values, Yardstick.LAST_LABEL, lastLabel);
        put(values, Yardstick.RUNNING_MEAN, runningMean);
        put(values, Yardstick.LINEAR, linear);
        return values;
    }

    private static void put(Map<String, Double> values, Yardstick yardstick, double value) {
        if (!Double.isNaN(value)) {
            values.put(yardstick.key(), value);
        }
    }

    public void writeTo(DataOutput out) throws IOException {
        out.writeDouble(lastLabel);
        out.writeDouble(runningMean);
        out.writeDouble(linear);
    }

    /** Reads what {@link #writeTo} wrote. */
    public static YardstickForecasts readFrom(DataInput in) throws IOException {
        return new YardstickForecasts(in.readDouble(), in.readDouble(), in.readDouble());
    }
}
