package io.pidstream.stats;

import java.util.Arrays;

/**
 * The inverse normal transform of a whole sample: Φ⁻¹((r − ½) / n) of the rank r of each of its n
 * values, with the middle rank for equal values. Exact, unlike {@link TargetQuantiles}, which is
 * for streams. Immutable.
 */
public final class RankScores {
    private final double[] values;
    private final double[] scores;

    private RankScores(double[] values, double[] scores) {
        this.values = values;
        this.scores = scores;
    }

    /**
     * The scores of a sample.
     *
     * @param sample values, at least one, finite, in any order; not modified
     */
    public static RankScores of(double[] sample) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("a sample of no values has no ranks");
        }
        double[] values = sample.clone();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " is " + values[i]);
            }
            values[i] += 0.0; // Unifies both zeros.
        }
        Arrays.sort(values);
        int n = values.length;
        double[] scores = new double[n];
        int distinct = 0;
        for (int from = 0; from < n; distinct++) {
            int to = from + 1;
            while (to < n && values[to] == values[from]) {
                to++;
            }
            values[distinct] = values[from];
            scores[distinct] = Normal.quantile(0.5 * ((double) from + to) / n);
            from = to;
        }
        return new RankScores(Arrays.copyOf(values, distinct), Arrays.copyOf(scores, distinct));
    }

    /**
     * The score of a value of the sample.
     *
     * @throws IllegalArgumentException if the sample does not contain it
     */
    public double of(double value) {
        int found = Arrays.binarySearch(values, value + 0.0);
        if (found < 0) {
            throw new IllegalArgumentException("value " + value + " is not in the sample");
        }
        return scores[found];
    }
}
