package io.pidstream.forecast;

import io.pidstream.format.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What the fleet's experts say about one frame, in units of the target; travels with the frame to
 * the asset's learner.
 *
 * @param experts none as long as the fleet has not learned any label
 * @param weights [experts], how far the fleet trusts each; they sum to 1
 * @param rootMeanSquareError of the fleet's own mixture of its experts; 0 before it is known
 * @param meanAbsoluteError of the fleet's own mixture of its experts; 0 before it is known
 */
public record FleetForecast(
        ExpertForecasts experts,
        double[] weights,
        double rootMeanSquareError,
        double meanAbsoluteError) {
    private static final byte VERSION = 1;

    /** The forecast of a fleet that has not learned any label. */
    static FleetForecast unknown() {
        return new FleetForecast(
                new ExpertForecasts(new double[0], new double[0]), new double[0], 0, 0);
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

    /** Writes the forecast. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        experts.writeTo(out);
        State.write(out, weights);
        out.writeDouble(rootMeanSquareError);
        out.writeDouble(meanAbsoluteError);
    }

    /** Reads what {@link #writeTo} wrote, bit for bit. */
    public static FleetForecast readFrom(DataInput in) throws IOException {
        State.requireVersion("forecast of the fleet", in.readByte(), VERSION);
        return new FleetForecast(
                ExpertForecasts.readFrom(in),
                State.readDoubles(in),
                in.readDouble(),
                in.readDouble());
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FleetForecast that
                && experts.equals(that.experts)
                && Arrays.equals(weights, that.weights)
                && Double.compare(rootMeanSquareError, that.rootMeanSquareError) == 0
                && Double.compare(meanAbsoluteError, that.meanAbsoluteError) == 0;
    }

    @Override
    public int hashCode() {
        int hash = 31 * experts.hashCode() + Arrays.hashCode(weights);
        return 31 * (31 * hash + Double.hashCode(rootMeanSquareError))
                + Double.hashCode(meanAbsoluteError);
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
                        + "]"
                : "FleetForecast[unknown]";
    }
}
