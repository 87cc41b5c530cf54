package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets of several dimensions, and numbers at the limits of what numbers are. */
class DegenerateTargetTest {
    private static final double EXACT = Double.POSITIVE_INFINITY;
    private static final List<String> NAMES = List.of("mox", "env");

    /** Two dimensions of the target, mox.0, mox.1, env.0, env.1. */
    private static final double[] COVARIANCE = Covariances.random(new Random(5), 6);

    private static final int[] SIZES = {2, 2};

    @ParameterizedTest
    @EnumSource(PidDefinition.class)
    void leavesOutConstantDimensions(PidDefinition definition) {
        double[][] map = withTargets(3);
        map[0][0] = 1;
        map[2][1] = 1;
        Decomposition result = decompose(Covariances.mapped(map, COVARIANCE), 3, definition, 100);
        assertSame(result, decompose(COVARIANCE, 2, definition, 100), 1e-14);
        assertThat(result.notes()).containsExactly("target.1 is constant: left out");
    }

    @ParameterizedTest
    @EnumSource(PidDefinition.class)
    void leavesOutDimensionsThatOthersDetermine(PidDefinition definition) {
        // target.2 = 2 target.0, target.3 = target.0 − target.1
        double[][] map = withTargets(4);
        map[0][0] = 1;
        map[1][1] = 1;
        map[2][0] = 2;
        map[3][0] = 1;
        map[3][1] = -1;
        Decomposition result = decompose(Covariances.mapped(map, COVARIANCE), 4, definition, 100);
        assertSame(result, decompose(COVARIANCE, 2, definition, 100), 1e-12);
        assertThat(result.notes())
                .hasSize(2)
                .allMatch(
                        n ->
                                n.matches(
                                        "target\\.\\d is determined by other dimensions of the"
                                                + " target: left out"));
    }

    @Test
    void decomposesAsAScalarWhatIsOneDimensionTwice() {
        double[][] once = new double[5][6];
        double[][] twice = withTargets(2);
        once[0][0] = 1;
        twice[0][0] = 1;
        twice[1][0] = -3;
        for (int i = 0; i < 4; i++) {
            once[1 + i][2 + i] = 1;
        }
        Decomposition result =
                decompose(Covariances.mapped(twice, COVARIANCE), 2, PidDefinition.MMI, 100);
        assertSame(
                result,
                decompose(Covariances.mapped(once, COVARIANCE), 1, PidDefinition.MMI, 100),
                1e-14);
        assertThat(result.optimalityGap()).isZero();
    }

    @Test
    void isUndefinedIfNoDimensionVaries() {
        assertUndefined(
                decompose(
                        Covariances.mapped(withTargets(2), COVARIANCE), 2, PidDefinition.MMI, 100),
                "the target is constant");
    }

    @Test
    void isUndefinedIfAChannelGivesADimension() {
        double[][] map = withTargets(2);
        map[0][0] = 1;
        map[1][4] = 5;
        assertUndefined(
                decompose(Covariances.mapped(map, COVARIANCE), 2, PidDefinition.MMI, 100),
                "a combination of the target's dimensions is a function of env, so their"
                        + " information is infinite");
    }

    @Test
    void isUndefinedIfBothModalitiesTogetherGiveACombination() {
        // Neither dimension is a function of the channels: their difference is.
        double[][] map = withTargets(2);
        map[0][0] = 1;
        map[1][0] = 1;
        map[1][2] = 1;
        map[1][5] = -2;
        assertUndefined(
                decompose(Covariances.mapped(map, COVARIANCE), 2, PidDefinition.MMI, 100),
                "a combination of the target's dimensions is a function of mox+env");
    }

    @Test
    void isUndefinedForTooFewSamples() {
        assertUndefined(
                decompose(COVARIANCE, 2, PidDefinition.MMI, 9.5),
                "too few samples: 9.5 effective samples for 4 channels and 2 target dimensions, at"
                        + " least 10 are needed");
        assertThat(decompose(COVARIANCE, 2, PidDefinition.MMI, 10).isDefined()).isTrue();
        assertThat(decompose(COVARIANCE, 2, PidDefinition.IDEP, 10).isDefined()).isTrue();
    }

    @Test
    void knowsNothingFromAModalityWithoutAChannelLeft() {
        double[][] map = new double[6][6];
        for (int i = 0; i < 4; i++) {
            map[i][i] = 1;
        }
        for (PidDefinition definition : PidDefinition.values()) {
            Decomposition result =
                    decompose(Covariances.mapped(map, COVARIANCE), 2, definition, EXACT);
            assertThat(result.information().get("env")).isZero();
            assertThat(result.unique().get("mox"))
                    .isCloseTo(result.information().all(), within(1e-14));
            assertThat(result.redundant().orElseThrow()).isCloseTo(0, within(1e-14));
            assertThat(result.unique().get("env")).isCloseTo(0, within(1e-14));
        }
    }

