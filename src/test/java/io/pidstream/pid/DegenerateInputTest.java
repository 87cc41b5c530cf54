package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.stats.Moments;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DegenerateInputTest {
    private static final double EXACT = Double.POSITIVE_INFINITY;
    private static final List<String> NAMES = List.of("mox", "env");

    /** Target, mox.0, mox.1, env.0. */
    private static final double[] COVARIANCE = Covariances.random(new Random(4), 4);

    @Test
    void leavesOutConstantChannelsAndSaysSo() {
        // env.1 and env.2 are constant.
        double[][] t = new double[6][];
        System.arraycopy(Covariances.identity(4), 0, t, 0, 4);
        t[4] = new double[4];
        t[5] = new double[4];
        Decomposition result = decompose(Covariances.mapped(t, COVARIANCE), new int[] {2, 3}, 100);
        assertSame(result, decompose(COVARIANCE, new int[] {2, 1}, 100), 1e-15);
        assertThat(result.notes())
                .containsExactly(
                        "channel env.1 is constant: left out",
                        "channel env.2 is constant: left out");
    }

    @Test
    void leavesOutChannelsThatOthersDetermine() {
        // mox.2 = 2 mox.0, mox.3 = mox.0 − mox.1
        double[][] t = {
            {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 2, 0, 0}, {0, 1, -1, 0}, {0, 0, 0, 1}
        };
        Decomposition result = decompose(Covariances.mapped(t, COVARIANCE), new int[] {4, 1}, 100);
        assertSame(result, decompose(COVARIANCE, new int[] {2, 1}, 100), 1e-12);
        assertThat(result.notes())
                .hasSize(2)
                .allMatch(
                        n ->
                                n.matches(
                                        "channel mox\\.\\d is determined by other channels of its"
                                                + " modality: left out"));
    }

    @Test
    void countsAChannelOfBothModalitiesOnce() {
        // env.0 is mox.1: env keeps its information, and has nothing to add.
        double[][] t = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 1, 0}};
        Decomposition result =
                decompose(Covariances.mapped(t, COVARIANCE), new int[] {2, 1}, EXACT);
        assertThat(result.isDefined()).isTrue();
        assertThat(result.information().get("env")).isPositive();
        assertThat(result.information().all()).isEqualTo(result.information().get("mox"));
        assertThat(result.redundant()).hasValue(result.information().get("env"));
        assertThat(result.synergistic()).hasValue(0);
        assertThat(result.notes())
                .containsExactly(
                        "channel env.0 is determined by the modalities before its own: it adds"
                                + " nothing to them");
    }

    @Property(tries = 100, seed = "1")
    void doesNotTakeRoundingForWhatAChannelAdds(@ForAll long seed) {
        // mox.1' = mox.0 + 2e-6 mox.1 and env.0 = mox.1: env is a function of mox, but with
        // coefficients of 5e5, which make 1e-4 of a rounding error of 1e-16.
        double[] covariance = Covariances.random(new Random(seed), 4);
        double[][] t = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 1, 2e-6, 0}, {0, 0, 1, 0}};
        Decomposition result =
                decompose(Covariances.mapped(t, covariance), new int[] {2, 1}, EXACT);
        assertThat(result.reason()).isNull();
        if (result.notes().stream().anyMatch(n -> n.startsWith("channel mox."))) {
            // It happens that even less is left than 4e-12.
            return;
        }
        // mox carries that rounding error, env alone does not: it may come out as the one that
        // knows more, and both together know no less.
        double mox = result.information().get("mox");
        double env = result.information().get("env");
        assertThat(result.information().all()).isEqualTo(Math.max(mox, env));
        assertThat(mox).isGreaterThan(env - 1e-3);
        assertThat(result.notes())
                .containsExactly(
                        "channel env.0 is determined by the modalities before its own: it adds"
                                + " nothing to them");
    }

    @Test
    void countsDuplicatesInLearnedMomentsOnce() {
        Random random = new Random(8);
        Moments plain = new Moments(4, 1000);
        Moments duplicated = new Moments(6, 1000);
        for (int i = 0; i < 3000; i++) {
            double y = random.nextGaussian();
            double a = y + random.nextGaussian();
            double b = y + 1e3 * random.nextGaussian() + 1e5;
            double c = a - y + random.nextGaussian();
            plain.add(new double[] {y, a, b, c}, i);
            duplicated.add(new double[] {y, a, b, 0.1 * a + 0.3 * b, c, c}, i);
        }
        Decomposition result =
                decompose(duplicated.covariance(), new int[] {3, 2}, duplicated.effectiveSamples());
        assertSame(
                result,
                decompose(plain.covariance(), new int[] {2, 1}, plain.effectiveSamples()),
                1e-9);
        assertThat(result.notes()).hasSize(2);
    }

    @Test
    void knowsNothingFromAModalityWithoutAChannelLeft() {
        double[][] t = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 0}};
        Decomposition result = decompose(Covariances.mapped(t, COVARIANCE), new int[] {2, 1}, 50);
        assertThat(result.isDefined()).isTrue();
        assertThat(result.information().get("env")).isZero();
        assertThat(result.information().get("mox")).isPositive();
        assertThat(result.standardError().get("env")).isZero();
        assertThat(result.notes())
                .containsExactly(
                        "channel env.0 is constant: left out",
                        "modality env has no channel left: its information is 0");
    }

    @Test
    void isUndefinedForAConstantTarget() {
        double[][] t = {{0, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        assertUndefined(
                decompose(Covariances.mapped(t, COVARIANCE), new int[] {2, 1}, 100),
                "the target is constant");
    }

    @Test
    void isUndefinedForATargetThatAChannelGives() {
        double[][] t = {{0, 0, 0, 1}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        assertUndefined(
                decompose(Covariances.mapped(t, COVARIANCE), new int[] {2, 1}, 100),
                "the target is a function of env");
        double[][] together = {{0, 1, -2, 3}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        assertUndefined(
                decompose(Covariances.mapped(together, COVARIANCE), new int[] {2, 1}, 100),
                "the target is a function of mox+env");
    }

    @Test
    void isUndefinedForTooFewSamples() {
        Decomposition result =
                decompose(Covariances.random(new Random(2), 7), new int[] {3, 3}, 11.5);
        assertUndefined(
                result,
                "too few samples: 11.5 effective samples for 6 channels, at least 12 are needed");
        assertThat(
                        decompose(Covariances.random(new Random(2), 7), new int[] {3, 3}, 12)
                                .isDefined())
                .isTrue();
        assertUndefined(decompose(COVARIANCE, new int[] {2, 1}, 0), "too few samples: 0.0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void isUndefinedForWhatIsNotANumber(double value) {
        for (int position = 0; position < 16; position++) {
            double[] covariance = COVARIANCE.clone();
            covariance[position] = value;
            assertUndefined(decompose(covariance, new int[] {2, 1}, 100), " is " + value);
        }
        double[] covariance = COVARIANCE.clone();
        covariance[3] = value;
        assertUndefined(
                decompose(covariance, new int[] {2, 1}, 100),
                "covariance of target and env.0 is " + value);
    }

    @Test
    void isUndefinedForWhatIsNotACovariance() {
        assertUndefined(
                decompose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, -2}, new int[] {1, 1}, 100),
                "variance of env.0 is -2.0");
        assertUndefined(
                decompose(new double[] {1, 0, 0, 0, 1, 2, 0, 2, 1}, new int[] {1, 1}, 100),
                "more than their deviations allow");
        assertUndefined(
                decompose(new double[] {1, 0, .5, 0, 1, 0, .4, 0, 1}, new int[] {1, 1}, 100),
                "not symmetric: of target and env.0");
        assertUndefined(
                decompose(new double[] {1, .9, .9, .9, 1, 0, .9, 0, 1}, new int[] {1, 1}, 100),
                "explains 1.62");
        assertUndefined(
                decompose(new double[] {1, .5, -.5, .5, 1, 1, -.5, 1, 1}, new int[] {1, 1}, 100),
                "channel env.0 is left with");
        double[] withinAModality = {
            1, 0, 0, 0, 0, 0, 1, .9, .9, 0, 0, .9, 1, 0, 0, 0, .9, 0, 1, 0, 0, 0, 0, 0, 1
        };
        assertUndefined(
                decompose(withinAModality, new int[] {3, 1}, 100), "not positive semidefinite");
    }

    @Test
    void shrinksOnlyWhatIsNearlySingularWithFewSamples() {
        // mox.1 is mox.0 with 1e-5 of noise.
        double[][] t = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 1, 1e-6, 0}, {0, 0, 0, 1}};
        double[] covariance = Covariances.mapped(t, COVARIANCE);
        Decomposition few = decompose(covariance, new int[] {2, 1}, 20);
        assertThat(few.isDefined()).isTrue();
        assertThat(few.notes())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("correlations shrunk by 0.")
                .contains("20.0 effective samples for 3 channels");
        assertThat(decompose(covariance, new int[] {2, 1}, 30).notes()).isEmpty();
        assertThat(decompose(COVARIANCE, new int[] {2, 1}, 20).notes()).isEmpty();
    }

    private static void assertSame(Decomposition actual, Decomposition expected, double tolerance) {
        assertThat(actual.isDefined()).isTrue();
        for (ModalitySet subset : ModalitySet.nonEmptySubsets(2)) {
            assertThat(actual.information().get(subset))
                    .isCloseTo(expected.information().get(subset), within(tolerance));
            assertThat(actual.standardError().get(subset))
                    .isCloseTo(expected.standardError().get(subset), within(tolerance));
        }
    }

    private static void assertUndefined(Decomposition result, String reason) {
        assertThat(result.status()).isEqualTo(Decomposition.Status.UNDEFINED);
        assertThat(result.reason()).contains(reason);
        assertThat(result.information().isEmpty()).isTrue();
        assertThat(result.information().asMap()).isEmpty();
        assertThat(result.shapley()).isEmpty();
        assertThat(result.unique()).isEmpty();
        assertThat(result.redundant()).isEmpty();
        assertThat(result.modalities()).isEqualTo(NAMES);
    }

    private static Decomposition decompose(double[] covariance, int[] sizes, double n) {
        return GaussianPid.decompose(covariance, NAMES, sizes, n, PidDefinition.MMI);
    }
}
