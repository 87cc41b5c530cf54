package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Forecasts of several experts for one frame, each a baseline plus a contribution per modality, in
 * units of the target. An expert may be silent.
 *
 * @param baselines [experts]; NaN for a silent expert
 * @param contributions [experts, modalities] row-major; 0 for a modality that was not used
 */
public record ExpertForecasts(double[] baselines, double[] contributions) {
    static final Part PART = Part.of("learn/expert-forecasts", 1);

    /** Baseline of a silent expert. */
    static final double SILENT = Double.NaN;

    public ExpertForecasts {
        if (baselines.length > 0 && contributions.length % baselines.length != 0) {
            throw new IllegalArgumentException(
                    contributions.length
                            + " contributions cannot be divided among "
                            + baselines.length
                            + " experts");
        }
    }

    /** These experts, then others. */
    ExpertForecasts and(ExpertForecasts others) {
        double[] all = Arrays.copyOf(baselines, size() + others.size());
        System.arraycopy(others.baselines, 0, all, size(), others.size());
        double[] both =
                Arrays.copyOf(contributions, contributions.length + others.contributions.length);
        System.arraycopy(
                others.contributions, 0, both, contributions.length, others.contributions.length);
        return new ExpertForecasts(all, both);
    }

    /** Number of experts. */
    public int size() {
        return baselines.length;
    }

    /** Whether expert k is not silent. */
    boolean isAwake(int k) {
        return !Double.isNaN(baselines[k]);
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

    void writeTo(DataOutput out) throws IOException {
        Wire.write(out, baselines);
        Wire.write(out, contributions);
    }

    static ExpertForecasts readFrom(DataInput in) throws IOException {
        return new ExpertForecasts(Wire.readDoubles(in), Wire.readDoubles(in));
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
