package io.pidstream.simulate;

import java.util.Random;
import java.util.function.IntFunction;

/**
 * Injects a shift into rows of numbers. Learns the usual values from the rows before the shift; a
 * missing value (NaN) stays missing.
 */
public final class Disturbance {
    private static final double NOISE = 3;
    private static final double FROZEN_NOISE = 1e-3;

    private final Injection injection;
    private final int first;
    private final int firstSize;
    private final int second;
    private final int secondSize;
    private final Random random;

    // Per channel, over the rows before the shift: count, mean, squares, products with the target;
    // mean and squares of the target in the same rows.
    private final double[][] sums;
    private int topOfFirst = -1;
    private int topOfSecond;
    private int leastOfSecond;

    /**
     * @param first index of the first modality's first channel
     * @param firstSize its number of channels
     * @param second index of the second modality's first channel
     * @param secondSize its number of channels
     */
    public Disturbance(Injection injection, int first, int firstSize, int second, int secondSize) {
        this.injection = injection;
        this.first = first;
        this.firstSize = firstSize;
        this.second = second;
        this.secondSize = secondSize;
        random = new Random(injection.scenario().seed());
        sums = new double[Math.max(first + firstSize, second + secondSize)][6];
    }

    /** Learns a row before the shift; NaN for an unknown target. */
    public void learn(double[] channels, double target) {
        for (int c = 0; c < sums.length; c++) {
            double x = channels[c];
            if (Double.isNaN(x) || Double.isNaN(target)) {
                continue;
            }
            double[] s = sums[c];
            double n = ++s[0];
            double deltaX = x - s[1];
            double deltaY = target - s[4];
            s[1] += deltaX / n;
            s[4] += deltaY / n;
            s[2] += deltaX * (x - s[1]);
            s[3] += deltaX * (target - s[4]);
            s[5] += deltaY * (target - s[4]);
        }
    }

    private void choose() {
        topOfFirst = extreme(first, firstSize, 1);
        topOfSecond = extreme(second, secondSize, 1);
        leastOfSecond = extreme(second, secondSize, -1);
    }

    private int extreme(int from, int size, int sign) {
        int best = from;
        for (int c = from + 1; c < from + size; c++) {
            best = sign * correlation(c) > sign * correlation(best) ? c : best;
        }
        return best;
    }

    /** Absolute correlation with the target; 0 if either is constant. */
    private double correlation(int c) {
        double scale = Math.sqrt(sums[c][2] * sums[c][5]);
        return scale > 0 ? Math.abs(sums[c][3] / scale) : 0;
    }

    private double deviation(int c) {
        return Math.sqrt(sums[c][2] / Math.max(1, sums[c][0]));
    }

    /**
     * Disturbs a row.
     *
     * @param channels channels of all modalities; modified
     * @param donor another row of the first modality's channels, at the same indices; used by R1
     * @param frozen the last row of this asset before the shift; used by R3
     * @param since number of rows since the shift began
     */
    public void apply(double[] channels, double[] donor, double[] frozen, long since) {
        if (topOfFirst < 0) {
            choose();
        }
        double strength = injection.strength(since);
        switch (injection.scenario()) {
            case R0 -> {}
            case R1 -> {
                for (int c = first; c < first + firstSize; c++) {
                    channels[c] += strength * (donor[c] - channels[c]);
                }
            }
            case R2 -> {
                for (int c = second; c < second + secondSize; c++) {
                    channels[c] += strength * NOISE * deviation(c) * random.nextGaussian();
                }
            }
            case R3 -> freeze(channels, frozen, strength);
            case R4 -> {
                double a = channels[topOfFirst];
                double b = channels[topOfSecond];
                double inA = moved(b, topOfSecond, topOfFirst);
                double inB = moved(a, topOfFirst, topOfSecond);
                channels[topOfFirst] += strength * (inA - a);
                channels[topOfSecond] += strength * (inB - b);
            }
            case R5 -> {
                double common = random.nextGaussian();
                for (int c = first; c < first + firstSize; c++) {
                    channels[c] += strength * NOISE * deviation(c) * common;
                }
                channels[leastOfSecond] += strength * NOISE * deviation(leastOfSecond) * common;
            }
        }
    }

    private void freeze(double[] channels, double[] frozen, double strength) {
        int c = topOfFirst;
        double noise = FROZEN_NOISE * deviation(c) * random.nextGaussian();
        channels[c] += strength * (frozen[c] + noise - channels[c]);
    }

    /** Maps a value of one channel to an equally unusual value of another. */
    private double moved(double value, int from, int to) {
        double standardised = (value - sums[from][1]) / deviation(from);
        return sums[to][1] + standardised * deviation(to);
    }

    /** A sentence that says what happens to which channels. */
    public String description(IntFunction<String> name) {
        if (topOfFirst < 0) {
            choose();
        }
        return switch (injection.scenario()) {
            case R0 -> "nothing";
            case R1 -> "the first modality is decoupled from the target";
            case R2 -> "the second modality gets three deviations of noise";
            case R3 -> "channel " + name.apply(topOfFirst) + " freezes";
            case R4 ->
                    "channels "
                            + name.apply(topOfFirst)
                            + " and "
                            + name.apply(topOfSecond)
                            + " are swapped";
            case R5 ->
                    "the first modality is disturbed by the values of channel "
                            + name.apply(leastOfSecond);
        };
    }
}
