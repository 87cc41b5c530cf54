package io.pidstream.forecast;

import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import io.pidstream.stats.PrequentialMetrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Feeds a real stream to the learners in the order of the pipeline: per slot all frames, then all
 * labels that have become known; test, then train.
 */
final class StreamRun {
    /** What is switched on. */
    record Variant(boolean fleet, boolean asset, boolean history, long delayPeriods) {
        static final Variant DEFAULT = new Variant(true, true, false, 0);

        Variant withHistory() {
            return new Variant(fleet, asset, true, delayPeriods);
        }

        Variant withDelay(long periods) {
            return new Variant(fleet, asset, history, periods);
        }
    }

    private record Pending(
            RealStream.Row row, ModalitySet present, double[] latents, Forecast forecast) {}

    private static final int WARM_UP = 200;
    static final int WARM_UP_OVERALL = 600;

    private final RealStream stream;
    private final Variant variant;
    private final LearnerSettings settings;
    private final FeatureLayout layout;
    private final FleetLearner fleet;
    private final Map<String, AssetLearner> assets = new TreeMap<>();
    private final Map<String, double[]> lastKnown = new HashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();

    private final Map<String, PrequentialMetrics> perAsset = new TreeMap<>();
    private final PrequentialMetrics afterWarmUp = new PrequentialMetrics();
    private double[] expertErrors;
    private int rows;

    private StreamRun(RealStream stream, Variant variant) {
        this.stream = stream;
        this.variant = variant;
        settings = settings(stream, variant.history());
        layout = new FeatureLayout(settings);
        fleet = new FleetLearner(settings, variant.fleet());
    }

    static LearnerSettings settings(RealStream stream, boolean history) {
        Map<String, List<String>> channels = new LinkedHashMap<>(stream.channels());
        if (history) {
            channels.put("history", List.of("last", "age"));
        }
        List<Duration> halfLives =
                LongStream.of(30, 100, 300, 1000, 5000)
                        .mapToObj(RealStream.PERIOD::multipliedBy)
                        .toList();
        return new LearnerSettings(
                List.of("y"),
                List.copyOf(channels.keySet()),
                List.copyOf(channels.values()),
                RealStream.PERIOD,
                halfLives,
                RealStream.PERIOD.multipliedBy(1000),
                200,
                List.of(0.9),
                PidDefinition.MMI,
                history,
                0);
    }

    static StreamRun of(RealStream stream, Variant variant) {
        StreamRun run = new StreamRun(stream, variant);
        run.run();
        return run;
    }

    /** Runs of several variants, on all processors. */
    static List<StreamRun> all(RealStream stream, Variant... variants) {
        return Arrays.stream(variants).parallel().map(variant -> of(stream, variant)).toList();
    }

    private void run() {
        List<RealStream.Row> all = stream.rows();
        int from = 0;
        while (from < all.size()) {
            long slot = all.get(from).time();
            labelsBefore(slot);
            int to = from;
            while (to < all.size() && all.get(to).time() == slot) {
                frame(all.get(to++));
            }
            from = to;
        }
    }

    private void frame(RealStream.Row row) {
        double[] latents = Arrays.copyOf(row.values(), layout.features());
        ModalitySet present = row.present();
        double[] last = lastKnown.get(row.asset());
        if (variant.history() && last != null) {
            present = present.with(settings.modalities().size() - 1);
            latents[latents.length - 2] = last[0];
            latents[latents.length - 1] = (row.time() - last[1]) / RealStream.PERIOD.toMillis();
        }
        List<FleetForecast> ofFleet =
                variant.fleet() ? fleet.predict(row.time(), present, latents) : List.of();
        AssetLearner asset =
                assets.computeIfAbsent(
                        row.asset(), name -> new AssetLearner(settings, variant.asset()));
        Forecast forecast = asset.predict(row.time(), present, latents, ofFleet).get(0);
        int count = seen.merge(row.asset(), 1, Integer::sum);
        rows++;
        if (Double.isNaN(row.target())) {
            return;
        }
        pending.add(new Pending(row, present, latents, forecast));
        if (forecast.isKnown() && rows > WARM_UP_OVERALL) {
            add(afterWarmUp, forecast, row.target());
        }
        if (forecast.isKnown() && count > WARM_UP) {
            add(
                    perAsset.computeIfAbsent(row.asset(), name -> new PrequentialMetrics()),
                    forecast,
                    row.target());
            scoreExperts(forecast, row.target());
        }
    }

    /** Scores a forecast with all that it said. */
    static void add(PrequentialMetrics metrics, Forecast forecast, double target) {
        metrics.add(
                target,
                forecast.prediction(),
                forecast.lower(),
                forecast.upper(),
                forecast.uncertainty().expectedError(),
                Arrays.stream(forecast.uncertainty().narrower()).boxed().toList());
    }

    private void scoreExperts(Forecast forecast, double target) {
        if (expertErrors == null) {
            expertErrors = new double[forecast.experts().length];
        }
        for (int e = 0; e < expertErrors.length; e++) {
            expertErrors[e] += Math.abs(target - forecast.prediction() - forecast.experts()[e]);
        }
    }

    private void labelsBefore(long slot) {
        long delay = RealStream.PERIOD.multipliedBy(variant.delayPeriods()).toMillis();
        while (!pending.isEmpty() && pending.peek().row().time() + delay < slot) {
            long instant = pending.peek().row().time();
            List<Pending> due = new ArrayList<>();
            while (!pending.isEmpty() && pending.peek().row().time() == instant) {
                due.add(pending.poll());
            }
            due.sort((a, b) -> a.row().asset().compareTo(b.row().asset()));
            learn(due);
        }
    }

    private void learn(List<Pending> due) {
        List<LabelledFeatures> together = new ArrayList<>();
        for (Pending p : due) {
            RealStream.Row row = p.row();
            together.add(
                    new LabelledFeatures(
                            row.asset(),
                            row.time(),
                            p.present(),
                            p.latents(),
                            new double[] {row.target()}));
            assets.get(row.asset())
                    .learn(
                            row.time(),
                            p.present(),
                            p.latents(),
                            new double[] {row.target()},
                            List.of(p.forecast()));
            lastKnown.put(row.asset(), new double[] {row.target(), row.time()});
        }
        fleet.learn(together);
    }

    /** Of all assets, the first rows of each left out. */
    PrequentialMetrics total() {
        PrequentialMetrics total = new PrequentialMetrics();
        perAsset.values().forEach(total::merge);
        return total;
    }

    Map<String, PrequentialMetrics> perAsset() {
        return perAsset;
    }

    /** Of all assets, the first rows of the file left out. */
    PrequentialMetrics afterWarmUp() {
        return afterWarmUp;
    }

    /** Error of the best half-life in hindsight, without correction of its level. */
    double bestHalfLife() {
        double best = Double.POSITIVE_INFINITY;
        // The fleet's experts come first.
        int first = variant.fleet() ? 0 : expertErrors.length / 2;
        for (int e = first; e < expertErrors.length; e += LevelCorrections.VARIANTS) {
            best = Math.min(best, expertErrors[e]);
        }
        return best / total().count();
    }

    RollingExplanation fleetExplanation() {
        return fleet.explanation();
    }
}
