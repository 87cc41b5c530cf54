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

    private final String asset;
    private final long time;

    /** Channels of all modalities, NaN where the modality is absent. */
    private final double[] values;

    private final double[] targets;

    private LabelledRow(String asset, long time, double[] values, double[] targets) {
        this.asset = asset;
        this.time = time;
        this.values = values;
        this.targets = targets;
    }

    /**
     * Empty if no modality is present: such a frame is predicted and learned like any other, but
     * there is nothing to encode.
     *
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
        return Optional.of(
                new LabelledRow(sample.getAsset(), sample.getTime().toEpochMilli(), values, known));
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

    /** Adds this row to samples of the same modalities. */
    void addTo(TrainingSamples samples, Modalities modalities) {
        double[][] channels = new double[modalities.count()][];
        boolean[] present = new boolean[modalities.count()];
        for (int m = 0, from = 0; m < present.length; from += modalities.size(m++)) {
            channels[m] = Arrays.copyOfRange(values, from, from + modalities.size(m));
            present[m] = !Double.isNaN(channels[m][0]);
        }
        samples.add(channels, present, targets, time);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(asset);
        out.writeLong(time);
        Wire.write(out, values);
        Wire.write(out, targets);
    }

    static LabelledRow readFrom(DataInput in) throws IOException {
        return new LabelledRow(
                in.readUTF(), in.readLong(), Wire.readDoubles(in), Wire.readDoubles(in));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelledRow that
                && time == that.time
                && asset.equals(that.asset)
                && Arrays.equals(values, that.values)
                && Arrays.equals(targets, that.targets);
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
