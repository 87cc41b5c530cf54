package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StandardiserTest {
    private static final double HALF_LIFE = 1000;

    private static Standardiser fed(double... values) {
        Standardiser standardiser = new Standardiser(2, HALF_LIFE);
        for (double value : values) {
            standardiser.add(0, value);
        }
        return standardiser;
    }

    @Test
    void knowsMeanAndDeviationOfTameValues() {
        Standardiser standardiser = fed(1, 2, 3, 4, 5, 6, 7, 8, 9);

        assertThat(standardiser.mean(0)).isCloseTo(5, within(1e-12));
        assertThat(standardiser.deviation(0)).isCloseTo(Math.sqrt(60.0 / 9), within(1e-12));
        assertThat(standardiser.standardise(0, 5)).isCloseTo(0, within(1e-12));
    }

    @Test
    void valuesOfAHalfLifeAgoCountHalf() {
        Standardiser standardiser = new Standardiser(2, HALF_LIFE);
        standardiser.decayTo(0);
        for (int i = 0; i < 10; i++) {
            standardiser.add(0, i % 2);
        }
        standardiser.decayTo(1000);
        for (int i = 0; i < 10; i++) {
            standardiser.add(0, 3 + i % 2);
        }

        assertThat(standardiser.mean(0)).isCloseTo((5 * 0.5 + 10 * 3.5) / 15, within(1e-12));
    }

    @Test
    void ignoresASingleWildValueAndFollowsANewRegime() {
        Standardiser standardiser = fed(1, 2, 1, 2, 1, 2, 1, 2, 1, 2);
        standardiser.add(0, 1e100);
        assertThat(standardiser.mean(0)).isLessThan(2.5);
        for (int i = 0; i < 10; i++) {
            standardiser.add(0, 1.5);
        }
        assertThat(standardiser.mean(0)).isLessThan(2);

        for (int i = 0; i < 10; i++) {
            standardiser.add(0, 1000);
        }
        assertThat(standardiser.mean(0)).isBetween(200.0, 600.0);
    }

    @Test
    void takesUpAConstantChannelThatBeginsToMove() {
        Standardiser standardiser = fed(125, 125, 125, 125, 125, 125, 125, 125, 125, 125);
        assertThat(standardiser.standardise(0, 124)).isZero();

        standardiser.add(0, 124);
        assertThat(standardiser.deviation(0)).isZero();
        standardiser.add(0, 123);

        assertThat(standardiser.deviation(0)).isPositive();
        assertThat(standardiser.standardise(0, 123)).isNegative();
    }

    @Property(seed = "1")
    void whateverComesIsStandardisedToSomethingFiniteAndBounded(
            @ForAll @Size(max = 40) List<Double> values, @ForAll double value) {
        Standardiser standardiser = new Standardiser(2, HALF_LIFE);
        for (double v : values) {
            standardiser.add(0, v);
            standardiser.add(1, v);
        }

        assertThat(standardiser.standardise(0, value)).isBetween(-10.0, 10.0);
        assertThat(standardiser.standardise(1, value)).isBetween(-8.0, 8.0);
        assertThat(standardiser.clippedTarget(value)).isFinite();
    }

    @Property(seed = "1")
    void doesNotDependOnUnits(@ForAll long seed) {
        Random random = new Random(seed);
        Standardiser metres = new Standardiser(2, HALF_LIFE);
        Standardiser shifted = new Standardiser(2, HALF_LIFE);
        for (int i = 0; i < 50; i++) {
            double x = random.nextGaussian() * (i % 17 == 16 ? 1e6 : 1);
            metres.add(0, x);
            shifted.add(0, 1024 * x + 512);
        }
        assertThat(shifted.standardise(0, 1024 * 0.7 + 512))
                .isCloseTo(metres.standardise(0, 0.7), within(1e-6));
    }
}
