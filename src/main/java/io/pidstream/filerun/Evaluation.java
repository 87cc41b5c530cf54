package io.pidstream.filerun;

import io.pidstream.admit.Refusals;
import io.pidstream.avro.Alert;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Reading;
import io.pidstream.event.Fleet;
import io.pidstream.event.Score;
import io.pidstream.stats.PrequentialMetrics;
import io.pidstream.yardstick.YardstickErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of a file run.
 *
 * @param labels labelled frames
 * @param warmUp number of them, the first in event time, that are not scored
 * @param perTarget metrics over all scored labels, in the order of the configuration
 * @param yardsticks errors of simple predictors on the same labels, per target
 * @param perAsset metrics of every asset, of the first target
 * @param assetYardsticks errors of simple predictors for every asset, of the first target
 * @param explanations the last explanation of every asset and of the fleet
 * @param alerts the last state of every alert, in the order of opening
 * @param versions every state of every version that was made, without its parameters, in the order
 *     of event time
 * @param deadLetters why records were refused
 * @param late readings that came too late
 */
public record Evaluation(
        long labels,
        long warmUp,
        Map<String, PrequentialMetrics> perTarget,
        Map<String, YardstickErrors> yardsticks,
        Map<String, PrequentialMetrics> perAsset,
        Map<String, YardstickErrors> assetYardsticks,
        Map<String, Explanation> explanations,
        List<Alert> alerts,
        List<ModelVersion> versions,
        Refusals deadLetters,
        long late) {
    public static Evaluation of(FileRun run, long warmUp) throws IOException {
        Outputs outputs = run.outputs();
        List<String> targets = run.config().target().names();
        Map<String, PrequentialMetrics> perTarget = new LinkedHashMap<>();
        Map<String, YardstickErrors> yardsticks = new LinkedHashMap<>();
        for (String target : targets) {
            perTarget.put(target, new PrequentialMetrics());
            yardsticks.put(target, new YardstickErrors());
        }
        Map<String, PrequentialMetrics> perAsset = new TreeMap<>();
        Map<String, YardstickErrors> assetYardsticks = new TreeMap<>();
        long scores = 0;
        try (SortedRecords<Score> sorted = outputs.scores()) {
            for (Score score : sorted) {
                PrequentialMetrics ofAsset =
                        perAsset.computeIfAbsent(score.asset(), asset -> new PrequentialMetrics());
                YardstickErrors ofAssetsYardsticks =
                        assetYardsticks.computeIfAbsent(
                                score.asset(), asset -> new YardstickErrors());
                boolean scored =
                        ++scores > warmUp * targets.size() && !Double.isNaN(score.prediction());
                if (scored) {
                    String target = targets.get(score.index());
                    add(score, perTarget.get(target));
                    add(score, yardsticks.get(target));
                    if (score.index() == 0) {
                        add(score, ofAsset);
                        add(score, ofAssetsYardsticks);
                    }
                }
            }
        }
        return new Evaluation(
                scores / targets.size(),
                warmUp,
                perTarget,
                yardsticks,
                perAsset,
                assetYardsticks,
                lastExplanations(outputs),
                lastStates(outputs),
                versions(outputs),
                deadLetters(outputs),
                late(outputs));
    }

    private static void add(Score score, PrequentialMetrics metrics) {
        metrics.add(
                score.target(),
                score.prediction(),
                score.lower(),
                score.upper(),
                score.expectedError(),
                score.narrower());
    }

    private static void add(Score score, YardstickErrors errors) {
        errors.add(score.target(), score.prediction(), score.yardsticks());
    }

    private static Map<String, Explanation> lastExplanations(Outputs outputs) throws IOException {
        Map<String, Explanation> last = new TreeMap<>();
        try (SortedRecords<Explanation> explanations = outputs.explanations()) {
            explanations.forEach(explanation -> last.put(explanation.getAsset(), explanation));
        }
        return last;
    }

    /** One alert, one entry: its last transition, at the place of its first. */
    private static List<Alert> lastStates(Outputs outputs) throws IOException {
        Map<String, Alert> states = new LinkedHashMap<>();
        try (SortedRecords<Alert> alerts = outputs.alerts()) {
            alerts.forEach(alert -> states.put(alert.getId(), alert));
        }
        return List.copyOf(states.values());
    }

    /** Parameters are the bulk of a version and not reported. */
    private static List<ModelVersion> versions(Outputs outputs) throws IOException {
        List<ModelVersion> states = new ArrayList<>();
        try (SortedRecords<ModelVersion> versions = outputs.versions()) {
            for (ModelVersion version : versions) {
                version.setParameters(null);
                states.add(version);
            }
        }
        return states;
    }

    private static Refusals deadLetters(Outputs outputs) throws IOException {
        Refusals refusals = new Refusals();
        try (SortedRecords<DeadLetter> deadLetters = outputs.deadLetters()) {
            deadLetters.forEach(deadLetter -> refusals.add(deadLetter.getDetail()));
        }
        return refusals;
    }

    private static long late(Outputs outputs) throws IOException {
        try (SortedRecords<Reading> readings = outputs.lateReadings()) {
            return readings.size();
        }
    }

    /** Number of different versions that were made. */
    public long versionsMade() {
        return versions.stream().mapToLong(ModelVersion::getVersion).distinct().count();
    }

    /** Errors of simple predictors, of the first target. */
    public YardstickErrors totalYardsticks() {
        return yardsticks.values().iterator().next();
    }

    /** Metrics of the first target; usually there is only one. */
    public PrequentialMetrics total() {
        return perTarget.values().iterator().next();
    }

    /**
     * The fleet's explanation; if the fleet level is off and there is one asset, that asset's. If
     * empty, see {@link #whyNoExplanation}.
     */
    public Optional<Explanation> explanation() {
        Explanation fleet = explanations.get(Fleet.NAME);
        if (fleet != null) {
            return Optional.of(fleet);
        }
        return explanations.size() == 1
                ? Optional.of(explanations.values().iterator().next())
                : Optional.empty();
    }

    /** The reason, for a person, why {@link #explanation} is empty. */
    public String whyNoExplanation() {
        return explanations.isEmpty()
                ? "no block of labelled frames was completed"
                : "learning.levels has no fleet; see the assets' own";
    }
}
