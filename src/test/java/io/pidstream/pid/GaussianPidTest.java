package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.stats.Moments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GaussianPidTest {
    private static final double EXACT = Double.POSITIVE_INFINITY;
    private static final List<String> NAMES = List.of("mox", "env", "vib", "gas", "cam", "mic");

    /** Target, two noisy copies of it in two modalities. */
    private static final double[] TWO = {1, 1, 1, 1, 2, 1, 1, 1, 4};

    @Test
    void agreesWithTheDecompositionByHand() {
        // Y = M + unit noise, Z = M + noise of variance 3, independent: ½ log₂ of 1 + 1, 1 + 1/3
        // and 1 + 1 + 1/3.
        Decomposition mmi = decompose(TWO, new int[] {1, 1}, EXACT, PidDefinition.MMI);
        double first = 0.5;
        double second = 0.5 * log2(4.0 / 3);
        double joint = 0.5 * log2(7.0 / 3);
        assertThat(mmi.status()).isEqualTo(Decomposition.Status.OK);
        assertThat(mmi.reason()).isNull();
        assertThat(mmi.information().get("mox")).isCloseTo(first, within(1e-15));
        assertThat(mmi.information().get(ModalitySet.of(1))).isCloseTo(second, within(1e-15));
        assertThat(mmi.information().all()).isCloseTo(joint, within(1e-15));
        assertThat(mmi.unique()).containsEntry("env", 0.0).hasSize(2);
        assertThat(mmi.unique().get("mox")).isCloseTo(first - second, within(1e-15));
        assertThat(mmi.redundant()).hasValue(mmi.information().get("env"));
        assertThat(mmi.synergistic().orElseThrow()).isCloseTo(joint - first, within(1e-15));
        assertThat(mmi.conditional().get("mox")).isCloseTo(joint - second, within(1e-15));
        assertThat(mmi.shapley().get("mox"))
                .isCloseTo(0.5 * (first + joint - second), within(1e-15));
        assertThat(mmi.oneVsRest()).isEmpty();
        assertThat(mmi.notes()).isEmpty();
        assertThat(mmi.standardError().asMap().values()).containsOnly(0.0);

        // The sources are independent given the target, so I_dep leaves no synergy.
        Decomposition idep = decompose(TWO, new int[] {1, 1}, EXACT, PidDefinition.IDEP);
        assertThat(idep.synergistic().orElseThrow()).isCloseTo(0, within(1e-15));
        assertThat(idep.redundant().orElseThrow()).isCloseTo(first + second - joint, within(1e-15));
        assertThat(idep.unique().get("env")).isCloseTo(joint - first, within(1e-15));
    }

    @Test
    void ordersSubsetsBySizeThenConfiguration() {
        Decomposition three =
                decompose(
                        Covariances.random(new Random(1), 4),
                        new int[] {1, 1, 1},
                        EXACT,
                        PidDefinition.MMI);
        assertThat(three.information().asMap().keySet())
                .containsExactly(
                        "mox", "env", "vib", "mox+env", "mox+vib", "env+vib", "mox+env+vib");
        assertThat(three.information().get("mox+vib"))
                .isEqualTo(three.information().get(ModalitySet.of(0, 2)));
        assertThat(three.shapley().keySet()).containsExactly("mox", "env", "vib");
        assertThat(three.oneVsRest().keySet()).containsExactly("mox", "env", "vib");
        assertThat(three.redundant()).isEmpty();
        assertThat(three.synergistic()).isEmpty();
        assertThatThrownBy(() -> three.information().get("vib+mox"))
                .hasMessageContaining("vib+mox");
        assertThatThrownBy(() -> three.information().get(ModalitySet.of(3)))
                .hasMessageContaining("subset [3]");
    }

    @Property(tries = 200, seed = "1")
    void atomsAndSharesSumToTheJointInformation(
            @ForAll long seed,
            @ForAll PidDefinition definition,
            @ForAll @IntRange(min = 2, max = 6) int k,
            @ForAll boolean sampled) {
        Random random = new Random(seed);
        int[] sizes = sizes(random, k);
        double n = sampled ? 60 + random.nextInt(1000) : EXACT;
        Decomposition result =
                decompose(Covariances.random(random, dimension(sizes)), sizes, n, definition);
        double joint = result.information().all();
        assertThat(result.shapley().values().stream().mapToDouble(v -> v).sum())
                .isCloseTo(joint, within(1e-12));
        for (int m = 0; m < k; m++) {
            Atoms atoms = result.atoms().get(NAMES.get(m));
            double own = result.information().get(ModalitySet.of(m));
            double rest = result.information().get(ModalitySet.all(k).without(m));
            assertThat(atoms.unique() + atoms.rest() + atoms.redundant() + atoms.synergistic())
                    .isCloseTo(joint, within(1e-12));
            assertThat(atoms.unique() + atoms.redundant()).isCloseTo(own, within(1e-12));
            assertThat(atoms.rest() + atoms.redundant()).isCloseTo(rest, within(1e-12));
            assertThat(atoms.redundant()).isBetween(0.0, Math.min(own, rest));
            assertThat(atoms.unique()).isNotNegative();
            assertThat(atoms.rest()).isNotNegative();
            assertThat(atoms.synergistic()).isNotNegative();
            assertThat(result.conditional().get(NAMES.get(m)))
                    .isCloseTo(joint - rest, within(1e-12));
        }
    }

    @Property(tries = 100, seed = "1")
    void informationNeverFallsWithMoreModalities(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int k) {
        Random random = new Random(seed);
        int[] sizes = sizes(random, k);
        Decomposition result =
                decompose(
                        Covariances.random(random, dimension(sizes)), sizes, 60, PidDefinition.MMI);
        for (ModalitySet subset : ModalitySet.nonEmptySubsets(k)) {
            assertThat(result.information().get(subset)).isNotNegative();
            for (int m = 0; m < k; m++) {
                assertThat(result.information().get(subset.with(m)))
                        .isGreaterThanOrEqualTo(result.information().get(subset));
            }
        }
    }

    @Property(tries = 100, seed = "1")
    void permutingModalitiesPermutesTheResult(
            @ForAll long seed,
            @ForAll PidDefinition definition,
            @ForAll @IntRange(min = 2, max = 5) int k) {
        Random random = new Random(seed);
        int[] sizes = sizes(random, k);
        double[] covariance = Covariances.random(random, dimension(sizes));
        List<Integer> order = new ArrayList<>();
        for (int m = 0; m < k; m++) {
            order.add(m);
        }
        Collections.shuffle(order, random);
        int[] newSizes = order.stream().mapToInt(m -> sizes[m]).toArray();
        List<String> newNames = order.stream().map(NAMES::get).toList();
        double[][] t = new double[dimension(sizes)][dimension(sizes)];
        t[0][0] = 1;
        int row = 1;
        for (int m : order) {
            for (int c = 0; c < sizes[m]; c++) {
                t[row++][offset(sizes, m) + c] = 1;
            }
        }
        Decomposition before = decompose(covariance, sizes, 90, definition);
        Decomposition after =
                GaussianPid.decompose(
                        Covariances.mapped(t, covariance), newNames, newSizes, 90, definition);
        for (int m = 0; m < k; m++) {
            String name = NAMES.get(m);
            assertThat(after.information().get(name))
                    .isCloseTo(before.information().get(name), within(1e-12));
            assertThat(after.shapley().get(name))
                    .isCloseTo(before.shapley().get(name), within(1e-12));
            assertThat(after.conditional().get(name))
                    .isCloseTo(before.conditional().get(name), within(1e-12));
            assertThat(after.unique().get(name))
                    .isCloseTo(before.unique().get(name), within(1e-12));
        }
        assertThat(after.information().all()).isCloseTo(before.information().all(), within(1e-12));
    }

    @Property(tries = 100, seed = "1")
    void invertibleMapsWithinAModalityChangeNothing(
            @ForAll long seed,
            @ForAll PidDefinition definition,
            @ForAll @IntRange(min = 2, max = 4) int k) {
        Random random = new Random(seed);
        int[] sizes = sizes(random, k);
        int d = dimension(sizes);
        double[] covariance = Covariances.random(random, d);
        double[][] t = new double[d][d];
        t[0][0] = -3;
        for (int m = 0; m < k; m++) {
            double unit = Math.pow(10, random.nextInt(9) - 4);
            for (int i = 0; i < sizes[m]; i++) {
                for (int j = 0; j < sizes[m]; j++) {
                    // Diagonally dominant, so invertible and well conditioned.
                    t[offset(sizes, m) + i][offset(sizes, m) + j] =
                            unit * (i == j ? 2 * sizes[m] : random.nextDouble());
                }
            }
        }
        Decomposition before = decompose(covariance, sizes, EXACT, definition);
        Decomposition after =
                decompose(Covariances.mapped(t, covariance), sizes, EXACT, definition);
        for (ModalitySet subset : ModalitySet.nonEmptySubsets(k)) {
            assertThat(after.information().get(subset))
                    .isCloseTo(before.information().get(subset), within(1e-9));
        }
        assertThat(after.notes()).isEmpty();
        after.atoms()
                .forEach(
                        (name, atoms) -> {
                            assertThat(atoms.unique())
                                    .isCloseTo(before.atoms().get(name).unique(), within(1e-9));
                            assertThat(atoms.redundant())
                                    .isCloseTo(before.atoms().get(name).redundant(), within(1e-9));
                        });
    }

    @Property(tries = 100, seed = "1")
    void anIndependentModalityKnowsNothing(@ForAll long seed, @ForAll PidDefinition definition) {
        Random random = new Random(seed);
        int[] sizes = sizes(random, 2);
        int d = dimension(sizes);
        double[] covariance = Covariances.random(random, d);
        for (int i = 0; i <= sizes[0]; i++) {
            for (int j = 1 + sizes[0]; j < d; j++) {
                covariance[i * d + j] = 0;
                covariance[j * d + i] = 0;
            }
        }
        Decomposition result = decompose(covariance, sizes, EXACT, definition);
        assertThat(result.information().get("env")).isCloseTo(0, within(1e-14));
        assertThat(result.unique().get("env")).isCloseTo(0, within(1e-14));
        assertThat(result.redundant().orElseThrow()).isCloseTo(0, within(1e-13));
        assertThat(result.synergistic().orElseThrow()).isCloseTo(0, within(1e-13));
        assertThat(result.shapley().get("env")).isCloseTo(0, within(1e-13));
        assertThat(result.unique().get("mox")).isCloseTo(result.information().all(), within(1e-13));
    }

    @Test
    void correctsTheBiasOfIndependentData() {
        // Uncorrected, measured on independent data: d = 64, n = 256: 0.203 bit; 128: 0.495; 16:
        // 0.051; n = 1024: 0.050.
        assertThat(GaussianPid.bias(64, 256)).isCloseTo(0.203, within(0.015));
        assertThat(GaussianPid.bias(128, 256)).isCloseTo(0.495, within(0.015));
        assertThat(GaussianPid.bias(16, 256)).isCloseTo(0.051, within(0.015));
        assertThat(GaussianPid.bias(64, 1024)).isCloseTo(0.050, within(0.015));
        assertThat(GaussianPid.bias(0, 256)).isZero();
        assertThat(GaussianPid.bias(5, EXACT)).isZero();
    }

    @Test
    void findsTheTrueInformationInSamplesOnAverage() {
        // Target = common + noise; 8 channels in each modality hear the common part in noise.
        int d = 17;
        double[][] map = new double[d][2 * d];
        for (int i = 0; i < d; i++) {
            map[i][0] = 1;
            map[i][1 + i] = i == 0 ? 0.7 : 2;
        }
        double[] truth = Covariances.ofMap(map, d);
        int[] sizes = {8, 8};
        Decomposition exact = decompose(truth, sizes, EXACT, PidDefinition.MMI);
        Random random = new Random(20260101);
        int runs = 300;
        double[] average = new double[4];
        double[] uncorrected = new double[4];
        double[] deviation = new double[4];
        for (int run = 0; run < runs; run++) {
            Moments moments = sample(map, d, 100, random);
            Decomposition result =
                    decompose(
                            moments.covariance(),
                            sizes,
                            moments.effectiveSamples(),
                            PidDefinition.MMI);
            Decomposition plain = decompose(moments.covariance(), sizes, EXACT, PidDefinition.MMI);
            for (ModalitySet subset : ModalitySet.nonEmptySubsets(2)) {
                double error = result.information().get(subset) - exact.information().get(subset);
                average[subset.bits()] += error / runs;
                deviation[subset.bits()] += error * error / runs;
                uncorrected[subset.bits()] +=
                        (plain.information().get(subset) - exact.information().get(subset)) / runs;
            }
        }
        for (ModalitySet subset : ModalitySet.nonEmptySubsets(2)) {
            // The mean of 300 runs is good to 0.004 bit.
            assertThat(average[subset.bits()]).isCloseTo(0, within(0.015));
            assertThat(uncorrected[subset.bits()]).isGreaterThan(0.04);
            double claimed =
                    Math.sqrt((1 - Math.pow(2, -2 * exact.information().get(subset))) / 100)
                            / Math.log(2);
            assertThat(Math.sqrt(deviation[subset.bits()])).isBetween(0.7 * claimed, 1.4 * claimed);
        }
    }

    @Test
    void claimsAStandardErrorOfSampledInformation() {
        Decomposition result = decompose(TWO, new int[] {1, 1}, 400, PidDefinition.MMI);
        // R² = ½
        assertThat(result.standardError().get("mox"))
                .isCloseTo(Math.sqrt(0.5 / 400) / Math.log(2), within(1e-12));
        assertThat(result.effectiveSamples()).isEqualTo(400);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(
                        () -> decompose(new double[4], new int[] {1, 1}, EXACT, PidDefinition.MMI))
                .hasMessage("covariance has 4 values, expected 3²");
        assertThatThrownBy(() -> decompose(TWO, new int[] {1, 1}, Double.NaN, PidDefinition.MMI))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> decompose(TWO, new int[] {2}, EXACT, PidDefinition.MMI))
                .hasMessageContaining("2 to 6");
        assertThatThrownBy(
                        () ->
                                GaussianPid.decompose(
                                        TWO,
                                        List.of("a", "a"),
                                        new int[] {1, 1},
                                        EXACT,
                                        PidDefinition.MMI))
                .hasMessageContaining("[a, a]");
        assertThatThrownBy(
                        () ->
                                GaussianPid.decompose(
                                        TWO,
                                        List.of("a", "b+c"),
                                        new int[] {1, 1},
                                        EXACT,
                                        PidDefinition.MMI))
                .hasMessageContaining("b+c");
        assertThatThrownBy(() -> PidDefinition.of("broja"))
                .hasMessage("definition is \"broja\", must be one of: mmi, idep");
        assertThat(PidDefinition.of("idep")).isEqualTo(PidDefinition.IDEP);
    }

    static Moments sample(double[][] map, int d, int n, Random random) {
        Moments moments = new Moments(d, Moments.NO_DECAY);
        double[] noise = new double[map[0].length];
        double[] x = new double[d];
        for (int s = 0; s < n; s++) {
            for (int k = 0; k < noise.length; k++) {
                noise[k] = random.nextGaussian();
            }
            for (int i = 0; i < d; i++) {
                x[i] = 0;
                for (int k = 0; k < noise.length; k++) {
                    x[i] += map[i][k] * noise[k];
                }
            }
            moments.add(x, 0);
        }
        return moments;
    }

    private static Decomposition decompose(
            double[] covariance, int[] sizes, double n, PidDefinition definition) {
        return GaussianPid.decompose(
                covariance, NAMES.subList(0, sizes.length), sizes, n, definition);
    }

    private static int[] sizes(Random random, int k) {
        int[] sizes = new int[k];
        for (int m = 0; m < k; m++) {
            sizes[m] = 1 + random.nextInt(4);
        }
        return sizes;
    }

    private static int dimension(int[] sizes) {
        return offset(sizes, sizes.length);
    }

    private static int offset(int[] sizes, int modality) {
        int offset = 1;
        for (int m = 0; m < modality; m++) {
            offset += sizes[m];
        }
        return offset;
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
