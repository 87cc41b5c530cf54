package io.pidstream.network;

import io.pidstream.stats.RankScores;

/** Approximate expected order statistics of a normal sample. */
final class NormalOrder {
    private NormalOrder() {}

    /** Normal scores of ranks 1 to n, Φ⁻¹((i − ½) / n), scaled to length 1. */
    static double[] scores(int n) {
        double[] ranks = new double[n];
        for (int i = 0; i < n; i++) {
            ranks[i] = i;
        }
        RankScores of = RankScores.of(ranks);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            ranks[i] = of.of(ranks[i]);
            squares += ranks[i] * ranks[i];
        }
        for (int i = 0; i < n; i++) {
            ranks[i] /= Math.sqrt(squares);
        }
        return ranks;
    }
}
