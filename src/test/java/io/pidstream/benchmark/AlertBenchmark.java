package io.pidstream.benchmark;

import io.pidstream.detect.ContributionMonitor;
import io.pidstream.event.BlockStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/**
 * How soon detectors find shifts of contributions, and how often they cry wolf, side by side on the
 * same simulated streams; a quarter of an hour on one core. Runs by name only:
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) io.pidstream.benchmark.AlertBenchmark
 * }</pre>
 *
 * Options: {@code --frames N} labelled frames without any change, per memory (default 2,000,000);
 * {@code --runs N} per scenario (default 200); {@code --mean-blocks N} configured mean number of
 * blocks to a false alarm (default 1000); {@code --alone} leaves the peers out.
 */
public final class AlertBenchmark {
    private static final int CHANGE = 30;
    private static final int END = 70;
    private static final long HOUR = 3_600_000;
    private static final double SMALLEST_SHIFT = 0.05;

    private static long frames = 2_000_000;
    private static int runs = 200;
    private static double meanBlocks = 1000;

    private AlertBenchmark() {}

    /**
     * A way to make detectors of one kind.
     *
     * @param thresholds from the most to the least trigger-happy; the first is what its authors or
     *     users take
     */
    private record Family(
            String name, DoubleFunction<PeerDetectors.Detector> make, double... thresholds) {}

    /** What a detector came to in a scenario. */
    private static final class Score {
        private int found;
        private int named;
        private int dated;
        private int early;
        private final List<Integer> delays = new ArrayList<>();
    }

    /** Ours, as one of many; its last alarm is kept to be looked at. */
    private static final class Ours implements PeerDetectors.Detector {
        private final ContributionMonitor monitor = new ContributionMonitor(2, SMALLEST_SHIFT);

        @Override
        public boolean next(BlockStatistics block, double[][] rows) {
            return monitor.opens(block, Math.log(meanBlocks));
        }
    }

    /** Prints the tables. */
    public static void main(String[] args) {
        List<String> options = Arrays.asList(args);
        frames = (long) option(options, "--frames", frames);
        runs = (int) option(options, "--runs", runs);
        meanBlocks = option(options, "--mean-blocks", meanBlocks);
        Map<String, Supplier<PeerDetectors.Detector>> detectors = new LinkedHashMap<>();
        detectors.put("pidstream", Ours::new);
        System.out.printf(
                Locale.ROOT,
                "%nBlocks of %d frames, no change: alarms, and mean blocks between them (95 %%"
                        + " interval); configured %.0f%n",
                ShiftStream.BLOCK,
                meanBlocks);
        System.out.printf("%-44s %28s %28s %28s%n", "", "memory 0", "memory 0.5", "memory 0.9");
        stationary("pidstream", Ours::new);
        List<Family> peers = options.contains("--alone") ? List.of() : families();
        for (Family family : peers) {
            Supplier<PeerDetectors.Detector> usual =
                    () -> family.make().apply(family.thresholds()[0]);
            String name = family.name() + " " + family.thresholds()[0];
            detectors.put(name, usual);
            stationary(name, usual);
            double calibrated = calibrate(family);
            if (calibrated != family.thresholds()[0]) {
                String careful = family.name() + " " + calibrated + " (calibrated)";
                detectors.put(careful, () -> family.make().apply(calibrated));
                stationary(careful, detectors.get(careful));
            }
        }
        for (double memory : new double[] {0, 0.9}) {
            for (ShiftStream.Scenario scenario : ShiftStream.Scenario.values()) {
                if (scenario != ShiftStream.Scenario.NONE) {
                    compare(scenario, memory, detectors);
                }
            }
        }
    }

    private static double option(List<String> options, String name, double fallback) {
        int at = options.indexOf(name);
        return at < 0 ? fallback : Double.parseDouble(options.get(at + 1));
    }

    private static List<Family> families() {
        return List.of(
                new Family(
                        "ADWIN on the error, delta",
                        PeerDetectors::adwinOnErrors,
                        0.002,
                        1e-3,
                        1e-4,
                        1e-5,
                        1e-6,
                        1e-7,
                        1e-8,
                        1e-10,
                        1e-12,
                        1e-15,
                        1e-20),
                new Family(
                        "ADWIN on the share, delta",
                        PeerDetectors::adwinOnShares,
                        0.002,
                        1e-3,
                        1e-4,
                        1e-5,
                        1e-6,
                        1e-8),
                new Family(
                        "Page-Hinkley on the error, lambda",
                        PeerDetectors::pageHinkleyOnErrors,
                        50,
                        70,
                        100,
                        150,
                        200,
                        300,
                        500,
                        1000),
                new Family(
                        "Page-Hinkley on the share, lambda",
                        PeerDetectors::pageHinkleyOnShares,
                        0.1,
                        0.2,
                        0.3,
                        0.5,
                        0.7,
                        1,
                        1.5,
                        2),
                new Family(
                        "fixed rule on the share, deviations",
                        PeerDetectors::sigma,
                        3,
                        3.5,
                        4,
                        4.5,
                        5,
                        6,
                        8),
                new Family("nDCG of shares below", PeerDetectors::ndcg, 0.9),
                new Family(
                        "input drift, KS per channel above",
                        PeerDetectors::kolmogorovSmirnov,
                        1.95,
                        2.2,
                        2.5,
                        3,
                        4,
                        5,
                        6));
    }

