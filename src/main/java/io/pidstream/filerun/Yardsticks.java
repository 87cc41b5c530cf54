package io.pidstream.filerun;

import io.pidstream.event.Score;
import io.pidstream.stats.PrequentialMetrics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The errors of predictions that need no model, on the same labels: the asset's newest label that
 * was known before the frame, and the mean of the asset's labels known until then. A prediction
 * that does not beat them is not worth its cost.
 */
public final class Yardsticks {
    /** A prediction without a model. */
    public enum Yardstick {
        LAST_LABEL("last label"),
        RUNNING_MEAN("running mean");

        private final String words;

        Yardstick(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * What a prediction saves against the best yardstick.
     *
     * @param share of its mean absolute error; negative if the prediction is worse
     * @param bits half the binary logarithm of the ratio of the mean squared errors
     */
    public record Skill(Yardstick against, double share, double bits) {}

    private final PrequentialMetrics lastLabel = new PrequentialMetrics();
    private final PrequentialMetrics runningMean = new PrequentialMetrics();

    /** Of the predictions, on the labels for which there is a yardstick. */
    private final PrequentialMetrics compared = new PrequentialMetrics();

    private final Map<String, Known> byAsset = new HashMap<>();

    /** The labels of an asset that are known at a frame. */
    private static final class Known {
        private final PriorityQueue<Score> pending =
                new PriorityQueue<>(
                        Comparator.comparingLong(Score::recordedAt).thenComparingLong(Score::time));
        private long newest = Long.MIN_VALUE;
        private double last = Double.NaN;
        private double mean;
        private long count;

        void advanceTo(long time) {
            while (!pending.isEmpty() && pending.peek().recordedAt() < time) {
                Score label = pending.remove();
                count++;
                mean += (label.target() - mean) / count;
                if (label.time() >= newest) {
                    newest = label.time();
                    last = label.target();
                }
            }
        }
    }

    /**
     * Takes the next score of one target, in the order of event time.
     *
     * @param scored whether the prediction counts
     */
    void add(Score score, boolean scored) {
        Known known = byAsset.computeIfAbsent(score.asset(), asset -> new Known());
        known.advanceTo(score.time());
        if (scored && known.count > 0) {
            double target = score.target();
            lastLabel.add(target, known.last, known.last, known.last);
            runningMean.add(target, known.mean, known.mean, known.mean);
            compared.add(target, score.prediction(), score.lower(), score.upper());
        }
        known.pending.add(score);
    }

    /** The errors of a yardstick; its intervals mean nothing. */
    public PrequentialMetrics of(Yardstick yardstick) {
        return yardstick == Yardstick.LAST_LABEL ? lastLabel : runningMean;
    }

    /**
     * The skill against the yardstick of the smallest mean absolute error; empty without labels.
     */
    public Optional<Skill> skill() {
        if (compared.count() == 0) {
            return Optional.empty();
        }
        Yardstick best =
                lastLabel.meanAbsoluteError() <= runningMean.meanAbsoluteError()
                        ? Yardstick.LAST_LABEL
                        : Yardstick.RUNNING_MEAN;
        PrequentialMetrics other = of(best);
        double share = 1 - compared.meanAbsoluteError() / other.meanAbsoluteError();
        double ratio = other.rootMeanSquareError() / compared.rootMeanSquareError();
        return Optional.of(new Skill(best, share, Math.log(ratio) / Math.log(2)));
    }
}
