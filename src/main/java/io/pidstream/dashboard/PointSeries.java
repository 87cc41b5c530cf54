package io.pidstream.dashboard;

import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionInterval;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.avro.TargetPrediction;
import io.pidstream.pid.ModalitySet;
import io.pidstream.yardstick.YardstickForecasts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Predictions of one asset in the order of time, one column of numbers per quantity. When it is
 * full, every second point of its older half goes, so that the past gets coarser but does not end.
 */
final class PointSeries {
    /** Columns of a target before those of the contributions. */
    static final int PREDICTION = 0;

    static final int LOWER = 1;
    static final int UPPER = 2;
    static final int BASELINE = 3;
    static final int TRUTH = 4;
    static final int LAST_LABEL = 5;
    static final int RUNNING_MEAN = 6;
    static final int LINEAR = 7;
    static final int EXPECTED_ERROR = 8;
    static final int CONTRIBUTIONS = 9;

    private static final int INITIAL = 64;

    private final List<String> modalities;
    private final int narrower;
    private final int targets;
    private final int capacity;

    private int size;
    private int put;
    private long[] times = new long[INITIAL];
    private long[] versions = new long[INITIAL];
    private int[] present = new int[INITIAL];
    private boolean[] running = new boolean[INITIAL];
    private long[] revisions = new long[INITIAL];

    /** How many predictions had come when each came. */
    private int[] ordinals = new int[INITIAL];

    private final double[][] columns;

    /**
     * @param capacity largest number of points
     */
    PointSeries(Subject subject, int capacity) {
        this.targets = subject.targets().size();
        this.modalities = subject.modalities();
        this.narrower = subject.narrower();
        this.capacity = capacity;
        this.columns = new double[targets * width()][INITIAL];
    }

    /** Columns of a target. */
    private int width() {
        return CONTRIBUTIONS + modalities.size() + 2 * narrower;
    }

    int size() {
        return size;
    }

    /** Slot, in milliseconds since 1970. */
    long time(int point) {
        return times[point];
    }

    long version(int point) {
        return versions[point];
    }

    /** Bit m: modality m was there. */
    int present(int point) {
        return present[point];
    }

    /** Whether the asset was running: others are not scored. */
    boolean isRunning(int point) {
        return running[point];
    }

    /** The store's revision at which the point, or its truth, came. */
    long revision(int point) {
        return revisions[point];
    }

    /**
     * @param column {@link #PREDICTION} to {@link #EXPECTED_ERROR}, {@link #CONTRIBUTIONS} plus a
     *     modality, or {@link #lower} or {@link #upper} of a narrower interval
     */
    double value(int point, int target, int column) {
        return columns[index(target, column)][point];
    }

    private int index(int target, int column) {
        return target * width() + column;
    }

    /** Column of the lower ends of an interval, 0 the narrowest; the widest is not among them. */
    int lower(int interval) {
        return CONTRIBUTIONS + modalities.size() + 2 * interval;
    }

    /** Column of the upper ends of an interval, 0 the narrowest; the widest is not among them. */
    int upper(int interval) {
        return lower(interval) + 1;
    }

    /** Number of intervals inside the widest one. */
    int narrower() {
        return narrower;
    }

    /**
     * The predictions after the newest one whose true value is known: all that came, also those
     * that went because the series was full.
     */
    Awaited awaited(int target) {
        int known = size - 1;
        while (known >= 0 && Double.isNaN(value(known, target, TRUTH))) {
            known--;
        }
        double sum = 0;
        int expected = 0;
        for (int point = known + 1; point < size; point++) {
            double error = value(point, target, EXPECTED_ERROR);
            if (!Double.isNaN(error)) {
                sum += error;
                expected++;
            }
        }
        int last = size == 0 ? 0 : ordinals[size - 1];
        int frames = last - (known < 0 ? 0 : ordinals[known]);
        return new Awaited(frames > 0 ? 1 : 0, Math.max(0, frames), sum / expected);
    }

    /** The point of a slot; negative for none. */
    int find(long time) {
        return size > 0 && time > times[size - 1] ? -size - 1 : search(time);
    }

    private int search(long time) {
        return Arrays.binarySearch(times, 0, size, time);
    }