    /** The most trigger-happy threshold that keeps to the configured rate, if any does. */
    private static double calibrate(Family family) {
        for (double threshold : family.thresholds()) {
            int alarms = 0;
            long blocks = 0;
            for (double memory : new double[] {0, 0.9}) {
                long of = frames / ShiftStream.BLOCK;
                alarms += alarms(() -> family.make().apply(threshold), memory, of, 77);
                blocks += of;
            }
            if (alarms == 0 || (double) blocks / alarms >= meanBlocks) {
                return threshold;
            }
        }
        return family.thresholds()[0];
    }

    private static int alarms(
            Supplier<PeerDetectors.Detector> make, double memory, long blocks, long seed) {
        ShiftStream stream = new ShiftStream(ShiftStream.Scenario.NONE, memory, 0, seed);
        PeerDetectors.Detector detector = make.get();
        int alarms = 0;
        for (long b = 0; b < blocks; b++) {
            if (detector.next(stream.next(), stream.rows())) {
                alarms++;
                detector = make.get();
            }
        }
        return alarms;
    }

    private static void stationary(String name, Supplier<PeerDetectors.Detector> make) {
        StringBuilder line = new StringBuilder("%-44s".formatted(name));
        long blocks = frames / ShiftStream.BLOCK;
        for (double memory : new double[] {0, 0.5, 0.9}) {
            int alarms = alarms(make, memory, blocks, 1);
            line.append(" %28s".formatted(rate(alarms, blocks)));
        }
        System.out.println(line);
    }

    /** Blocks per alarm, with the exact interval of a Poisson count. */
    private static String rate(int alarms, long blocks) {
        String mean = alarms == 0 ? "–" : "%.0f".formatted((double) blocks / alarms);
        double most = poissonUpper(alarms, 0.025);
        double least = alarms == 0 ? 0 : poissonUpper(alarms - 1, 0.975);
        return "%d: %s (%.0f–%s)"
                .formatted(
                        alarms,
                        mean,
                        blocks / most,
                        least == 0 ? "∞" : "%.0f".formatted(blocks / least));
    }

    /** The mean at which a Poisson count of at most n has probability p. */
    private static double poissonUpper(int n, double p) {
        double low = 0;
        double high = 10.0 * (n + 10);
        for (int i = 0; i < 100; i++) {
            double mean = (low + high) / 2;
            double term = Math.exp(-mean);
            double sum = term;
            for (int k = 1; k <= n; k++) {
                term *= mean / k;
                sum += term;
            }
            if (sum > p) {
                low = mean;
            } else {
                high = mean;
            }
        }
        return low;
    }

    private static void compare(
            ShiftStream.Scenario scenario,
            double memory,
            Map<String, Supplier<PeerDetectors.Detector>> makers) {
        Map<String, Score> scores = new LinkedHashMap<>();
        makers.keySet().forEach(name -> scores.put(name, new Score()));
        for (int run = 0; run < runs; run++) {
            ShiftStream stream = new ShiftStream(scenario, memory, CHANGE, 1000 + run);
            Map<String, PeerDetectors.Detector> running = new LinkedHashMap<>();
            makers.forEach((name, make) -> running.put(name, make.get()));
            Map<String, Boolean> done = new LinkedHashMap<>();
            for (int b = 0; b < END; b++) {
                BlockStatistics block = stream.next();
                for (String name : makers.keySet()) {
                    if (done.containsKey(name) || !running.get(name).next(block, stream.rows())) {
                        continue;
                    }
                    if (b < CHANGE) {
                        scores.get(name).early++;
                        running.put(name, makers.get(name).get());
                    } else {
                        done.put(name, true);
                        score(scores.get(name), running.get(name), b, scenario);
                    }
                }
            }
        }
        print(scenario, memory, scores);
    }

    private static void score(
            Score score,
            PeerDetectors.Detector detector,
            int block,
            ShiftStream.Scenario scenario) {
        score.found++;
        score.delays.add(block - CHANGE + 1);
        if (detector instanceof Ours ours) {
            boolean a = ours.monitor.named() == 0;
            boolean up = ours.monitor.isUp();
            boolean right =
                    switch (scenario) {
                        case R1 -> a && !up;
                        case R2 -> !a && !up;
                        default -> a != up;
                    };
            score.named += right ? 1 : 0;
            score.dated += Math.abs(ours.monitor.changeTime() / HOUR - CHANGE) <= 2 ? 1 : 0;
        }
    }

    private static void print(
            ShiftStream.Scenario scenario, double memory, Map<String, Score> scores) {
        System.out.printf(
                Locale.ROOT,
                "%n%s, memory %.1f, %d runs: %d blocks before the change, %d after%n",
                scenario,
                memory,
                runs,
                CHANGE,
                END - CHANGE);
        System.out.printf(
                "%-44s %8s %12s %14s %16s %14s%n",
                "", "found", "named right", "median delay", "time within 2", "false before");
        scores.forEach(
                (name, score) -> {
                    score.delays.sort(null);
                    boolean ours = name.equals("pidstream");
                    int found = Math.max(1, score.found);
                    System.out.printf(
                            Locale.ROOT,
                            "%-44s %7.1f%% %12s %14s %16s %14d%n",
                            name,
                            100.0 * score.found / runs,
                            ours ? percent(score.named, found) : "–",
                            score.found == 0
                                    ? "–"
                                    : score.delays.get((score.delays.size() - 1) / 2).toString(),
                            ours ? percent(score.dated, found) : "–",
                            score.early);
                });
    }

    private static String percent(int part, int of) {
        return String.format(Locale.ROOT, "%.1f%%", 100.0 * part / of);
    }
}
