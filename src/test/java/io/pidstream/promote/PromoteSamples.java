package io.pidstream.promote;

import io.pidstream.testing.StateSamples;
import java.util.List;

/** Samples of the state of promotion. */
public final class PromoteSamples {
    private PromoteSamples() {}

    public static void add(StateSamples samples) {
        Trial trial = new Trial(2, 1);
        for (int n = 0; n < 40; n++) {
            double wave = StrictMath.sin(n);
            trial.add(List.of(new Trial.Pair(0, wave, 0.5 * wave, 0)), 10);
        }
        samples.with(Trial.FORMAT, trial);
    }
}
