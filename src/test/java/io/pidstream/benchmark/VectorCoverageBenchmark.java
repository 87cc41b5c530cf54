package io.pidstream.benchmark;

import io.pidstream.pid.AtomEstimates;
import io.pidstream.pid.Atoms;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.DecompositionIntervals;
import io.pidstream.pid.Estimate;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import io.pidstream.stats.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * {@link CoverageBenchmark} for targets of several dimensions: how often 95 % intervals contain the
 * truth, by simulation of independent rows; a few minutes on one core. Runs by name only, with the
 * same options but JSON.
 */
public final class VectorCoverageBenchmark {
    private static final double CONFIDENCE = 0.95;
    private static final List<String> NAMES = List.of("a", "b");

    private VectorCoverageBenchmark() {}

    /**
     * Target y = A x₁ + B x₂ + noise, A and B diagonal, on the first t channels of each; channel i
     * of one correlates by c with channel i of the other.
     *
     * @param truth what it is called in the table
     * @param first diagonal of A, [t]
     * @param second diagonal of B
     * @param common c
     */
    private record Scenario(
            String truth,
            int channels,
            int samples,
            double[] first,
            double[] second,
            double common) {
        int targets() {
            return first.length;
        }

        void mix(Random random, double[] row) {
            int t = targets();
            for (int i = 0; i < channels; i++) {
                double one = random.nextGaussian();
                row[t + i] = one;
                row[t + channels + i] =
                        common * one + Math.sqrt(1 - common * common) * random.nextGaussian();
            }
            for (int k = 0; k < t; k++) {
                row[k] =
                        first[k] * row[t + k]
                                + second[k] * row[t + channels + k]
                                + random.nextGaussian();
            }
        }

        double[] covariance() {
            int t = targets();
            int n = t + 2 * channels;
            double[] sigma = new double[n * n];
            for (int i = 0; i < n; i++) {
                sigma[i * n + i] = 1;
            }
            for (int i = 0; i < channels; i++) {
                put(sigma, n, t + i, t + channels + i, common);
            }
            for (int k = 0; k < t; k++) {
                double a = first[k];
                double b = second[k];
                sigma[k * n + k] = a * a + b * b + 2 * a * b * common + 1;
                put(sigma, n, k, t + k, a + b * common);
                put(sigma, n, k, t + channels + k, b + a * common);
            }
            return sigma;
        }

        private static void put(double[] matrix, int n, int i, int j, double value) {
            matrix[i * n + j] = value;
            matrix[j * n + i] = value;
        }

        @Override
        public String toString() {
            return truth + " t=" + targets() + " d=" + channels + " n=" + samples;
        }
    }

    /** Prints the table. */
    public static void main(String[] args) {
        List<String> options = new ArrayList<>(Arrays.asList(args));
        int at = options.indexOf("--runs");
        int runs = at < 0 ? 2000 : Integer.parseInt(options.get(at + 1));
        if (at >= 0) {
            options.subList(at, at + 2).clear();
        }
        boolean headed = false;
        for (Scenario scenario : scenarios()) {
            if (options.stream().allMatch(scenario.toString()::contains)) {
                Map<String, Double> coverage = coverage(scenario, runs);
                if (!headed) {
                    System.out.println(
                            "| truth | t | d | n | "
                                    + String.join(" | ", coverage.keySet())
                                    + " |\n|"
                                    + " --- |".repeat(4 + coverage.size()));
                    headed = true;
                }
                StringBuilder line =
                        new StringBuilder("| " + scenario.truth() + " | " + scenario.targets());
                line.append(" | ").append(scenario.channels());
                line.append(" | ").append(scenario.samples()).append(" |");
                coverage.values()
                        .forEach(v -> line.append(String.format(Locale.ROOT, " %.1f |", v)));
                System.out.println(line);
            }
        }
    }