    @Test
    void takesTheSameModalityTwiceForRedundantThroughout() {
        double[][] map = new double[6][6];
        for (int i = 0; i < 4; i++) {
            map[i][i] = 1;
        }
        map[4][2] = 1;
        map[5][3] = 1;
        for (PidDefinition definition : PidDefinition.values()) {
            Decomposition result =
                    decompose(Covariances.mapped(map, COVARIANCE), 2, definition, EXACT);
            assertThat(result.redundant().orElseThrow())
                    .isCloseTo(result.information().all(), within(1e-13));
            assertThat(result.synergistic().orElseThrow()).isCloseTo(0, within(1e-13));
            assertThat(result.notes())
                    .hasSize(2)
                    .allMatch(n -> n.contains("is determined by the modalities before its own"));
        }
    }

    @Test
    void namesTheDimensionInWhatIsNotANumber() {
        double[] covariance = COVARIANCE.clone();
        covariance[6] = Double.NaN;
        assertUndefined(
                decompose(covariance, 2, PidDefinition.MMI, EXACT),
                "covariance of target.0 and target.1 is NaN");
    }

    @Test
    void isUndefinedForATargetThatIsNoCovariance() {
        double[] covariance = COVARIANCE.clone();
        covariance[1] = 2 * Math.sqrt(covariance[0] * covariance[7]);
        covariance[6] = covariance[1];
        assertUndefined(
                decompose(covariance, 2, PidDefinition.MMI, EXACT),
                "more than their deviations allow");
        double[] three = new double[25];
        for (int i = 0; i < 5; i++) {
            three[i * 5 + i] = 1;
        }
        // Correlations 0.9, 0.9 and −0.9 of three dimensions cannot be.
        three[1] = three[5] = 0.9;
        three[2] = three[10] = 0.9;
        three[7] = three[11] = -0.9;
        assertUndefined(
                GaussianPid.decompose(three, 3, NAMES, new int[] {1, 1}, EXACT, PidDefinition.MMI),
                "not positive semidefinite: one of target.0");
    }