    /**
     * Adds a prediction, or puts it in the place of that of the same slot.
     *
     * @return its point
     */
    int put(Prediction p, long revision) {
        long time = p.getTime().toEpochMilli();
        int point = find(time);
        if (point < 0) {
            point = room(-point - 1);
            times[point] = time;
            ordinals[point] = ++put;
            for (int target = 0; target < targets; target++) {
                columns[index(target, TRUTH)][point] = Double.NaN;
            }
        }
        versions[point] = p.getModelVersion();
        revisions[point] = revision;
        present[point] = ModalitySet.ofNames(p.getPresent(), modalities).bits();
        running[point] = p.getStatus() == PredictionStatus.OK;
        set(point, 0, p.getPrediction(), p.getLower(), p.getUpper(), p.getBaseline());
        contributions(point, 0, p.getContributions());
        yardsticks(point, 0, p.getYardsticks());
        uncertainty(point, 0, p.getExpectedError(), p.getIntervals());
        for (int target = 1; target < targets; target++) {
            further(point, target, p.getFurther());
        }
        return point;
    }

    private void further(int point, int target, List<TargetPrediction> further) {
        if (target > further.size()) {
            set(point, target, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
            contributions(point, target, Map.of());
            yardsticks(point, target, Map.of());
            uncertainty(point, target, null, List.of());
            return;
        }
        TargetPrediction p = further.get(target - 1);
        set(point, target, p.getPrediction(), p.getLower(), p.getUpper(), p.getBaseline());
        contributions(point, target, p.getContributions());
        yardsticks(point, target, p.getYardsticks());
        uncertainty(point, target, p.getExpectedError(), p.getIntervals());
    }

    private void set(
            int point, int target, double prediction, double lower, double upper, double base) {
        columns[index(target, PREDICTION)][point] = prediction;
        columns[index(target, LOWER)][point] = lower;
        columns[index(target, UPPER)][point] = upper;
        columns[index(target, BASELINE)][point] = base;
    }

    private void contributions(int point, int target, Map<String, Double> contributions) {
        for (int m = 0; m < modalities.size(); m++) {
            columns[index(target, CONTRIBUTIONS + m)][point] =
                    contributions.getOrDefault(modalities.get(m), Double.NaN);
        }
    }

    private void yardsticks(int point, int target, Map<String, Double> values) {
        YardstickForecasts said = YardstickForecasts.of(values);
        columns[index(target, LAST_LABEL)][point] = said.lastLabel();
        columns[index(target, RUNNING_MEAN)][point] = said.runningMean();
        columns[index(target, LINEAR)][point] = said.linear();
    }

    /**
     * @param expectedError null if unknown
     * @param intervals of every level, narrowest first; empty if there is one
     */
    private void uncertainty(
            int point, int target, Double expectedError, List<PredictionInterval> intervals) {
        columns[index(target, EXPECTED_ERROR)][point] =
                expectedError == null ? Double.NaN : expectedError;
        boolean known = intervals.size() == narrower + 1;
        for (int l = 0; l < narrower; l++) {
            columns[index(target, lower(l))][point] =
                    known ? intervals.get(l).getLower() : Double.NaN;
            columns[index(target, upper(l))][point] =
                    known ? intervals.get(l).getUpper() : Double.NaN;
        }
    }

    void setTruth(int point, int target, double truth, long revision) {
        columns[index(target, TRUTH)][point] = truth;
        revisions[point] = revision;
    }

    /** Makes room for one point at {@code place}, or near it where older ones go. */
    private int room(int place) {
        int at = place;
        if (size == capacity) {
            int half = size / 2;
            thin(half);
            at = place >= half ? place - half / 2 : (place + 1) / 2;
        }
        if (size == times.length) {
            grow(Math.min(capacity, 2 * size));
        }
        int moved = size - at;
        System.arraycopy(times, at, times, at + 1, moved);
        System.arraycopy(versions, at, versions, at + 1, moved);
        System.arraycopy(present, at, present, at + 1, moved);
        System.arraycopy(running, at, running, at + 1, moved);
        System.arraycopy(revisions, at, revisions, at + 1, moved);
        System.arraycopy(ordinals, at, ordinals, at + 1, moved);
        for (double[] column : columns) {
            System.arraycopy(column, at, column, at + 1, moved);
        }
        size++;
        return at;
    }

    private void grow(int length) {
        times = Arrays.copyOf(times, length);
        versions = Arrays.copyOf(versions, length);
        present = Arrays.copyOf(present, length);
        running = Arrays.copyOf(running, length);
        revisions = Arrays.copyOf(revisions, length);
        ordinals = Arrays.copyOf(ordinals, length);
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Arrays.copyOf(columns[c], length);
        }
    }

    /** Of the first {@code half} points, those with an odd index go. */
    private void thin(int half) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i < half && i % 2 == 1) {
                continue;
            }
            times[kept] = times[i];
            versions[kept] = versions[i];
            present[kept] = present[i];
            running[kept] = running[i];
            revisions[kept] = revisions[i];
            ordinals[kept] = ordinals[i];
            for (double[] column : columns) {
                column[kept] = column[i];
            }
            kept++;
        }
        size = kept;
    }
}
