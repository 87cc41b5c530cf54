package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.stats.Moments;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LatticeIntervalsTest {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int[] SIZES = {2, 2, 2};

    @Test
    void everyAtomHasAnIntervalAroundIt() {
        double[] covariance = Covariances.random(new Random(1), 7);
        DecompositionIntervals intervals = intervals(covariance, 300);
        Map<String, Double> atoms = intervals.decomposition().lattice();
        assertThat(intervals.lattice().keySet()).containsExactlyElementsOf(atoms.keySet());
        intervals
                .lattice()
                .forEach(
                        (atom, estimate) -> {
                            assertThat(estimate.bits()).isEqualTo(atoms.get(atom));
                            assertThat(estimate.standardError()).as(atom).isPositive();
                            assertThat(estimate.upper()).as(atom).isPositive();
                        });
    }

    @Test
    void exactCovariancesHaveExactAtoms() {
        double[] covariance = Covariances.random(new Random(2), 7);
        intervals(covariance, Double.POSITIVE_INFINITY)
                .lattice()
                .forEach(
                        (atom, estimate) -> {
                            assertThat(estimate.lower()).isEqualTo(estimate.bits());
                            assertThat(estimate.upper()).isEqualTo(estimate.bits());
                        });
    }

    @Test
    void thereIsNoLatticeOfTwo() {
        double[] covariance = Covariances.random(new Random(3), 5);
        int[] sizes = {2, 2};
        Decomposition decomposition =
                GaussianPid.decompose(covariance, List.of("a", "b"), sizes, 300, PidDefinition.MMI);
        assertThat(DecompositionIntervals.of(covariance, sizes, decomposition, 0.95).lattice())
                .isEmpty();
    }

    /** 800 samples of a fixed seed; 95 % leaves ± 2.3 % for three deviations. */
    @Test
    void intervalsContainTheTruthAsOftenAsTheySay() {
        double[][] cases = {{1, 0.6, 0.3}, {0.5, 0.5, 0.5}};
        for (double[] slopes : cases) {
            double[] exact = model(slopes);
            Map<String, Estimate> truth = intervals(exact, Double.POSITIVE_INFINITY).lattice();
            Map<String, Integer> inside = new TreeMap<>();
            int runs = 800;
            Random random = new Random(4);
            for (int run = 0; run < runs; run++) {
                intervals(sample(slopes, 300, random), 300)
                        .lattice()
                        .forEach(
                                (atom, estimate) -> {
                                    double bits = truth.get(atom).bits();
                                    boolean in =
                                            estimate.lower() <= bits + 1e-12
                                                    && bits - 1e-12 <= estimate.upper();
                                    inside.merge(atom, in ? 1 : 0, Integer::sum);
                                });
            }
            inside.forEach(
                    (atom, count) ->
                            assertThat(count / (double) runs)
                                    .as("%s of %s", atom, List.of(slopes[0], slopes[1], slopes[2]))
                                    .isGreaterThan(0.92));
        }
    }

    /** y = Σ a xₘ + noise, xₘ the first channel of each modality. */
    private static double[] model(double[] slopes) {
        double[] covariance = new double[49];
        covariance[0] = 1;
        for (int i = 1; i < 7; i++) {
            covariance[i * 8] = 1;
        }
        for (int m = 0; m < 3; m++) {
            covariance[0] += slopes[m] * slopes[m];
            covariance[1 + 2 * m] = slopes[m];
            covariance[(1 + 2 * m) * 7] = slopes[m];
        }
        return covariance;
    }

    private static double[] sample(double[] slopes, int rows, Random random) {
        Moments moments = new Moments(7, Moments.NO_DECAY);
        double[] row = new double[7];
        for (int r = 0; r < rows; r++) {
            row[0] = random.nextGaussian();
            for (int i = 1; i < 7; i++) {
                row[i] = random.nextGaussian();
            }
            for (int m = 0; m < 3; m++) {
                row[0] += slopes[m] * row[1 + 2 * m];
            }
            moments.add(row, r);
        }
        return moments.covariance();
    }

    private static DecompositionIntervals intervals(double[] covariance, double samples) {
        return DecompositionIntervals.of(
                covariance,
                SIZES,
                GaussianPid.decompose(covariance, NAMES, SIZES, samples, PidDefinition.MMI),
                0.95);
    }
}
