package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Forecasts of several experts for one frame, each a baseline plus a contribution per modality, in
 * units of the target. Contributions may be split by channel. An expert may be silent.
 *
 * @param baselines [experts]; NaN for a silent expert
 * @param contributions [experts, modalities] row-major; 0 for a modality that was not used
 * @param channels [experts, features] row-major, which sum to the contributions of their modality
 *     but for the rounding of a float; none if contributions are not split
 */
public record ExpertForecasts(double[] baselines, double[] contributions, float[] channels) {
    static final Part PART = Part.of("learn/expert-forecasts", 2);

    /** Limit of a part, within the range of a float. */
    private static final double MOST_PART = 1e30;

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
        if (baselines.length > 0 && channels.length % baselines.length != 0) {
            throw new IllegalArgumentException(
                    channels.length
                            + " parts of channels cannot be divided among "
                            + baselines.length
                            + " experts");
        }
    }

    /** Not split by channel. */
    ExpertForecasts(double[] baselines, double[] contributions) {
        this(baselines, contributions, new float[0]);
    }

    /** The part of a channel, limited to the range of a float. */
    static float part(double value) {
        return (float) Math.max(-MOST_PART, Math.min(MOST_PART, value));
    }

    /** Whether contributions are split by channel. */
    boolean byChannel() {
        return channels.length > 0;
    }

    /** These experts, then others. */
    ExpertForecasts and(ExpertForecasts others) {
        double[] all = Arrays.copyOf(baselines, size() + others.size());
        System.arraycopy(others.baselines, 0, all, size(), others.size());
        double[] both =
                Arrays.copyOf(contributions, contributions.length + others.contributions.length);
        System.arraycopy(
                others.contributions, 0, both, contributions.length, others.contributions.length);
        float[] split = Arrays.copyOf(channels, channels.length + others.channels.length);
        System.arraycopy(others.channels, 0, split, channels.length, others.channels.length);
        return new ExpertForecasts(all, both, split);
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
        Wire.write(out, channels);
    }

    static ExpertForecasts readFrom(DataInput in, Versions versions) throws IOException {
        return new ExpertForecasts(
                Wire.readDoubles(in),
                Wire.readDoubles(in),
                versions.of(PART) > 1 ? Wire.readFloats(in) : new float[0]);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ExpertForecasts that
                && Arrays.equals(baselines, that.baselines)
                && Arrays.equals(contributions, that.contributions)
                && Arrays.equals(channels, that.channels);
    }

    @Override
    public int hashCode() {
        int hash = 31 * Arrays.hashCode(baselines) + Arrays.hashCode(contributions);
        return 31 * hash + Arrays.hashCode(channels);
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
