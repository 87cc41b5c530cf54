package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveIntervalTest {
    private static final LabelRange NO_BOUNDS = LabelRange.UNKNOWN;

    /** Shares of labels below, within and above the intervals around 0, of the highest level. */
    private static double[] shares(List<Double> levels, int labels, IntToDoubleFunction errors) {
        AdaptiveInterval interval = new AdaptiveInterval(levels);
        double[] shares = new double[3];
        double scale = 1;
        for (int t = 0; t < labels; t++) {
            double error = errors.applyAsDouble(t);
            double[] ends = interval.ends(0, scale, scale, 0, NO_BOUNDS);
            int last = ends.length - 1;
            shares[error < ends[last - 1] ? 0 : error > ends[last] ? 2 : 1] += 1.0 / labels;
            interval.learn(ends, 0, error, 0, 0);
            scale += 0.02 * (Math.min(Math.abs(error), 50) - scale);
        }
        return shares;
    }

    private static double coverage(double nominal, int labels, IntToDoubleFunction errors) {
        return shares(List.of(nominal), labels, errors)[1];
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8, 0.9, 0.95})
    void coversAsOftenAsItSays(double nominal) {
        Random random = new Random(1);
        assertThat(coverage(nominal, 20_000, t -> random.nextGaussian()))
                .isCloseTo(nominal, within(0.01));
    }

    @Test
    void coversAsOftenAsItSaysWhileErrorsDriftAndJump() {
        Random random = new Random(2);
        IntToDoubleFunction errors =
                t ->
                        random.nextGaussian()
                                * Math.exp(Math.sin(t / 700.0))
                                * (t / 3000 % 2 == 0 ? 1 : 20);

        assertThat(coverage(0.9, 20_000, errors)).isCloseTo(0.9, within(0.01));
    }

    @Test
    void coversAsOftenAsItSaysWithHeavyTails() {
        Random random = new Random(3);
        IntToDoubleFunction cauchy = t -> Math.tan(Math.PI * (random.nextDouble() - 0.5));

        assertThat(coverage(0.9, 20_000, cauchy)).isCloseTo(0.9, within(0.01));
    }

    @Test
    void missesSkewedErrorsOnBothSidesEquallyOften() {
        Random random = new Random(4);
        IntToDoubleFunction skewed = t -> -Math.log(1 - random.nextDouble()) - 0.7;

        double[] shares = shares(List.of(0.9), 40_000, skewed);

        assertThat(shares[0]).isCloseTo(0.05, within(0.01));
        assertThat(shares[2]).isCloseTo(0.05, within(0.01));
    }

    @Test
    void startsFromLaplaceErrors() {
        double[] ends = new AdaptiveInterval(List.of(0.9)).ends(10, 2, 2, 0, NO_BOUNDS);

        // P(|e| > q mean|e|) = exp(-q).
        assertThat(ends[1]).isCloseTo(10 + 2 * Math.log(10), within(1e-12));
        assertThat(ends[0]).isCloseTo(10 - 2 * Math.log(10), within(1e-12));
    }

    @Test
    void staysWithinTheTargetsRangeHoweverOftenItMisses() {
        AdaptiveInterval interval = new AdaptiveInterval(List.of(0.9));
        for (int t = 0; t < 1000; t++) {
            interval.learn(interval.ends(0, 1, 1, 1, NO_BOUNDS), 0, 50, 1, 0);
        }
        assertThat(interval.ends(0, 1, 1, 1, NO_BOUNDS)[1]).isEqualTo(8);

        int labels = 0;
        while (interval.ends(0, 1, 1, 1, NO_BOUNDS)[1] > 4) {
            interval.learn(interval.ends(0, 1, 1, 1, NO_BOUNDS), 0, 0.1, 1, 0);
            labels++;
        }
        assertThat(labels).isLessThan(500);
    }

    @Test
    void everyLevelIsCoveredAndLiesWithinTheNextAndContainsThePrediction() {
        List<Double> levels = List.of(0.5, 0.8, 0.9);
        AdaptiveInterval interval = new AdaptiveInterval(levels);
        Random random = new Random(5);
        int[] covered = new int[3];
        int labels = 20_000;
        for (int t = 0; t < labels; t++) {
            // In every thousand labels a hundred errors of 0, so that quantiles meet.
            double error = t % 1000 < 100 ? 0 : random.nextGaussian() * (t % 7 == 0 ? 9 : 1);
            double[] ends = interval.ends(3, 1, 1, 0, NO_BOUNDS);
            for (int l = 0; l < 3; l++) {
                assertThat(ends[2 * l]).isLessThan(3);
                assertThat(ends[2 * l + 1]).isGreaterThan(3);
                if (l > 0) {
                    assertThat(ends[2 * l]).isLessThanOrEqualTo(ends[2 * l - 2]);
                    assertThat(ends[2 * l + 1]).isGreaterThanOrEqualTo(ends[2 * l - 1]);
                }
                covered[l] += 3 + error >= ends[2 * l] && 3 + error <= ends[2 * l + 1] ? 1 : 0;
            }
            interval.learn(ends, 3, 3 + error, 0, 0);
        }
        for (int l = 0; l < 3; l++) {
            assertThat((double) covered[l] / labels).isCloseTo(levels.get(l), within(0.01));
        }
    }

    @Test
    void anEndIsNeverBeyondAHardBound() {
        LabelRange bounds = new LabelRange(0, 100);
        AdaptiveInterval interval = new AdaptiveInterval(List.of(0.9));

        assertThat(interval.ends(1, 50, 50, 0, bounds)[0]).isEqualTo(0);
        assertThat(interval.ends(99, 50, 50, 0, bounds)[1]).isEqualTo(100);
    }
}
