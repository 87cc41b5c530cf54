package io.pidstream.dashboard;

import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.TargetPrediction;
import io.pidstream.yardstick.YardstickForecasts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The records of one asset that are kept. */
final class AssetBook {
    private final String asset;
    private final Subject subject;
    private final int capacity;
    private final PointSeries points;
    private final Blocks blocks;
    private final List<RecentErrors> errors = new ArrayList<>();

    /** Labels whose prediction is not there yet, by slot. */
    private final TreeMap<Long, Label> early = new TreeMap<>();

    private Label newestLabel;

    /** Null for none yet. */
    private Prediction newest;

    private long predictions;
    private long arrived = OutputStore.NEVER;
    private long revision;

    AssetBook(String asset, Subject subject, int capacity, int blocks) {
        this.asset = asset;
        this.subject = subject;
        this.capacity = capacity;
        this.points = new PointSeries(subject, capacity);
        this.blocks = new Blocks(blocks);
        subject.targets().forEach(target -> errors.add(new RecentErrors()));
    }

    /**
     * @param now when it came; {@link OutputStore#NEVER} if it was there before
     * @param at revision of the store
     */
    void add(Prediction prediction, long now, long at) {
        predictions++;
        arrived = Math.max(arrived, now);
        revision = at;
        int point = points.put(prediction, at);
        if (newest == null || !prediction.getTime().isBefore(newest.getTime())) {
            newest = prediction;
        }
        Label label = early.remove(points.time(point));
        if (label != null) {
            match(point, label, at);
        }
    }

    void add(Label label, long at) {
        revision = at;
        if (newestLabel == null || !label.getTime().isBefore(newestLabel.getTime())) {
            newestLabel = label;
        }
        long slot = subject.slot(label.getTime().toEpochMilli());
        int point = points.find(slot);
        if (point >= 0) {
            match(point, label, at);
        } else if (points.size() == 0 || slot > points.time(points.size() - 1)) {
            early.put(slot, label);
            if (early.size() > capacity) {
                early.pollFirstEntry();
            }
        }
    }

    void add(ExplanationEntry explanation, long at) {
        revision = at;
        blocks.add(explanation, at);
    }

    private void match(int point, Label label, long at) {
        for (int target = 0; target < errors.size(); target++) {
            double truth = truth(label, target);
            boolean known = !Double.isNaN(points.value(point, target, PointSeries.TRUTH));
            points.setTruth(point, target, truth, at);
            double prediction = points.value(point, target, PointSeries.PREDICTION);
            if (!known
                    && points.isRunning(point)
                    && Double.isFinite(prediction)
                    && Double.isFinite(truth)) {
                errors.get(target)
                        .add(
                                prediction,
                                points.value(point, target, PointSeries.LOWER),
                                points.value(point, target, PointSeries.UPPER),
                                yardsticks(point, target),
                                points.value(point, target, PointSeries.EXPECTED_ERROR),
                                truth);
            }
        }
    }

    private YardstickForecasts yardsticks(int point, int target) {
        return new YardstickForecasts(
                points.value(point, target, PointSeries.LAST_LABEL),
                points.value(point, target, PointSeries.RUNNING_MEAN),
                points.value(point, target, PointSeries.LINEAR));
    }

    private static double truth(Label label, int target) {
        if (target == 0) {
            return label.getValue();
        }
        return target <= label.getFurther().size()
                ? label.getFurther().get(target - 1)
                : Double.NaN;
    }

    /** When the last prediction came; {@link OutputStore#NEVER} if all were there before. */
    long arrived() {
        return arrived;
    }

    String asset() {
        return asset;
    }

    PointSeries points() {
        return points;
    }

    /** Number of modalities. */
    int modalities() {
        return subject.modalities().size();
    }

    Blocks blocks() {
        return blocks;
    }

    RecentErrors errors(int target) {
        return errors.get(target);
    }

    /** Parts of the channels in the newest prediction of a target; empty if they are unknown. */
    Map<String, Double> channels(int target) {
        if (newest == null) {
            return Map.of();
        }
        if (target == 0) {
            return newest.getChannels();
        }
        List<TargetPrediction> further = newest.getFurther();
        return target <= further.size() ? further.get(target - 1).getChannels() : Map.of();
    }

    /** Null for none yet. */
    Label newestLabel() {
        return newestLabel;
    }

    long predictions() {
        return predictions;
    }

    /** The store's revision when anything of it changed last. */
    long revision() {
        return revision;
    }
}
