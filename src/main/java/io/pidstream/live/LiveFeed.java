package io.pidstream.live;

import io.pidstream.avro.Alert;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.event.Fleet;
import io.pidstream.yardstick.YardstickErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Collects what comes out of a pipeline until a view asks for it. Thread-safe: one thread reads
 * topics, another draws.
 */
public final class LiveFeed {
    private static final Duration TREND = Duration.ofSeconds(10);

    private final Instant scoredFrom;
    private final Map<String, Scoreboard> scores = new TreeMap<>();
    private final Map<String, Deque<Explanation>> explanations = new HashMap<>();

    /** The last state of every alert, by id, in the order of opening. */
    private final Map<String, Alert> alerts = new LinkedHashMap<>();

    private long predictions;
    private long explained;
    private double contributionScale = 1e-9;

    /**
     * @param assets the assets to expect; others join as they come
     * @param scoredFrom frames before this are shown but not counted in errors and coverage
     */
    public LiveFeed(List<String> assets, Instant scoredFrom) {
        this.scoredFrom = scoredFrom;
        assets.forEach(this::scoreboard);
    }

    private Scoreboard scoreboard(String asset) {
        return scores.computeIfAbsent(asset, name -> new Scoreboard(scoredFrom));
    }

    synchronized void add(Prediction prediction) {
        predictions++;
        scoreboard(prediction.getAsset()).add(prediction);
        double largest = 0;
        for (double contribution : prediction.getContributions().values()) {
            largest = Math.max(largest, Math.abs(contribution));
        }
        // Follows a growth at once and shrinks slowly, so that bars do not jump.
        contributionScale = Math.max(largest, contributionScale * 0.999);
    }

    synchronized void add(Label label) {
        scoreboard(label.getAsset()).add(label);
    }

    synchronized void add(Alert alert) {
        alerts.put(alert.getId(), alert);
    }

    /** The last state of every alert, in the order of opening. */
    public synchronized List<Alert> alerts() {
        return List.copyOf(alerts.values());
    }

    synchronized void add(Explanation explanation) {
        explained++;
        Deque<Explanation> history =
                explanations.computeIfAbsent(explanation.getAsset(), asset -> new ArrayDeque<>());
        history.add(explanation);
        // The first one is the newest that is old enough to compare with.
        Instant old = explanation.getTime().minus(TREND);
        while (history.size() > 1 && !second(history).getTime().isAfter(old)) {
            history.removeFirst();
        }
    }

    private static Explanation second(Deque<Explanation> history) {
        var it = history.iterator();
        it.next();
        return it.next();
    }

    public synchronized long predictions() {
        return predictions;
    }

    public synchronized long explanations() {
        return explained;
    }

    /** The newest explanation of an asset or of {@link Fleet#NAME}; null for none yet. */
    public synchronized Explanation explanation(String asset) {
        Deque<Explanation> history = explanations.get(asset);
        return history == null ? null : history.getLast();
    }

    public synchronized double contributionScale() {
        return contributionScale;
    }

    /** How well all assets were predicted. */
    public synchronized Errors errors() {
        return Errors.of(scores.values());
    }

    /** How well one asset was predicted. */
    public synchronized Errors errors(String asset) {
        return Errors.of(List.of(scoreboard(asset)));
    }

    /**
     * How well labels were predicted.
     *
     * @param count labels scored
     * @param mae mean absolute error, in the target's unit; NaN for no labels
     * @param coverage share of labels inside their interval; NaN for no labels
     * @param yardsticks errors of simple predictors on these labels
     */
    public record Errors(long count, double mae, double coverage, YardstickErrors yardsticks) {
        private static Errors of(Collection<Scoreboard> boards) {
            long count = 0;
            double sum = 0;
            double covered = 0;
            YardstickErrors yardsticks = new YardstickErrors();
            for (Scoreboard board : boards) {
                count += board.count();
                sum += board.absoluteErrors();
                covered += board.covered();
                yardsticks.merge(board.yardsticks());
            }
            return new Errors(count, sum / count, covered / count, yardsticks);
        }
    }

    /**
     * The panels of all assets, by name.
     *
     * @param trueInformation true joint information of the modalities, bits, by asset; without
     *     assets for which it is unknown
     */
    public synchronized List<AssetPanel> panels(Map<String, Double> trueInformation) {
        List<AssetPanel> panels = new ArrayList<>();
        scores.forEach(
                (asset, board) -> {
                    Double truth = trueInformation.get(asset);
                    panels.add(
                            new AssetPanel(
                                    asset,
                                    board.shown(),
                                    board.shownLabel(),
                                    board.recentCoverage(),
                                    explanation(asset),
                                    shareChange(asset),
                                    truth == null
                                            ? OptionalDouble.empty()
                                            : OptionalDouble.of(truth)));
                });
        return panels;
    }

    private Map<String, Double> shareChange(String asset) {
        Deque<Explanation> history = explanations.get(asset);
        if (history == null
                || history.getFirst().getTime().isAfter(history.getLast().getTime().minus(TREND))) {
            return Map.of();
        }
        Map<String, Double> before = shares(history.getFirst());
        Map<String, Double> change = new HashMap<>();
        shares(history.getLast())
                .forEach(
                        (modality, share) -> {
                            if (before.containsKey(modality)) {
                                change.put(modality, share - before.get(modality));
                            }
                        });
        return change;
    }

    /** Per modality its share of the joint information; empty where that is undefined or 0. */
    private static Map<String, Double> shares(Explanation explanation) {
        double sum = 0;
        for (double bits : explanation.getShapley().values()) {
            sum += bits;
        }
        Map<String, Double> shares = new HashMap<>();
        if (explanation.getStatus() == ExplanationStatus.OK && sum > 0) {
            for (Map.Entry<String, Double> entry : explanation.getShapley().entrySet()) {
                shares.put(entry.getKey(), entry.getValue() / sum);
            }
        }
        return shares;
    }
}
