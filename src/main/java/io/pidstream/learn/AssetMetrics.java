package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.forecast.Forecast;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.metric.Metric;
import io.pidstream.metric.RecentMean;
import io.pidstream.metric.StageMetrics;
import io.pidstream.metric.Value;
import io.pidstream.yardstick.Skill;
import io.pidstream.yardstick.YardstickErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;

/**
 * Metrics of prediction quality, over all assets of a subtask and for each configured asset, and
 * the explanations of the latter.
 */
final class AssetMetrics {
    private static final int RECENT_LABELS = 1000;

    private final StageMetrics metrics;
    private final Set<String> watched;
    private final List<String> targets;
    private final List<String> modalities;
    private final Counter learned;
    private final Counter unpredictable;
    private final Scope fleet;
    private final Map<String, Scope> assets = new HashMap<>();
    private final Map<String, ExplanationGauges> explanations = new HashMap<>();

    AssetMetrics(StageMetrics metrics, LearnerSettings settings) {
        this.metrics = metrics;
        this.watched = metrics.assets();
        this.targets = settings.targets();
        this.modalities = settings.modalities();
        learned = metrics.counter(Metric.LEARNED_LABELS);
        unpredictable = metrics.counter(Metric.FRAMES_WITHOUT_PREDICTION);
        fleet = new Scope(Metric.FLEET);
    }

    void learned() {
        learned.inc();
    }

    void unpredictable() {
        unpredictable.inc();
    }

    /** Records the predictions of a frame, one per target, of the active version or its shadow. */
    void predicted(String asset, boolean active, List<Forecast> made) {
        for (int t = 0; t < targets.size(); t++) {
            double expected = made.get(t).uncertainty().expectedError();
            fleet.of(t, active).expect(expected);
            if (watched.contains(asset)) {
                assets.computeIfAbsent(asset, Scope::new).of(t, active).expect(expected);
            }
        }
    }

    /** Records a prediction whose label has arrived, of the active version or of its shadow. */
    void scored(String asset, int target, boolean active, Forecast forecast, double value) {
        if (!forecast.isKnown()) {
            return;
        }
        fleet.of(target, active).add(forecast, value);
        if (watched.contains(asset)) {
            // Registered only in the asset's own subtask; the others would show empty metrics under
            // its name.
            assets.computeIfAbsent(asset, Scope::new).of(target, active).add(forecast, value);
        }
    }

    /** Records the explanation at the end of an asset's block. */
    void explained(Explanation explanation) {
        if (watched.contains(explanation.getAsset())) {
            explanations
                    .computeIfAbsent(
                            explanation.getAsset(),
                            asset -> new ExplanationGauges(metrics, asset, modalities))
                    .show(explanation);
        }
    }

    /** Scores of the active version and of its shadow, one per target. */
    private final class Scope {
        private final Scores[] active = new Scores[targets.size()];
        private final Scores[] shadow = new Scores[targets.size()];

        Scope(String name) {
            for (int t = 0; t < active.length; t++) {
                StageMetrics of =
                        metrics.labelled(Metric.SCOPE, name)
                                .labelled(Metric.TARGET, targets.get(t));
                active[t] = new Scores(of.labelled(Metric.VERSION, Metric.ACTIVE));
                shadow[t] = new Scores(of.labelled(Metric.VERSION, Metric.SHADOW));
            }
        }

        Scores of(int target, boolean ofActive) {
            return (ofActive ? active : shadow)[target];
        }
    }

    private static final class Scores {
        private final Counter scored;
        private final Counter covered;
        private final RecentMean error;
        private final RecentMean coverage;
        private final YardstickErrors yardsticks = new YardstickErrors(RECENT_LABELS);
        private final Value yardstickError;
        private final Value skill;
        private final Value skillBits;
        private final RecentMean expected;

        Scores(StageMetrics metrics) {
            scored = metrics.counter(Metric.SCORED_PREDICTIONS);
            covered = metrics.counter(Metric.COVERED_PREDICTIONS);
            yardstickError = metrics.value(Metric.YARDSTICK_MAE);
            skill = metrics.value(Metric.SKILL);
            skillBits = metrics.value(Metric.SKILL_BITS);
            error = metrics.recentMean(Metric.PREQUENTIAL_MAE, RECENT_LABELS);
            coverage = metrics.recentMean(Metric.INTERVAL_COVERAGE, RECENT_LABELS);
            expected = metrics.recentMean(Metric.EXPECTED_ERROR, RECENT_LABELS);
        }

        /** Ignored if NaN. */
        void expect(double error) {
            expected.add(error);
        }

        void add(Forecast forecast, double value) {
            boolean inside = forecast.lower() <= value && value <= forecast.upper();
            scored.inc();
            covered.inc(inside ? 1 : 0);
            error.add(Math.abs(value - forecast.prediction()));
            coverage.add(inside ? 1 : 0);
            yardsticks.add(value, forecast.prediction(), forecast.yardsticks());
            yardsticks.skill().ifPresent(this::show);
        }

        private void show(Skill newest) {
            yardstickError.set(yardsticks.meanAbsoluteError(newest.against()));
            skill.set(newest.share());
            skillBits.set(newest.bits());
        }
    }
}
