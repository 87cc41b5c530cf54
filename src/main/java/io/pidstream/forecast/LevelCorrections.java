package io.pidstream.forecast;

import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bias correction: each expert appears unchanged and, for every rate, shifted by an exponential
 * moving average of its errors. With rate 1 that is its last known error.
 */
final class LevelCorrections {
    static final Part PART = Part.of("learn/level-corrections", 1);

    private static final double[] RATES = {0.2, 1};

    /** Variants of each expert: unchanged, and one per rate. */
    static final int VARIANTS = 1 + RATES.length;

    private final double[] levels;

    LevelCorrections(int experts) {
        levels = new double[experts * RATES.length];
    }

    /** The correction of a variant; 0 for variant 0. */
    double correction(int expert, int variant) {
        return variant == 0 ? 0 : levels[expert * RATES.length + variant - 1];
    }

    /**
     * Learns from the errors of the uncorrected experts.
     *
     * @param deviations prediction of each variant of each expert, minus that of the mixture
     * @param error label minus the mixture's prediction
     * @param bound bound on the corrections, in units of the target; infinity if unknown
     */
    void learn(float[] deviations, double error, double bound) {
        for (int e = 0; e * VARIANTS < deviations.length; e++) {
            double wrong = error - deviations[e * VARIANTS];
            for (int r = 0; r < RATES.length; r++) {
                int i = e * RATES.length + r;
                double level = levels[i] + RATES[r] * (wrong - levels[i]);
                levels[i] = Math.max(-bound, Math.min(bound, level));
            }
        }
    }

    /**
     * Copies the corrections of another.
     *
     * @param places positions of its experts here
     */
    void takeOver(LevelCorrections other, int[] places) {
        for (int e = 0; e < places.length; e++) {
            System.arraycopy(
                    other.levels, e * RATES.length, levels, places[e] * RATES.length, RATES.length);
        }
    }

    void writeTo(DataOutput out) throws IOException {
        Wire.write(out, levels);
    }

    static LevelCorrections readFrom(DataInput in, int experts) throws IOException {
        LevelCorrections read = new LevelCorrections(experts);
        double[] levels = Wire.readDoubles(in);
        FormatException.requireSame("level corrections", levels.length, read.levels.length);
        System.arraycopy(levels, 0, read.levels, 0, levels.length);
        return read;
    }
}
