package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.stats.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Intervals of a target of several dimensions, and what they are made of. */
class VectorIntervalsTest {
    private static final List<String> NAMES = List.of("a", "b");
    private static final int[] SIZES = {2, 2};

    @Test
    void informationsOfIndependentSubsystemsVaryIndependently() {
        double[] one = Covariances.random(new Random(1), 5);
        double[] two = Covariances.random(new Random(2), 5);
        double[] both = apart(one, two);
        InformationCovariance ofOne = InformationCovariance.of(one, SIZES);
        InformationCovariance ofTwo = InformationCovariance.of(two, SIZES);
        InformationCovariance ofBoth = InformationCovariance.of(both, 2, new int[] {4, 4});
        for (ModalitySet s : ModalitySet.nonEmptySubsets(2)) {
            assertThat(ofBoth.nats(s)).isCloseTo(ofOne.nats(s) + ofTwo.nats(s), within(1e-12));
            for (ModalitySet t : ModalitySet.nonEmptySubsets(2)) {
                assertThat(ofBoth.covariance(s, t))
                        .isCloseTo(ofOne.covariance(s, t) + ofTwo.covariance(s, t), within(1e-11));
            }
        }
    }

    /** [targets, channels of a, channels of b] of two systems that do not know each other. */
    private static double[] apart(double[] one, double[] two) {
        int[] place = {0, 2, 3, 6, 7, 1, 4, 5, 8, 9};
        double[] both = new double[100];
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                both[place[i] * 10 + place[j]] = one[i * 5 + j];
                both[place[5 + i] * 10 + place[5 + j]] = two[i * 5 + j];
            }
        }
        return both;
    }

    @Test
    void theVarianceOfSquaresIsThatOfTheInformations() {
        InformationCovariance covariance =
                InformationCovariance.of(Covariances.random(new Random(3), 7), 3, SIZES);
        double[] weights = {0, 0.5, -1.5, 2};
        ResidualSquares squares = new ResidualSquares(covariance);
        for (ModalitySet subset : ModalitySet.nonEmptySubsets(2)) {
            squares = squares.plusInformation(weights[subset.bits()], subset);
        }
        assertThat(squares.variance()).isCloseTo(covariance.natsVariance(weights), within(1e-11));
    }

    @Test
    void mixingTheDimensionsOfTheTargetChangesNothing() {
        double[] covariance = Covariances.random(new Random(4), 6);
        double[][] mixing = Covariances.identity(6);
        mixing[0][1] = 0.7;
        mixing[1][0] = -2;
        double[] mixed = Covariances.mapped(mixing, covariance);
        for (PidDefinition definition : PidDefinition.values()) {
            assertSame(
                    intervals(covariance, 2, 300, definition),
                    intervals(mixed, 2, 300, definition));
        }
    }

    private static void assertSame(DecompositionIntervals one, DecompositionIntervals two) {
        assertSame(one.information(), two.information());
        assertSame(one.shapley(), two.shapley());
        assertSame(one.conditional(), two.conditional());
        assertSame(atoms(one), atoms(two));
    }

    private static void assertSame(Map<String, Estimate> one, Map<String, Estimate> two) {
        assertThat(two.keySet()).isEqualTo(one.keySet());
        one.forEach(
                (name, estimate) -> {
                    Estimate other = two.get(name);
                    assertThat(other.lower()).as(name).isCloseTo(estimate.lower(), within(1e-6));
                    assertThat(other.upper()).as(name).isCloseTo(estimate.upper(), within(1e-6));
                    assertThat(other.standardError())
                            .as(name)
                            .isCloseTo(estimate.standardError(), within(1e-6));
                });
    }

    private static Map<String, Estimate> atoms(DecompositionIntervals intervals) {
        AtomEstimates of = intervals.atoms().get("a");
        return Map.of(
                "unique", of.unique(),
                "rest", of.rest(),
                "redundant", of.redundant(),
                "synergistic", of.synergistic());
    }

    @Test
    void theFirstSourceAgainstTheSecondIsTheSecondAgainstTheFirst() {
        double[] covariance = Covariances.random(new Random(5), 6);
        for (PidDefinition definition : PidDefinition.values()) {
            DecompositionIntervals intervals = intervals(covariance, 2, 300, definition);
            AtomEstimates a = intervals.between(ModalitySet.of(0), ModalitySet.of(1));
            AtomEstimates b = intervals.between(ModalitySet.of(1), ModalitySet.of(0));
            assertClose(a.unique(), b.rest());
            assertClose(a.rest(), b.unique());
            assertClose(a.redundant(), b.redundant());
            assertClose(a.synergistic(), b.synergistic());
        }
    }

    private static void assertClose(Estimate one, Estimate two) {
        assertThat(two.bits()).isCloseTo(one.bits(), within(1e-12));
        assertThat(two.lower()).isCloseTo(one.lower(), within(1e-6));
        assertThat(two.upper()).isCloseTo(one.upper(), within(1e-6));
    }

    @Test
    void intervalsShrinkWithTheRootOfTheSamples() {
        double[] covariance = Covariances.random(new Random(6), 6);
        for (PidDefinition definition : PidDefinition.values()) {
            Map<String, Estimate> few = atoms(intervals(covariance, 2, 1e6, definition));
            Map<String, Estimate> many = atoms(intervals(covariance, 2, 1e8, definition));
            few.forEach(
                    (name, estimate) -> {
                        double width = estimate.upper() - estimate.lower();
                        double narrow = many.get(name).upper() - many.get(name).lower();
                        assertThat(narrow).as(name).isBetween(0.08 * width, 0.12 * width + 1e-12);
                    });
        }
    }

    /**
     * 800 samples of fixed seeds: 95 % leaves ± 1.5 % for three deviations; ties are the hardest.
     */
    @Test
    void intervalsContainTheTruthAsOftenAsTheySay() {
        double[][] advantages = {{0.7, 0, 0, 0.7}, {0.4, 0.4, 0.4, 0.4}, {1, 0.4, 0.2, 0.5}};
        for (double[] of : advantages) {
            Map<String, Integer> inside = new TreeMap<>();
            double[] exact = model(of);
            Map<String, Estimate> truth =
                    atoms(intervals(exact, 2, Double.POSITIVE_INFINITY, PidDefinition.MMI));
            int runs = 800;
            Random random = new Random(7);
            for (int run = 0; run < runs; run++) {
                double[] sample = sample(of, 300, random);
                DecompositionIntervals intervals = intervals(sample, 2, 300, PidDefinition.MMI);
                atoms(intervals)
                        .forEach(
                                (name, estimate) -> {
                                    double bits = truth.get(name).bits();
                                    boolean in =
                                            estimate.lower() <= bits + 1e-12
                                                    && bits - 1e-12 <= estimate.upper();
                                    inside.merge(name, in ? 1 : 0, Integer::sum);
                                });
            }
            inside.forEach(
                    (name, count) ->
                            assertThat(count / (double) runs)
                                    .as("%s of %s", name, Arrays.toString(of))
                                    .isGreaterThan(0.92));
        }
    }

    /** y_k = a_k x_k + b_k x'_k + noise; a is the first two of the four numbers, b the others. */
    private static double[] model(double[] of) {
        double[] covariance = new double[36];
        for (int i = 0; i < 6; i++) {
            covariance[i * 6 + i] = 1;
        }
        for (int k = 0; k < 2; k++) {
            covariance[k * 7] = 1 + of[k] * of[k] + of[2 + k] * of[2 + k];
            for (int source = 0; source < 2; source++) {
                int channel = 2 + 2 * source + k;
                covariance[k * 6 + channel] = of[2 * source + k];
                covariance[channel * 6 + k] = of[2 * source + k];
            }
        }
        return covariance;
    }

    private static double[] sample(double[] of, int rows, Random random) {
        Moments moments = new Moments(6, Moments.NO_DECAY);
        double[] row = new double[6];
        for (int r = 0; r < rows; r++) {
            for (int i = 2; i < 6; i++) {
                row[i] = random.nextGaussian();
            }
            for (int k = 0; k < 2; k++) {
                row[k] = of[k] * row[2 + k] + of[2 + k] * row[4 + k] + random.nextGaussian();
            }
            moments.add(row, r);
        }
        return moments.covariance();
    }

    @Test
    void constantAndRepeatedDimensionsOfTheTargetMakeNoDifference() {
        double[] covariance = Covariances.random(new Random(8), 5);
        double[][] wider = new double[7][5];
        for (int i = 0; i < 5; i++) {
            wider[i == 0 ? 0 : i + 2][i] = 1;
        }
        wider[2][0] = 3;
        double[] more = Covariances.mapped(wider, covariance);
        DecompositionIntervals one = intervals(covariance, 1, 300, PidDefinition.MMI);
        DecompositionIntervals other = intervals(more, 3, 300, PidDefinition.MMI);
        assertSame(one.information(), other.information());
        assertSame(atoms(one), atoms(other));
    }

    @Test
    void fewerSamplesThanADecompositionNeedsHaveNoIntervals() {
        double[] covariance = Covariances.random(new Random(9), 6);
        Decomposition decomposition =
                GaussianPid.decompose(covariance, 2, NAMES, SIZES, 300, PidDefinition.MMI);
        assertThat(DecompositionIntervals.ifKnown(covariance, SIZES, decomposition, 9, 0.95))
                .isEqualTo(Optional.empty());
        assertThat(DecompositionIntervals.ifKnown(covariance, SIZES, decomposition, 10, 0.95))
                .isPresent();
    }

    @Test
    void subsetsThatWereNotDecomposedAreRefused() {
        double[] covariance = Covariances.random(new Random(10), 6);
        List<String> names = List.of("a", "b", "c", "d");
        int[] sizes = {1, 1, 1, 1};
        DecompositionIntervals intervals =
                DecompositionIntervals.of(
                        covariance,
                        sizes,
                        GaussianPid.decompose(covariance, 2, names, sizes, 300, PidDefinition.MMI),
                        0.95);
        assertThat(intervals.pairs().keySet())
                .containsExactly("a+b", "a+c", "a+d", "b+c", "b+d", "c+d");
        assertThatThrownBy(() -> intervals.between(ModalitySet.of(0, 1), ModalitySet.of(2, 3)))
                .hasMessageContaining("subsets [0, 1] and [2, 3] of [a, b, c, d]");
    }

    @Test
    void lossesOfSeveralTargetsAreOfTheGeometricMean() {
        // Each source knows one dimension, as well as the other knows the other.
        double[] covariance = model(new double[] {1, 0, 0, 1});
        ModalitySelection advice =
                ModalitySelection.ofRise(
                        intervals(covariance, 2, Double.POSITIVE_INFINITY, PidDefinition.MMI), 0.2);
        // Without a, the deviation of one of two errors grows from 1 to √2.
        assertThat(advice.without().get("a").residualRise())
                .isCloseTo(Math.sqrt(Math.sqrt(2)) - 1, within(1e-12));
        assertThat(advice.dispensable().orElseThrow().modalities()).hasSize(1);
    }

    @Test
    void theLawWithoutKnowledgeHasTheMeanThatIsCorrectedFor() {
        for (int targets = 1; targets <= 4; targets++) {
            SampleInformation law = SampleInformation.ofTargets(targets, 5, 60);
            assertThat(law.bias() / Math.log(2))
                    .isCloseTo(GaussianPid.bias(targets, 5, 60), within(1e-12));
        }
        assertThatThrownBy(() -> SampleInformation.ofTargets(2, 5, 7))
                .hasMessageContaining("5.0 channels and 2 target dimensions in 7.0 samples");
    }

    @Test
    void tiedDirectionsSpreadLikeEigenvaluesOfNoise() {
        // The larger of two: the mean of a Rayleigh variable, √(π/2) √½.
        assertThat(TiedDirections.meanOfLargest(1, 2))
                .isCloseTo(Math.sqrt(Math.PI) / 2, within(0.05));
        for (int m = 1; m <= 5; m++) {
            assertThat(TiedDirections.meanOfLargest(0, m)).isZero();
            assertThat(TiedDirections.meanOfLargest(m, m)).isZero();
            for (int k = 1; k < m; k++) {
                assertThat(TiedDirections.meanOfLargest(k, m))
                        .isCloseTo(TiedDirections.meanOfLargest(m - k, m), within(1e-9))
                        .isPositive();
            }
        }
        assertThatThrownBy(() -> TiedDirections.meanOfLargest(3, 2))
                .hasMessageContaining("3 of 2 directions");
    }

    private static DecompositionIntervals intervals(
            double[] covariance, int targets, double samples, PidDefinition definition) {
        return DecompositionIntervals.of(
                covariance,
                SIZES,
                GaussianPid.decompose(covariance, targets, NAMES, SIZES, samples, definition),
                0.95);
    }
}