    private static List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        int[][] shapes = {{2, 2, 100}, {2, 2, 1000}, {2, 8, 256}, {2, 8, 2000}, {4, 8, 500}};
        for (int[] s : shapes) {
            int t = s[0];
            add(scenarios, s, "independent", all(t, 0), all(t, 0), 0);
            add(scenarios, s, "a direction each", halves(t, 0.7, 0), halves(t, 0, 0.7), 0);
            add(scenarios, s, "equal", all(t, 0.4), all(t, 0.4), 0);
            add(scenarios, s, "half equal", halves(t, 1, 0.5), halves(t, 0.2, 0.5), 0.3);
            add(scenarios, s, "redundant", all(t, 0.5), all(t, 0.4), 0.6);
            add(scenarios, s, "strong", all(t, 2), halves(t, 0.7, 0.2), 0.3);
        }
        return scenarios;
    }

    private static void add(
            List<Scenario> to, int[] shape, String truth, double[] a, double[] b, double common) {
        to.add(new Scenario(truth, shape[1], shape[2], a, b, common));
    }

    private static double[] all(int t, double value) {
        double[] values = new double[t];
        Arrays.fill(values, value);
        return values;
    }

    private static double[] halves(int t, double first, double second) {
        double[] values = all(t, first);
        Arrays.fill(values, t / 2, t, second);
        return values;
    }

    private static Map<String, Double> coverage(Scenario scenario, int runs) {
        int[] sizes = {scenario.channels(), scenario.channels()};
        int t = scenario.targets();
        double exact = Double.POSITIVE_INFINITY;
        Decomposition truth = decompose(scenario.covariance(), t, sizes, exact, PidDefinition.MMI);
        Decomposition idepTruth =
                decompose(scenario.covariance(), t, sizes, exact, PidDefinition.IDEP);
        Map<String, Double> counts = new LinkedHashMap<>();
        Random random = new Random(31L * scenario.toString().hashCode());
        double[] row = new double[t + 2 * scenario.channels()];
        for (int run = 0; run < runs; run++) {
            Moments moments = new Moments(row.length, Moments.NO_DECAY);
            for (int r = 0; r < scenario.samples(); r++) {
                scenario.mix(random, row);
                moments.add(row, r);
            }
            double[] covariance = moments.covariance();
            Decomposition mmi =
                    decompose(covariance, t, sizes, scenario.samples(), PidDefinition.MMI);
            count(counts, covariance, sizes, mmi, truth);
            Decomposition idep =
                    decompose(covariance, t, sizes, scenario.samples(), PidDefinition.IDEP);
            countAtoms(
                    counts,
                    "idep ",
                    DecompositionIntervals.of(covariance, sizes, idep, CONFIDENCE).atoms().get("a"),
                    idepTruth.atoms().get("a"));
        }
        counts.replaceAll((name, count) -> 100 * count / runs);
        return counts;
    }

    private static Decomposition decompose(
            double[] covariance, int targets, int[] sizes, double n, PidDefinition definition) {
        return GaussianPid.decompose(covariance, targets, NAMES, sizes, n, definition);
    }

    private static void count(
            Map<String, Double> counts,
            double[] covariance,
            int[] sizes,
            Decomposition estimated,
            Decomposition truth) {
        DecompositionIntervals intervals =
                DecompositionIntervals.of(covariance, sizes, estimated, CONFIDENCE);
        count(
                counts,
                "I",
                intervals.information(ModalitySet.of(0)),
                truth.information().get(ModalitySet.of(0)));
        count(
                counts,
                "I all",
                intervals.information(ModalitySet.of(0, 1)),
                truth.information().get(ModalitySet.of(0, 1)));
        count(counts, "adds", intervals.lost(ModalitySet.of(1)), truth.conditional().get("b"));
        count(counts, "Shapley", intervals.shapley().get("a"), truth.shapley().get("a"));
        countAtoms(counts, "", intervals.atoms().get("a"), truth.atoms().get("a"));
    }

    private static void countAtoms(
            Map<String, Double> counts, String prefix, AtomEstimates atoms, Atoms truth) {
        count(counts, prefix + "U₁", atoms.unique(), truth.unique());
        count(counts, prefix + "U₂", atoms.rest(), truth.rest());
        count(counts, prefix + "R", atoms.redundant(), truth.redundant());
        count(counts, prefix + "S", atoms.synergistic(), truth.synergistic());
    }

    /** The truth is known to rounding. */
    private static void count(
            Map<String, Double> counts, String name, Estimate estimate, double truth) {
        boolean inside = estimate.lower() <= truth + 1e-12 && truth - 1e-12 <= estimate.upper();
        counts.merge(name, inside ? 1.0 : 0.0, Double::sum);
    }
}
