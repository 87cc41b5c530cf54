package io.pidstream.forecast;

import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import io.pidstream.stats.Draw;
import io.pidstream.tables.SampledRow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sample of the labelled frames of about the last {@value #MEMORY} labels, from which thresholds
 * and knots are taken. Each new row replaces a random one with a probability that keeps the sample
 * representative. Deterministic: the draws depend on the number of rows only.
 *
 * <p>Merging would draw from both samples in proportion to their counts.
 */
final class RowSample {
    static final Part PART = Part.of("learn/row-sample", 1);

    static final int SIZE = 512;
    private static final long MEMORY = 8192;

    /** Step of SplitMix64, so that numbers in sequence have little in common. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final FeatureLayout layout;
    private final int[] channels;
    private final List<Row> rows = new ArrayList<>();
    private long count;

    /**
     * @param inputs of the frame, of which the channels are kept
     * @param target standardised
     */
    record Row(long time, ModalitySet present, double[] inputs, double target)
            implements SampledRow {}

    /**
     * @param channels indices of the inputs that are kept, ascending
     */
    RowSample(FeatureLayout layout, int[] channels) {
        this.layout = layout;
        this.channels = channels;
    }

    void add(ScaledFrame frame, double target) {
        count++;
        Row row = new Row(frame.time(), frame.present(), frame.inputs(), target);
        if (rows.size() < SIZE) {
            rows.add(row);
            return;
        }
        long place = (Draw.mixed(count * GOLDEN) >>> 1) % Math.min(count, MEMORY);
        if (place < SIZE) {
            rows.set((int) place, row);
        }
    }

    List<Row> rows() {
        return rows;
    }

    /**
     * The distinct values of a channel if there are few; otherwise quantiles, evenly spread.
     *
     * @param most number of values returned at most, at least 2
     * @return ascending, distinct; empty if the channel has never been present
     */
    double[] grid(int channel, int most) {
        int modality = layout.modalityOf(channel);
        double[] sorted =
                rows.stream()
                        .filter(row -> row.present().contains(modality))
                        // Adding 0 makes −0 and 0 one value.
                        .mapToDouble(row -> row.inputs()[channel] + 0.0)
                        .sorted()
                        .toArray();
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        if (distinct.length <= most) {
            return distinct;
        }
        double[] grid = new double[most];
        for (int i = 0; i < most; i++) {
            grid[i] = sorted[(int) Math.round((double) i * (sorted.length - 1) / (most - 1))];
        }
        return Arrays.stream(grid).distinct().toArray();
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeInt(rows.size());
        for (Row row : rows) {
            out.writeLong(row.time());
            out.writeInt(row.present().bits());
            out.writeDouble(row.target());
            double[] kept = new double[channels.length];
            Arrays.setAll(kept, c -> row.inputs()[channels[c]]);
            Wire.write(out, kept);
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    static RowSample readFrom(DataInput in, FeatureLayout layout, int[] channels)
            throws IOException {
        RowSample sample = new RowSample(layout, channels);
        sample.count = in.readLong();
        int size = in.readInt();
        int length = channels.length == 0 ? 0 : channels[channels.length - 1] + 1;
        for (int i = 0; i < size; i++) {
            long time = in.readLong();
            ModalitySet present = new ModalitySet(in.readInt());
            double target = in.readDouble();
            double[] kept = Wire.readDoubles(in);
            FormatException.requireSame("channels", kept.length, channels.length);
            double[] inputs = new double[length];
            for (int c = 0; c < channels.length; c++) {
                inputs[channels[c]] = kept[c];
            }
            sample.rows.add(new Row(time, present, inputs, target));
        }
        return sample;
    }
}
