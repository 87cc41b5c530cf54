package io.pidstream.forecast;

import io.pidstream.format.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What several experts say about one frame, each as a baseline plus a contribution per modality, in
 * units of the target.
 *
 * @param baselines [experts]
 * @param contributions [experts, modalities] row-major; 0 for a modality that was not used
 */
public record ExpertForecasts(double[] baselines, double[] contributions) {
    public ExpertForecasts {
        if (baselines.length > 0 && contributions.length % baselines.length != 0) {
            throw new IllegalArgumentException(
                    contributions.length
                            + " contributions do not divide among "
                            + baselines.length
                            + " experts");
        }
    }

    /** Number of experts. */
    public int size() {
        return baselines.length;
    }

    /** Baseline plus all contributions of expert k. */
    public double prediction(int k) {
        int modalities = contributions.length / baselines.length;
        double sum = baselines[k];
        for (int m = 0; m < modalities; m++) {
            sum += contributions[k * modalities + m];
        }
        return sum;
    }

    /** Writes both arrays. */
    public void writeTo(DataOutput out) throws IOException {
        State.write(out, baselines);
        State.write(out, contributions);
    }

    /** Reads what {@link #writeTo} wrote. */
    public static ExpertForecasts readFrom(DataInput in) throws IOException {
        return new ExpertForecasts(State.readDoubles(in), State.readDoubles(in));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ExpertForecasts that
                && Arrays.equals(baselines, that.baselines)
                && Arrays.equals(contributions, that.contributions);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(baselines) + Arrays.hashCode(contributions);
    }

    @Override
    public String toString() {
        return "ExpertForecasts[baselines="
                + Arrays.toString(baselines)
                + ", contributions="
                + Arrays.toString(contributions)
                + "]";
    }
}
