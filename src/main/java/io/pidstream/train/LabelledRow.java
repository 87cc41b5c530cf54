package io.pidstream.train;

import io.pidstream.avro.TrainingSample;
import io.pidstream.event.Modalities;
import io.pidstream.format.Wire;
import io.pidstream.version.TrainingSamples;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A labelled frame in the form kept for training. Immutable. */
public final class LabelledRow {
    /** By event time, then by asset; rows that are equal in both are the same frame. */
    static final Comparator<LabelledRow> BY_TIME =
            Comparator.comparingLong(LabelledRow::time).thenComparing(LabelledRow::asset);

    private static final double[] NO_PAST = {};

    private final String asset;
    private final long time;

    /** Channels of all modalities, NaN where the modality is absent. */
    private final double[] values;

    private final double[] targets;

    /** The newest known targets and their age at the frame's turn; empty if there were none. */
    private final double[] past;

    private LabelledRow(String asset, long time, double[] values, double[] targets, double[] past) {
        this.asset = asset;
        this.time = time;
        this.values = values;
        this.targets = targets;
        this.past = past;
    }

    /**
     * Empty if no modality is present: such a frame is predicted and learned like any other, but
     * there is nothing to encode.
     *
     * @param modalities those of the sensors
     * @throws IllegalArgumentException if the sample does not match these modalities and targets;
     *     the message says what is wrong
     */
    static Optional<LabelledRow> of(TrainingSample sample, Modalities modalities, int targets) {
        int further = sample.getFurther().size();
        if (sample.getValues().size() != modalities.channelCount() || further != targets - 1) {
            throw problem(
                    sample,
                    "%d channels and %d targets; expected %d and %d"
                            .formatted(
                                    sample.getValues().size(),
                                    further + 1,
                                    modalities.channelCount(),
                                    targets));
        }
        double[] known = new double[targets];
        known[0] = sample.getTarget();
        for (int t = 1; t < targets; t++) {
            known[t] = sample.getFurther().get(t - 1);
        }
        for (double target : known) {
            if (!Double.isFinite(target)) {
                throw problem(sample, "a target of " + target);
            }
        }
        double[] values = values(sample, modalities);
        if (Arrays.stream(values).allMatch(Double::isNaN)) {
            return Optional.empty();
        }
        long time = sample.getTime().toEpochMilli();
        return Optional.of(
                new LabelledRow(sample.getAsset(), time, values, known, past(sample, targets)));
    }

    private static double[] past(TrainingSample sample, int targets) {
        List<Double> past = sample.getPast();
        if (past.isEmpty()) {
            return NO_PAST;
        }
        if (past.size() != targets + 1 || !past.stream().allMatch(Double::isFinite)) {
            throw problem(
                    sample,
                    "the past %s; expected %d targets and their age".formatted(past, targets));
        }
        return past.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** As in a frame, a modality without one of its channels is absent. */
    private static double[] values(TrainingSample sample, Modalities modalities) {
        double[] values = new double[modalities.channelCount()];
        for (int m = 0, from = 0; m < modalities.count(); from += modalities.size(m++)) {
            int to = from + modalities.size(m);
            List<Double> cells = sample.getValues().subList(from, to);
            if (cells.stream().allMatch(cell -> cell != null && Double.isFinite(cell))) {
                for (int c = from; c < to; c++) {
                    values[c] = cells.get(c - from);
                }
            } else {
                Arrays.fill(values, from, to, Double.NaN);
            }
        }
        return values;
    }

    private static IllegalArgumentException problem(TrainingSample sample, String what) {
        return new IllegalArgumentException(
                "the training sample of %s at %s has %s"
                        .formatted(sample.getAsset(), sample.getTime(), what));
    }

    public String asset() {
        return asset;
    }

    /** Start of the frame's slot, milliseconds since 1970. */
    public long time() {
        return time;
    }

    /**
     * Adds this row to samples.
     *
     * @param modalities those of the sensors, then the target's own past if it is to be added
     */
    void addTo(TrainingSamples samples, Modalities modalities) {
        double[][] channels = new double[modalities.count()][];
        boolean[] present = new boolean[modalities.count()];
        for (int m = 0, from = 0; m < present.length; from += modalities.size(m++)) {
            boolean isPast = from == values.length;
            channels[m] =
                    isPast ? past : Arrays.copyOfRange(values, from, from + modalities.size(m));
            present[m] = channels[m].length > 0 && !Double.isNaN(channels[m][0]);
        }
        samples.add(channels, present, targets, time);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(asset);
        out.writeLong(time);
        Wire.write(out, values);
        Wire.write(out, targets);
        Wire.write(out, past);
    }

    static LabelledRow readFrom(DataInput in, boolean withPast) throws IOException {
        return new LabelledRow(
                in.readUTF(),
                in.readLong(),
                Wire.readDoubles(in),
                Wire.readDoubles(in),
                withPast ? Wire.readDoubles(in) : NO_PAST);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelledRow that
                && time == that.time
                && asset.equals(that.asset)
                && Arrays.equals(values, that.values)
                && Arrays.equals(targets, that.targets)
                && Arrays.equals(past, that.past);
    }

    @Override
    public int hashCode() {
        return 31 * asset.hashCode() + Long.hashCode(time);
    }

    @Override
    public String toString() {
        return "LabelledRow[%s, %d, %s -> %s]"
                .formatted(asset, time, Arrays.toString(values), Arrays.toString(targets));
    }
}
