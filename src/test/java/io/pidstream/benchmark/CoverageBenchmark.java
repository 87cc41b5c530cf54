package io.pidstream.benchmark;

import io.pidstream.pid.AtomEstimates;
import io.pidstream.pid.Atoms;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.DecompositionIntervals;
import io.pidstream.pid.Estimate;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.IndependenceBand;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How often 95 % intervals contain the truth, by simulation; about six minutes on one core. Runs by
 * name only:
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) io.pidstream.benchmark.CoverageBenchmark
 * }</pre>
 *
 * Options: {@code --runs N} per line of the table (default 2000), {@code --json} for JSON lines,
 * and words that all must occur in the scenario's text, such as {@code equal} or {@code
 * memory=0.9}.
 */
public final class CoverageBenchmark {
    private static final double CONFIDENCE = 0.95;
    private static final List<String> NAMES = List.of("a", "b");

    private CoverageBenchmark() {}

    /** Prints the table. */
    public static void main(String[] args) {
        List<String> options = new ArrayList<>(Arrays.asList(args));
        boolean json = options.remove("--json");
        int at = options.indexOf("--runs");
        int runs = at < 0 ? 2000 : Integer.parseInt(options.get(at + 1));
        if (at >= 0) {
            options.subList(at, at + 2).clear();
        }
        boolean headed = json;
        for (CoverageScenario scenario : scenarios()) {
            if (options.stream().allMatch(scenario.toString()::contains)) {
                Map<String, Double> coverage = coverage(scenario, runs);
                if (!headed) {
                    System.out.println(heading(coverage));
                    headed = true;
                }
                System.out.println(
                        json ? json(scenario, runs, coverage) : line(scenario, coverage));
            }
        }
    }

    private static List<CoverageScenario> scenarios() {
        List<CoverageScenario> scenarios = new ArrayList<>();
        int[][] shapes = {
            {1, 100},
            {1, 1000},
            {1, 5000},
            {4, 100},
            {8, 100},
            {8, 256},
            {8, 1000},
            {8, 5000},
            {16, 100},
            {16, 256},
            {16, 1000},
            {16, 5000},
            {64, 1024}
        };
        for (int[] s : shapes) {
            addTruths(scenarios, s[0], s[1], 0, false);
        }
        for (int[] s : new int[][] {{1, 100}, {8, 256}, {16, 1000}}) {
            addTruths(scenarios, s[0], s[1], 0, true);
        }
        for (double memory : new double[] {0.5, 0.9}) {
            for (int[] s : new int[][] {{1, 5000}, {8, 2000}, {8, 5000}}) {
                addTruths(scenarios, s[0], s[1], memory, false);
            }
        }
        addTruths(scenarios, 8, 2000, 0.9, true);
        return scenarios;
    }

    private static void addTruths(
            List<CoverageScenario> to, int d, int n, double memory, boolean forgetting) {
        to.add(new CoverageScenario("independent", d, n, 0, 0, 0, memory, forgetting));
        to.add(new CoverageScenario("one weak", d, n, 0.2, 0, 0, memory, forgetting));
        to.add(new CoverageScenario("equal", d, n, 0.4, 0.4, 0, memory, forgetting));
        to.add(new CoverageScenario("redundant", d, n, 0.5, 0.4, 0.6, memory, forgetting));
        to.add(new CoverageScenario("strong", d, n, 2, 0.7, 0.3, memory, forgetting));
    }

    private static Map<String, Double> coverage(CoverageScenario scenario, int runs) {
        int[] sizes = {scenario.channels(), scenario.channels()};
        Map<String, Double> counts = new LinkedHashMap<>();
        Decomposition truth =
                decompose(
                        scenario.covariance(), sizes, Double.POSITIVE_INFINITY, PidDefinition.MMI);
        Decomposition idepTruth =
                decompose(
                        scenario.covariance(), sizes, Double.POSITIVE_INFINITY, PidDefinition.IDEP);
        Random random = random(scenario, 1);
        int defined = 0;
        for (int run = 0; run < runs; run++) {
            CoverageScenario.Sample sample = scenario.draw(random);
            double n = sample.effectiveSamples();
            Decomposition mmi = decompose(sample.covariance(), sizes, n, PidDefinition.MMI);
            if (mmi.isDefined()) {
                defined++;
                count(counts, intervals(sample, sizes, mmi), truth);
                Decomposition idep = decompose(sample.covariance(), sizes, n, PidDefinition.IDEP);
                countAtoms(
                        counts,
                        "idep ",
                        intervals(sample, sizes, idep).atoms().get("a"),
                        idepTruth.atoms().get("a"));
            }
        }
        double all = defined;
        counts.replaceAll((name, count) -> 100 * count / all);
        if (scenario.truth().equals("independent")) {
            band(counts, scenario, runs);
        }
        return counts;
    }

