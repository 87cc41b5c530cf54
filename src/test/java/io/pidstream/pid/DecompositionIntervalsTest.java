package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.stats.Moments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DecompositionIntervalsTest {
    private static final double EXACT = Double.POSITIVE_INFINITY;
    private static final double LN_2 = Math.log(2);
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");

    /** Runs of a coverage test, and 3.3 standard deviations of a share of 0.95 in that many. */
    private static final int RUNS = 600;

    private static final double LEEWAY = 3.3 * Math.sqrt(0.95 * 0.05 / RUNS);

    /** Target, and two sources that know the same amount about it: ½ log₂ 2. */
    private static final double[] EQUAL = {1, 1, 1, 1, 2, 1, 1, 1, 2};

    @Property(tries = 60, seed = "1")
    void containTheEstimateAndNothingNegative(
            @ForAll long seed,
            @ForAll PidDefinition definition,
            @ForAll @IntRange(min = 2, max = 6) int k,
            @ForAll @IntRange(min = 1, max = 100_000) int samples) {
        Random random = new Random(seed);
        int[] sizes = sizes(random, k);
        double n = 2 * dimension(sizes) + samples;
        // An Estimate checks that it lies between its ends, and the lower end is not negative.
        DecompositionIntervals intervals = intervals(sampled(random, sizes), sizes, n, definition);
        Decomposition decomposition = intervals.decomposition();
        assertThat(bits(intervals.information())).isEqualTo(decomposition.information().asMap());
        assertThat(bits(intervals.shapley())).isEqualTo(decomposition.shapley());
        assertThat(bits(intervals.conditional())).isEqualTo(decomposition.conditional());
        intervals
                .atoms()
                .forEach(
                        (name, atoms) -> {
                            Atoms expected = decomposition.atoms().get(name);
                            assertThat(atoms.unique().bits()).isEqualTo(expected.unique());
                            assertThat(atoms.rest().bits()).isEqualTo(expected.rest());
                            assertThat(atoms.redundant().bits()).isEqualTo(expected.redundant());
                            assertThat(atoms.synergistic().bits())
                                    .isEqualTo(expected.synergistic());
                        });
        assertThat(intervals.atoms().keySet()).containsExactlyElementsOf(NAMES.subList(0, k));
    }

    private static Map<String, Double> bits(Map<String, Estimate> estimates) {
        Map<String, Double> bits = new LinkedHashMap<>();
        estimates.forEach((name, estimate) -> bits.put(name, estimate.bits()));
        return bits;
    }

    @Property(tries = 60, seed = "1")
    void moreSamplesMakeThemNarrower(
            @ForAll long seed,
            @ForAll PidDefinition definition,
            @ForAll @IntRange(min = 2, max = 4) int k) {
        Random random = new Random(seed);
        int[] sizes = sizes(random, k);
        double[] covariance = sampled(random, sizes);
        List<Estimate> few = all(intervals(covariance, sizes, 300, definition));
        List<Estimate> many = all(intervals(covariance, sizes, 30_000, definition));
        for (int i = 0; i < few.size(); i++) {
            assertThat(many.get(i).upper() - many.get(i).lower())
                    .isLessThanOrEqualTo(few.get(i).upper() - few.get(i).lower());
        }
    }

    @Property(tries = 30, seed = "1")
    void anExactCovarianceLeavesNoDoubt(@ForAll long seed, @ForAll PidDefinition definition) {
        Random random = new Random(seed);
        int[] sizes = sizes(random, 3);
        for (Estimate e : all(intervals(sampled(random, sizes), sizes, EXACT, definition))) {
            assertThat(e.standardError()).isZero();
            assertThat(e.lower()).isEqualTo(e.bits());
            assertThat(e.upper()).isEqualTo(e.bits());
        }
    }

    @Test
    void theStandardErrorIsNotZeroWhereTheInformationIs() {
        double[] independent = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        DecompositionIntervals intervals =
                intervals(independent, new int[] {1, 1}, 500, PidDefinition.MMI);
        // n I is half a chi-square of one degree of freedom: variance ½.
        assertThat(intervals.information(ModalitySet.of(0)).standardError())
                .isCloseTo(Math.sqrt(0.5) / 500 / LN_2, within(1e-5));
        assertThat(intervals.decomposition().standardError().get(ModalitySet.of(0))).isZero();
        assertThat(intervals.information(ModalitySet.of(0)).lower()).isZero();
        assertThat(intervals.information(ModalitySet.of(0)).upper()).isNotNegative();
    }

    @Test
    void farFromZeroTheyAreNormal() {
        DecompositionIntervals intervals =
                intervals(EQUAL, new int[] {1, 1}, 100_000, PidDefinition.MMI);
        Estimate information = intervals.information(ModalitySet.of(0));
        double error = Math.sqrt(0.5 / 100_000) / LN_2;
        assertThat(information.standardError()).isCloseTo(error, within(1e-3 * error));
        assertThat(information.lower())
                .isCloseTo(information.bits() - 1.96 * error, within(0.02 * error));
        assertThat(information.upper())
                .isCloseTo(information.bits() + 1.96 * error, within(0.02 * error));
    }

    @Test
    void atTheKinkBothBranchesCount() {
        // The first source seems to know a little more; the second is less certain the other way.
        double[] covariance = {1, 1, 1, 1, 1.9, 1, 1, 1, 2};
        DecompositionIntervals intervals =
                intervals(covariance, new int[] {1, 1}, 200, PidDefinition.MMI);
        AtomEstimates atoms = intervals.atoms().get("a");
        Estimate first = intervals.information(ModalitySet.of(0));
        Estimate second = intervals.information(ModalitySet.of(1));
        assertThat(atoms.redundant().lower()).isEqualTo(Math.min(first.lower(), second.lower()));
        assertThat(atoms.redundant().upper()).isEqualTo(Math.min(first.upper(), second.upper()));
        assertThat(atoms.synergistic().upper())
                .isEqualTo(
                        Math.min(
                                intervals.lost(ModalitySet.of(0)).upper(),
                                intervals.lost(ModalitySet.of(1)).upper()));
        // Which of the two is the unique one is open.
        assertThat(atoms.unique().bits()).isPositive();
        assertThat(atoms.unique().lower()).isZero();
        assertThat(atoms.rest().bits()).isZero();
        assertThat(atoms.rest().upper()).isPositive();
        assertThat(intervals.atoms().get("b").unique().upper())
                .isCloseTo(atoms.rest().upper(), within(1e-9));
    }

    @Test
    void ofPairsLeaveTheOtherModalitiesOut() {
        Random random = new Random(5);
        int[] sizes = {2, 2, 1};
        double[] covariance = sampled(random, sizes);
        double[] pair = new double[25];
        for (int i = 0; i < 5; i++) {
            System.arraycopy(covariance, i * 6, pair, i * 5, 5);
        }
        AtomEstimates within3 =
                intervals(covariance, sizes, 90, PidDefinition.MMI)
                        .between(ModalitySet.of(0), ModalitySet.of(1));
        AtomEstimates alone =
                intervals(pair, new int[] {2, 2}, 90, PidDefinition.MMI).atoms().get("a");
        assertThat(within3.redundant().lower()).isCloseTo(alone.redundant().lower(), within(1e-6));
        assertThat(within3.unique().upper()).isCloseTo(alone.unique().upper(), within(1e-6));
        assertThat(within3.synergistic().upper())
                .isCloseTo(alone.synergistic().upper(), within(1e-6));
    }

    @Test
    void aModalityWithoutAChannelOfItsOwnHasNothingToEstimate() {
        // b is a copy of a; c is constant.
        double[] covariance = {2, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0};
        DecompositionIntervals intervals =
                intervals(covariance, new int[] {1, 1, 1}, 100, PidDefinition.MMI);
        assertThat(intervals.lost(ModalitySet.of(1))).isEqualTo(new Estimate(0, 0, 0, 0));
        assertThat(intervals.information(ModalitySet.of(2))).isEqualTo(new Estimate(0, 0, 0, 0));
        assertThat(intervals.shapley().get("c").upper()).isZero();
        assertThat(intervals.shapley().get("a").lower()).isPositive();
    }

    @Test
    void containTheTruthAsOftenAsTheySay() {
        for (double[] strength : new double[][] {{0, 0}, {0.5, 0.5}, {0.5, 0}, {1, 0.4}}) {
            Map<String, Integer> inside = new TreeMap<>();
            Random random = new Random(20260101);
            int[] sizes = {4, 4};
            double[][] map = Covariances.identity(9);
            map[0][1] = strength[0];
            map[0][5] = strength[1];
            Decomposition truth =
                    GaussianPid.decompose(
                            Covariances.ofMap(map, 9),
                            NAMES.subList(0, 2),
                            sizes,
                            EXACT,
                            PidDefinition.MMI);
            for (int run = 0; run < RUNS; run++) {
                Moments moments = GaussianPidTest.sample(map, 9, 150, random);
                DecompositionIntervals intervals =
                        intervals(moments.covariance(), sizes, 150, PidDefinition.MMI);
                count(
                        inside,
                        "exact I",
                        intervals.information(ModalitySet.of(0, 1)),
                        truth.information().all());
                count(
                        inside,
                        "exact lost",
                        intervals.lost(ModalitySet.of(1)),
                        truth.conditional().get("b"));
                count(inside, "shapley", intervals.shapley().get("a"), truth.shapley().get("a"));
                AtomEstimates atoms = intervals.atoms().get("a");
                Atoms exact = truth.atoms().get("a");
                count(inside, "unique", atoms.unique(), exact.unique());
                count(inside, "rest", atoms.rest(), exact.rest());
                count(inside, "redundant", atoms.redundant(), exact.redundant());
                count(inside, "synergistic", atoms.synergistic(), exact.synergistic());
            }
            inside.forEach(
                    (name, count) -> {
                        double share = (double) count / RUNS;
                        assertThat(share).as(name).isGreaterThan(0.95 - LEEWAY);
                        if (name.startsWith("exact")) {
                            assertThat(share).as(name).isLessThan(0.95 + LEEWAY);
                        }
                    });
        }
    }

    private static void count(
            Map<String, Integer> inside, String name, Estimate estimate, double truth) {
        boolean contained = estimate.lower() <= truth + 1e-12 && truth - 1e-12 <= estimate.upper();
        inside.merge(name, contained ? 1 : 0, Integer::sum);
    }

    @Test
    void refusesWhatHasNoIntervals() {
        Decomposition undefined =
                GaussianPid.decompose(
                        EQUAL, NAMES.subList(0, 2), new int[] {1, 1}, 3, PidDefinition.MMI);
        assertThatThrownBy(
                        () -> DecompositionIntervals.of(EQUAL, new int[] {1, 1}, undefined, 0.95))
                .hasMessageContaining("too few samples");
        Decomposition defined =
                GaussianPid.decompose(
                        EQUAL, NAMES.subList(0, 2), new int[] {1, 1}, 50, PidDefinition.MMI);
        assertThatThrownBy(() -> DecompositionIntervals.of(EQUAL, new int[] {2}, defined, 0.95))
                .hasMessage("1 sizes for the modalities [a, b]");
        assertThatThrownBy(() -> DecompositionIntervals.of(EQUAL, new int[] {1, 1}, defined, 1))
                .hasMessageContaining("confidence is 1.0");
        DecompositionIntervals intervals =
                DecompositionIntervals.of(EQUAL, new int[] {1, 1}, defined, 0.9);
        assertThat(intervals.confidence()).isEqualTo(0.9);
        assertThatThrownBy(() -> intervals.between(ModalitySet.of(0), ModalitySet.of(0, 1)))
                .hasMessageContaining("subsets [0] and [0, 1]");
        assertThatThrownBy(() -> new Estimate(1, 0.1, 1.5, 2)).hasMessageContaining("1.5");
    }

    private static List<Estimate> all(DecompositionIntervals intervals) {
        List<Estimate> all = new ArrayList<>(intervals.information().values());
        all.addAll(intervals.conditional().values());
        all.addAll(intervals.shapley().values());
        for (AtomEstimates atoms : intervals.atoms().values()) {
            all.addAll(
                    List.of(atoms.unique(), atoms.rest(), atoms.redundant(), atoms.synergistic()));
        }
        return all;
    }

    private static DecompositionIntervals intervals(
            double[] covariance, int[] sizes, double n, PidDefinition definition) {
        return DecompositionIntervals.of(
                covariance,
                sizes,
                GaussianPid.decompose(
                        covariance, NAMES.subList(0, sizes.length), sizes, n, definition),
                0.95);
    }

    private static double[] sampled(Random random, int[] sizes) {
        return Covariances.random(random, dimension(sizes));
    }

    private static int[] sizes(Random random, int k) {
        int[] sizes = new int[k];
        for (int m = 0; m < k; m++) {
            sizes[m] = 1 + random.nextInt(4);
        }
        return sizes;
    }

    private static int dimension(int[] sizes) {
        int dimension = 1;
        for (int size : sizes) {
            dimension += size;
        }
        return dimension;
    }
}
