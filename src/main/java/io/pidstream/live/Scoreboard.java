package io.pidstream.live;

import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.yardstick.YardstickErrors;
import io.pidstream.yardstick.YardstickForecasts;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Joins the predictions of one asset with its labels, whichever comes first, and keeps score.
 *
 * <p>Not thread-safe.
 */
final class Scoreboard {
    /** Predictions or labels kept while the other half is missing. */
    private static final int WAITING = 10_000;

    private static final int RECENT = 300;

    private final Instant scoredFrom;
    private final TreeMap<Instant, Prediction> predictions = new TreeMap<>();
    private final TreeMap<Instant, Label> labels = new TreeMap<>();
    private final Deque<Boolean> recent = new ArrayDeque<>();

    private Prediction newest;
    private Prediction scored;
    private Label scoredLabel;
    private long count;
    private long covered;
    private double absoluteErrors;
    private final YardstickErrors yardsticks = new YardstickErrors();

    /**
     * @param scoredFrom frames before this are shown but not counted
     */
    Scoreboard(Instant scoredFrom) {
        this.scoredFrom = scoredFrom;
    }

    void add(Prediction prediction) {
        if (newest == null || prediction.getTime().isAfter(newest.getTime())) {
            newest = prediction;
        }
        if (prediction.getStatus() == PredictionStatus.NOT_RUNNING) {
            return; // Nobody is to judge by it.
        }
        Label label = labels.remove(prediction.getTime());
        if (label != null) {
            score(prediction, label);
        } else {
            keep(predictions, prediction.getTime(), prediction);
        }
    }

    void add(Label label) {
        Prediction prediction = predictions.remove(label.getTime());
        if (prediction != null) {
            score(prediction, label);
        } else {
            keep(labels, label.getTime(), label);
        }
    }

    private static <T> void keep(TreeMap<Instant, T> waiting, Instant time, T value) {
        waiting.put(time, value);
        if (waiting.size() > WAITING) {
            waiting.pollFirstEntry();
        }
    }

    private void score(Prediction prediction, Label label) {
        if (scored == null || prediction.getTime().isAfter(scored.getTime())) {
            scored = prediction;
            scoredLabel = label;
        }
        if (prediction.getTime().isBefore(scoredFrom)) {
            return;
        }
        double truth = label.getValue();
        boolean inside = truth >= prediction.getLower() && truth <= prediction.getUpper();
        count++;
        covered += inside ? 1 : 0;
        absoluteErrors += Math.abs(truth - prediction.getPrediction());
        yardsticks.add(
                truth,
                prediction.getPrediction(),
                YardstickForecasts.of(prediction.getYardsticks()));
        recent.add(inside);
        if (recent.size() > RECENT) {
            recent.remove();
        }
    }

    /** The newest prediction whose label is known, else the newest; null for none. */
    Prediction shown() {
        return scored == null ? newest : scored;
    }

    /** The label of {@link #shown()}. */
    OptionalDouble shownLabel() {
        return scored == null ? OptionalDouble.empty() : OptionalDouble.of(scoredLabel.getValue());
    }

    /** Share of the last 300 labels inside their interval. */
    OptionalDouble recentCoverage() {
        return recent.stream().mapToInt(inside -> inside ? 1 : 0).average();
    }

    long count() {
        return count;
    }

    /** Labels inside their interval. */
    long covered() {
        return covered;
    }

    /** Sum of |label − prediction|, in the target's unit. */
    double absoluteErrors() {
        return absoluteErrors;
    }

    /** Errors of simple predictors on the same labels; must not be modified. */
    YardstickErrors yardsticks() {
        return yardsticks;
    }
}