    /** Units that differ by so much make no difference: only correlations count. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void isRightInAnyUnitsFromVerySmallToVeryLarge(int targets) {
        double[] plain = Covariances.random(new Random(6), targets + 4);
        Decomposition expected = decompose(plain, targets, PidDefinition.MMI, EXACT);
        double[] exponents = {-150, 140, -100, 1, 150, -3};
        for (int shift = 0; shift < 6; shift++) {
            double[][] units = new double[targets + 4][targets + 4];
            for (int i = 0; i < targets + 4; i++) {
                units[i][i] = Math.pow(10, exponents[(i + shift) % 6]);
            }
            Decomposition result =
                    decompose(Covariances.mapped(units, plain), targets, PidDefinition.MMI, EXACT);
            assertSame(result, expected, 1e-12);
            assertThat(result.notes()).isEmpty();
        }
    }

    /** Variances below the least normal number have no digits left: as good as constant. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-310, Double.MIN_VALUE})
    void takesSubnormalVariancesForConstant(double variance) {
        double[][] map = withTargets(2);
        map[0][0] = 1;
        map[1][1] = 1;
        map[5][5] = 0;
        double[] covariance = Covariances.mapped(map, COVARIANCE);
        covariance[35] = variance;
        Decomposition result = decompose(covariance, 2, PidDefinition.MMI, 100);
        assertThat(result.isDefined()).isTrue();
        assertThat(result.notes()).containsExactly("channel env.1 is constant: left out");
        double[] all = new double[36];
        Arrays.setAll(all, p -> p % 7 == 0 ? variance : 0);
        assertUndefined(decompose(all, 2, PidDefinition.MMI, 100), "the target is constant");
    }

    /**
     * Channels that are nearly each other, down to a share of 1e-14 left: the same information as
     * the difference spelled out, or the channel is left out and its note says so; never anything
     * between.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7})
    void saysWhetherANearlyDependentChannelCounted(double difference) {
        // mox.1' = mox.0 + difference mox.1: squared, the inverse of the condition number
        double[][] map = withTargets(2);
        map[0][0] = 1;
        map[1][1] = 1;
        map[3][2] = 1;
        map[3][3] = difference;
        Decomposition result =
                decompose(Covariances.mapped(map, COVARIANCE), 2, PidDefinition.MMI, EXACT);
        double[][] without = new double[5][6];
        without[0][0] = 1;
        without[1][1] = 1;
        without[2][2] = 1;
        without[3][4] = 1;
        without[4][5] = 1;
        if (result.notes().isEmpty()) {
            Decomposition all = decompose(COVARIANCE, 2, PidDefinition.MMI, EXACT);
            // Rounding of the covariance, 1e-16, over the share left.
            assertSame(result, all, 1e-14 / (difference * difference));
        } else {
            assertThat(result.notes())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("is determined by other channels of its modality");
            assertThat(difference).isLessThan(3e-6);
            Decomposition one =
                    GaussianPid.decompose(
                            Covariances.mapped(without, COVARIANCE),
                            2,
                            NAMES,
                            new int[] {1, 2},
                            EXACT,
                            PidDefinition.MMI);
            assertSame(result, one, 1e-6);
        }
    }

    /** Dimensions of the target that are nearly each other, likewise. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-5, 1e-7})
    void saysWhetherANearlyDependentDimensionCounted(double difference) {
        double[][] map = withTargets(2);
        map[0][0] = 1;
        map[1][0] = 1;
        map[1][1] = difference;
        Decomposition result =
                decompose(Covariances.mapped(map, COVARIANCE), 2, PidDefinition.MMI, EXACT);
        if (result.notes().isEmpty()) {
            assertSame(
                    result,
                    decompose(COVARIANCE, 2, PidDefinition.MMI, EXACT),
                    1e-14 / (difference * difference));
        } else {
            assertThat(result.notes())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("is determined by other dimensions of the target");
            assertThat(difference).isLessThan(3e-6);
        }
    }

    @Test
    void shrinksTargetsOfSeveralDimensionsToo() {
        double[][] map = withTargets(2);
        map[0][0] = 1;
        map[1][1] = 1;
        map[3][2] = 1;
        map[3][3] = 1e-5;
        Decomposition result =
                decompose(Covariances.mapped(map, COVARIANCE), 2, PidDefinition.MMI, 20);
        assertThat(result.isDefined()).isTrue();
        assertThat(result.notes())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("correlations shrunk by 0.");
    }

    /**
     * Of whatever rank, in whatever units, with whatever samples: atoms that add up, or a reason.
     */
    @Property(tries = 2000, seed = "1")
    void alwaysDecomposesOrSaysWhyNot(@ForAll long seed, @ForAll PidDefinition definition) {
        Random random = new Random(seed);
        int targets = 1 + random.nextInt(4);
        int k = 2 + random.nextInt(3);
        int[] sizes = new int[k];
        int d = targets;
        for (int m = 0; m < k; m++) {
            sizes[m] = 1 + random.nextInt(4);
            d += sizes[m];
        }
        double[][] map = Covariances.gaussian(random, d, 1 + random.nextInt(2 * d));
        for (double[] row : map) {
            double unit = Math.pow(10, random.nextInt(20) * random.nextInt(2) - 8.0);
            for (int j = 0; j < row.length; j++) {
                row[j] *= unit * Math.pow(10, -random.nextInt(9) * random.nextInt(2));
            }
        }
        if (random.nextBoolean()) {
            map[random.nextInt(d)] = map[random.nextInt(d)].clone();
        }
        if (random.nextInt(4) == 0) {
            Arrays.fill(map[random.nextInt(d)], 0);
        }
        double n = random.nextBoolean() ? EXACT : 200 * random.nextDouble();
        List<String> names = List.of("a", "b", "c", "d").subList(0, k);
        Decomposition result =
                GaussianPid.decompose(
                        Covariances.ofMap(map, d), targets, names, sizes, n, definition);
        if (!result.isDefined()) {
            assertThat(result.reason()).isNotBlank();
            return;
        }
        assertThat(result.atoms()).hasSize(k);
        result.atoms()
                .values()
                .forEach(
                        a ->
                                assertThat(a.unique() + a.rest() + a.redundant() + a.synergistic())
                                        .isCloseTo(result.information().all(), within(1e-11)));
        assertThat(result.optimalityGap()).isBetween(0.0, 1e-6);
    }

    /** The four channels as they are, and room for this many dimensions of the target. */
    private static double[][] withTargets(int targets) {
        double[][] map = new double[targets + 4][6];
        for (int i = 0; i < 4; i++) {
            map[targets + i][2 + i] = 1;
        }
        return map;
    }

    private static void assertSame(Decomposition actual, Decomposition expected, double tolerance) {
        assertThat(actual.reason()).isNull();
        for (ModalitySet subset : ModalitySet.nonEmptySubsets(2)) {
            assertThat(actual.information().get(subset))
                    .isCloseTo(expected.information().get(subset), within(tolerance));
        }
        assertThat(actual.redundant().orElseThrow())
                .isCloseTo(expected.redundant().orElseThrow(), within(tolerance));
        assertThat(actual.synergistic().orElseThrow())
                .isCloseTo(expected.synergistic().orElseThrow(), within(tolerance));
    }

    private static void assertUndefined(Decomposition result, String reason) {
        assertThat(result.status()).isEqualTo(Decomposition.Status.UNDEFINED);
        assertThat(result.reason()).contains(reason);
        assertThat(result.information().isEmpty()).isTrue();
        assertThat(result.pairs()).isEmpty();
        assertThat(result.lattice()).isEmpty();
        assertThat(result.optimalityGap()).isNaN();
    }

    private static Decomposition decompose(
            double[] covariance, int targets, PidDefinition definition, double n) {
        return GaussianPid.decompose(covariance, targets, NAMES, SIZES, n, definition);
    }
}
