package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveIntervalTest {
    private static double coverage(double nominal, int labels, IntToDoubleFunction errors) {
        AdaptiveInterval interval = new AdaptiveInterval(nominal);
        int covered = 0;
        for (int t = 0; t < labels; t++) {
            double error = errors.applyAsDouble(t);
            boolean missed = Math.abs(error) > interval.halfWidth(0);
            covered += missed ? 0 : 1;
            interval.learn(missed, error, 0, 0);
        }
        return (double) covered / labels;
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
    void startsFromWhatTheFleetKnows() {
        AdaptiveInterval interval = new AdaptiveInterval(0.9);
        interval.seed(2);

        // Laplace: P(|e| > q mean|e|) = exp(-q).
        assertThat(interval.halfWidth(100)).isCloseTo(2 * Math.log(10), within(1e-12));
    }

    @Test
    void staysWithinTheTargetsRangeHoweverOftenItMisses() {
        AdaptiveInterval interval = new AdaptiveInterval(0.9);
        for (int t = 0; t < 1000; t++) {
            interval.learn(true, 5, 0, 1);
        }
        assertThat(interval.halfWidth(1)).isEqualTo(8);

        int labels = 0;
        while (interval.halfWidth(1) > 1) {
            interval.learn(false, 0.1, 0, 1);
            labels++;
        }
        assertThat(labels).isLessThan(500);
    }
}
