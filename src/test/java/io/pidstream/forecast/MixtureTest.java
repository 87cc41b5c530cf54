package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.format.Wire;
import io.pidstream.stats.BrokenInvariant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MixtureTest {
    @Test
    void movesToTheBetterExpertAndComesBack() {
        Mixture mixture = new Mixture(2);
        Random random = new Random(1);
        for (int t = 0; t < 300; t++) {
            learn(mixture, 0.1 * random.nextGaussian(), 0, 1);
        }
        assertThat(mixture.weight(0)).isGreaterThan(0.9);

        for (int t = 0; t < 50; t++) {
            learn(mixture, 1 + 0.1 * random.nextGaussian(), 0, 1);
        }
        assertThat(mixture.weight(1)).isGreaterThan(0.9);
    }

    @Test
    void weightsThatCannotBeAreRefusedWithTheirValues() {
        Mixture mixture = new Mixture(2);
        mixture.seed(new double[] {0.5, 0.25}, 1);
        assertThatThrownBy(() -> Wire.copy(mixture::writeTo, in -> Mixture.readFrom(in, 2)))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessage("weights of 2 experts sum to 0.75; expected 1");
        mixture.seed(new double[] {1, 0}, 1);
        assertThatThrownBy(() -> Wire.copy(mixture::writeTo, in -> Mixture.readFrom(in, 2)))
                .hasMessage("weight of expert 1 is 0.0; expected a positive number");
        mixture.seed(new double[] {0.5, Double.NaN}, 1);
        assertThatThrownBy(() -> mixture.learn(new float[] {-0.5f, 0.5f}, 0.5, 1, 0))
                .isInstanceOf(BrokenInvariant.class);
    }

    @Test
    void movesMoreSlowlyWhenLabelsAreLate() {
        Mixture prompt = new Mixture(2);
        Mixture late = new Mixture(2);
        for (int t = 0; t < 5; t++) {
            learn(prompt, 0, 0, 1);
            late.learn(new float[] {-0.5f, 0.5f}, -0.5, late.lateness(24), 0);
        }

        assertThat(late.weight(0)).isBetween(0.5, prompt.weight(0));
    }

    @Test
    void countsLateLabelsForMoreWhileItIsYoung() {
        Mixture mixture = new Mixture(2);
        assertThat(mixture.lateness(0)).isEqualTo(1);
        assertThat(mixture.lateness(24)).isCloseTo(1 / 5.0, within(1e-12));
        for (int t = 0; t < 30_000; t++) {
            learn(mixture, 0, 0, 1);
        }
        assertThat(mixture.lateness(0)).isEqualTo(1);
        assertThat(mixture.lateness(24)).isBetween(1 / 25.0, 1.03 / 25);
    }

    @Test
    void leavesAnExpertThatSleptWhereItWasRelativeToTheMixture() {
        Mixture mixture = new Mixture(3);
        double before = mixture.weight(2);

        mixture.learn(new float[] {-1, 1, 0}, 0.5, 1, 0);
        mixture.learn(new float[] {-1, 1, 0}, 0.5, 1, 0);

        assertThat(mixture.weight(2)).isGreaterThanOrEqualTo(before);
        assertThat(mixture.weight(0)).isLessThan(mixture.weight(1));
    }

    @Test
    void countsASingleWildErrorOnlyWithinReach() {
        Mixture mixture = new Mixture(2);
        for (int t = 0; t < 100; t++) {
            mixture.learn(new float[] {-0.1f, 0.1f}, t % 2 == 0 ? 1 : -1, 1, 0);
        }
        double scale = mixture.rootMeanSquare();

        double counted = mixture.learn(new float[] {-0.1f, 0.1f}, 1e100, 1, 0);

        assertThat(counted).isLessThan(11);
        assertThat(mixture.rootMeanSquare()).isLessThan(2 * scale);
        assertThat(mixture.learn(new float[] {-0.1f, 0.1f}, 50, 1, 0)).isEqualTo(50);
    }

    @Property(seed = "1")
    void weightsStayADistribution(@ForAll @Size(max = 50) List<Double> errors, @ForAll long seed) {
        Random random = new Random(seed);
        Mixture mixture = new Mixture(4);
        for (double error : errors) {
            double bounded = Math.max(-1e100, Math.min(1e100, error));
            float[] deviations = new float[4];
            for (int e = 0; e < 4; e++) {
                deviations[e] = Mixture.deviation(random.nextGaussian() * Math.abs(bounded), 0);
            }
            mixture.learn(deviations, bounded, mixture.lateness(random.nextInt(30)), 0);
        }

        assertThat(IntStream.range(0, 4).mapToDouble(mixture::weight).sum())
                .isCloseTo(1, within(1e-9));
        assertThat(IntStream.range(0, 4).mapToDouble(mixture::weight).min().orElseThrow())
                .isPositive();
    }

    /** Experts that say 0 and 1. */
    private static void learn(Mixture mixture, double target, double first, double second) {
        double said = mixture.weight(0) * first + mixture.weight(1) * second;
        mixture.learn(
                new float[] {(float) (first - said), (float) (second - said)}, target - said, 1, 0);
    }
}
