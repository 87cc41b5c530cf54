package io.pidstream.forecast;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The forecasts of the fleet's experts for one frame, in units of the target. It travels with the
 * frame to the asset's learner.
 *
 * @param experts none until the fleet has learned a label
 * @param weights [experts], the fleet's weights of the experts; they sum to 1
 * @param rootMeanSquareError of the fleet's own mixture; 0 if unknown
 * @param meanAbsoluteError of the fleet's own mixture; 0 if unknown
 * @param range of the fleet's labels
 * @param situation what the fleet expects of the errors
 */
public record FleetForecast(
        ExpertForecasts experts,
        double[] weights,
        double rootMeanSquareError,
        double meanAbsoluteError,
        LabelRange range,
        Situation situation) {
    private static final Part PART =
            Part.of(
                    "learn/fleet-forecast",
                    3,
                    ExpertForecasts.PART,
                    LabelRange.PART,
                    Situation.PART);

    public static final Format<FleetForecast> FORMAT =
            Formats.of(PART, FleetForecast.class, FleetForecast::writeTo, FleetForecast::readFrom);

    /** The forecast of a fleet that has not learned any label. */
    static FleetForecast unknown() {
        return new FleetForecast(
                new ExpertForecasts(new double[0], new double[0]),
                new double[0],
                0,
                0,
                LabelRange.UNKNOWN,
                Situation.UNKNOWN);
    }

    public FleetForecast {
        if (experts.size() != weights.length) {
            throw new IllegalArgumentException(
                    experts.size() + " experts have " + weights.length + " weights");
        }
    }

    /** Whether the fleet has learned any label. */
    public boolean isKnown() {
        return experts.size() > 0;
    }

    private void writeTo(DataOutput out) throws IOException {
        experts.writeTo(out);
        Wire.write(out, weights);
        out.writeDouble(rootMeanSquareError);
        out.writeDouble(meanAbsoluteError);
        range.writeTo(out);
        situation.writeTo(out);
    }

    private static FleetForecast readFrom(DataInput in, Versions versions) throws IOException {
        return new FleetForecast(
                ExpertForecasts.readFrom(in, versions),
                Wire.readDoubles(in),
                in.readDouble(),
                in.readDouble(),
                versions.of(PART) > 1 ? LabelRange.readFrom(in) : LabelRange.UNKNOWN,
                versions.of(PART) > 1 ? Situation.readFrom(in) : Situation.UNKNOWN);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FleetForecast that
                && experts.equals(that.experts)
                && Arrays.equals(weights, that.weights)
                && Double.compare(rootMeanSquareError, that.rootMeanSquareError) == 0
                && Double.compare(meanAbsoluteError, that.meanAbsoluteError) == 0
                && range.equals(that.range)
                && situation.equals(that.situation);
    }

    @Override
    public int hashCode() {
        int hash = 31 * experts.hashCode() + Arrays.hashCode(weights);
        return 31 * (31 * hash + Double.hashCode(rootMeanSquareError))
                + Double.hashCode(meanAbsoluteError)
                + 31 * range.hashCode()
                + situation.hashCode();
    }

    @Override
    public String toString() {
        return isKnown()
                ? "FleetForecast[experts="
                        + experts
                        + ", weights="
                        + Arrays.toString(weights)
                        + ", rootMeanSquareError="
                        + rootMeanSquareError
                        + ", meanAbsoluteError="
                        + meanAbsoluteError
                        + ", range="
                        + range
                        + ", situation="
                        + situation
                        + "]"
                : "FleetForecast[unknown]";
    }
}