    /** Lines of the table are independent of each other, and each comes out the same every time. */
    private static Random random(CoverageScenario scenario, int use) {
        return new Random(31L * scenario.toString().hashCode() + use);
    }

    private static DecompositionIntervals intervals(
            CoverageScenario.Sample sample, int[] sizes, Decomposition decomposition) {
        return DecompositionIntervals.of(sample.covariance(), sizes, decomposition, CONFIDENCE);
    }

    private static Decomposition decompose(
            double[] covariance, int[] sizes, double n, PidDefinition definition) {
        return GaussianPid.decompose(covariance, NAMES, sizes, n, definition);
    }

    private static void count(
            Map<String, Double> counts, DecompositionIntervals intervals, Decomposition truth) {
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

    /** How often estimates from independent data stay within the band of independence. */
    private static void band(Map<String, Double> counts, CoverageScenario scenario, int runs) {
        int[] sizes = {scenario.channels(), scenario.channels()};
        Random random = random(scenario, 2);
        int[] within = new int[5];
        IndependenceBand band = null;
        for (int run = 0; run < runs; run++) {
            CoverageScenario.Sample sample = scenario.draw(random);
            double n = sample.effectiveSamples();
            if (band == null || band.effectiveSamples() != n) {
                band = IndependenceBand.of(sizes[0], sizes[1], n, CONFIDENCE);
            }
            Decomposition mmi = decompose(sample.covariance(), sizes, n, PidDefinition.MMI);
            Atoms atoms = mmi.atoms().get("a");
            within[0] += mmi.information().get(ModalitySet.of(0)) <= band.first() ? 1 : 0;
            within[1] += atoms.unique() <= band.unique() ? 1 : 0;
            within[2] += atoms.rest() <= band.rest() ? 1 : 0;
            within[3] += atoms.redundant() <= band.redundant() ? 1 : 0;
            within[4] += atoms.synergistic() <= band.synergistic() ? 1 : 0;
        }
        List<String> names = List.of("I", "U₁", "U₂", "R", "S");
        for (int i = 0; i < within.length; i++) {
            counts.put("band " + names.get(i), 100.0 * within[i] / runs);
        }
    }

    private static String heading(Map<String, Double> coverage) {
        List<String> columns = new ArrayList<>(coverage.keySet());
        return "| truth | d | n | rows | "
                + String.join(" | ", columns)
                + " |\n|"
                + " --- |".repeat(4 + columns.size());
    }

    private static String rows(CoverageScenario s) {
        String rows = s.memory() == 0 ? "independent" : "φ = " + s.memory();
        return s.forgetting() ? rows + ", forgetting" : rows;
    }

    private static String line(CoverageScenario s, Map<String, Double> coverage) {
        StringBuilder line = new StringBuilder("| " + s.truth() + " | " + s.channels());
        line.append(" | ").append(s.samples()).append(" | ").append(rows(s)).append(" |");
        coverage.values().forEach(v -> line.append(String.format(Locale.ROOT, " %.1f |", v)));
        return line.toString();
    }

    private static String json(CoverageScenario s, int runs, Map<String, Double> coverage) {
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        Locale.ROOT,
                        "{\"truth\":\"%s\",\"channels\":%d,\"samples\":%d,\"memory\":%s,"
                                + "\"forgetting\":%b,\"runs\":%d,\"coverage\":{",
                        s.truth(),
                        s.channels(),
                        s.samples(),
                        s.memory(),
                        s.forgetting(),
                        runs));
        String separator = "";
        for (Map.Entry<String, Double> entry : coverage.entrySet()) {
            line.append(separator).append('"').append(entry.getKey()).append("\":");
            line.append(String.format(Locale.ROOT, "%.2f", entry.getValue()));
            separator = ",";
        }
        return line.append("}}").toString();
    }
}
