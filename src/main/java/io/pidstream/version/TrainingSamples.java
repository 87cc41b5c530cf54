package io.pidstream.version;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Labelled rows for training or evaluation: channels by modality, targets, and a time. */
public final class TrainingSamples {
    private final List<double[][]> channels = new ArrayList<>();
    private final List<boolean[]> present = new ArrayList<>();
    private final List<double[]> targets = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    /**
     * Adds a row. The arrays are kept, not copied.
     *
     * @param rowChannels values per modality, [K][c], finite where the modality is present
     * @param rowPresent whether each modality is present, [K]; at least one must be
     * @param rowTargets the targets, [t], finite
     * @param time event time, milliseconds since 1970; 0 if irrelevant
     * @throws IllegalArgumentException naming a value that is not finite
     */
    public void add(double[][] rowChannels, boolean[] rowPresent, double[] rowTargets, long time) {
        boolean any = false;
        for (int m = 0; m < rowPresent.length; m++) {
            any |= rowPresent[m];
            if (rowPresent[m]) {
                requireFinite(rowChannels[m], "channel", m);
            }
        }
        requireFinite(rowTargets, "target", 0);
        if (!any || rowChannels.length != rowPresent.length) {
            throw new IllegalArgumentException(
                    "row %d has %d modalities, of which %s is present"
                            .formatted(size(), rowChannels.length, any ? "at least one" : "none"));
        }
        channels.add(rowChannels);
        present.add(rowPresent);
        targets.add(rowTargets);
        times.add(time);
    }

    private void requireFinite(double[] values, String what, int modality) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "row %d: %s %d (modality %d) is %s"
                                .formatted(size(), what, i, modality, values[i]));
            }
        }
    }

    /**
     * @throws TrainingException if there are fewer rows
     */
    public void require(int fewest) throws TrainingException {
        if (size() < fewest) {
            throw new TrainingException(
                    TrainingException.Reason.TOO_FEW_SAMPLES,
                    "there are %d training rows, at least %d are needed".formatted(size(), fewest));
        }
    }

    /** Number of rows. */
    public int size() {
        return channels.size();
    }

    public double[][] channels(int row) {
        return channels.get(row);
    }

    public boolean[] present(int row) {
        return present.get(row);
    }

    public double[] targets(int row) {
        return targets.get(row);
    }

    public long time(int row) {
        return times.get(row);
    }

    /** Whether all modalities of a row are present. */
    public boolean isComplete(int row) {
        for (boolean one : present.get(row)) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    /** Some of the rows, in the order of their indices. */
    public TrainingSamples some(int[] rows) {
        TrainingSamples some = new TrainingSamples();
        for (int row : rows) {
            some.add(channels(row), present(row), targets(row), time(row));
        }
        return some;
    }

    /** These rows, then others. */
    public TrainingSamples and(TrainingSamples others) {
        TrainingSamples all = new TrainingSamples();
        for (TrainingSamples part : List.of(this, others)) {
            for (int i = 0; i < part.size(); i++) {
                all.add(part.channels(i), part.present(i), part.targets(i), part.time(i));
            }
        }
        return all;
    }

    /** The older and the newer rows by time; the order of rows with equal times is kept. */
    public record Split(TrainingSamples older, TrainingSamples newer) {}

    /**
     * Splits by time.
     *
     * @param newest share of rows in the newer part, between 0 and 1
     */
    public Split split(double newest) {
        if (!(newest > 0 && newest < 1)) {
            throw new IllegalArgumentException("share is " + newest);
        }
        int[] order =
                IntStream.range(0, size())
                        .boxed()
                        .sorted(Comparator.comparing(times::get))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int first = (int) Math.round(size() * (1 - newest));
        TrainingSamples older = new TrainingSamples();
        TrainingSamples newer = new TrainingSamples();
        for (int i = 0; i < order.length; i++) {
            int row = order[i];
            (i < first ? older : newer).add(channels(row), present(row), targets(row), time(row));
        }
        return new Split(older, newer);
    }

    public double[] target(int index) {
        return targets.stream().mapToDouble(row -> row[index]).toArray();
    }

    public List<double[]> rowsOf(int modality) {
        return IntStream.range(0, size())
                .filter(row -> present.get(row)[modality])
                .mapToObj(row -> channels.get(row)[modality])
                .toList();
    }
}
