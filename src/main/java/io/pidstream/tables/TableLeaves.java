package io.pidstream.tables;

import io.pidstream.format.FormatException;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The leaves of all tables: a value and a number of labels each, and their sums by the bits of one
 * modality, which are what a table knows without the other.
 */
public final class TableLeaves {
    private static final int TABLES = TableLayout.TABLES;

    /** Labels of a table at which its counts are halved. */
    private static final long MOST_LABELS = 1_000_000_000;

    /** Bound of a leaf, so that sums stay far from the largest float. */
    private static final double MOST = 1e36;

    private final TableLayout layout;
    private final double rate;
    private final int leaves;

    /** Per leaf, [tables, leaves]; NaN without labels. */
    private final float[] value;

    private final int[] count;

    /**
     * Sums over leaves by the bits of one modality, which are what a table knows without the other.
     */
    private final Side first;

    private final Side second;

    /**
     * Per table: sum over its leaves of count times value, labels, and the mean; 0 without labels.
     */
    private final double[] sum = new double[TABLES];

    private final long[] labels = new long[TABLES];
    private final double[] mean = new double[TABLES];

    /** The leaves of all tables, summed by the bits of one modality. */
    private static final class Side {
        /** Per table, where its sums begin; then where the last one's end. */
        private final int[] from = new int[TABLES + 1];

        private final double[] sum;
        private final int[] count;

        /** NaN without labels. */
        private final double[] mean;

        Side(IntUnaryOperator size) {
            for (int t = 0; t < TABLES; t++) {
                from[t + 1] = from[t] + size.applyAsInt(t);
            }
            sum = new double[from[TABLES]];
            count = new int[sum.length];
            mean = new double[sum.length];
            Arrays.fill(mean, Double.NaN);
        }

        void add(int i, double grown, int hits) {
            sum[i] += grown;
            count[i] += hits;
            mean[i] = sum[i] / count[i];
        }

        void clear(int table) {
            Arrays.fill(sum, from[table], from[table + 1], 0);
            Arrays.fill(count, from[table], from[table + 1], 0);
            Arrays.fill(mean, from[table], from[table + 1], Double.NaN);
        }

        /** Means are 0 where there are no labels. */
        void copyTo(int table, double[] means, int[] counts) {
            for (int i = from[table]; i < from[table + 1]; i++) {
                means[i - from[table]] = count[i] == 0 ? 0 : mean[i];
                counts[i - from[table]] = count[i];
            }
        }

        void write(int table, DataOutput out) throws IOException {
            for (int i = from[table]; i < from[table + 1]; i++) {
                out.writeDouble(sum[i]);
            }
        }

        /** Reads sums whose counts are known. */
        void read(int table, DataInput in) throws IOException {
            for (int i = from[table]; i < from[table + 1]; i++) {
                sum[i] = in.readDouble();
                mean[i] = count[i] == 0 ? Double.NaN : sum[i] / count[i];
            }
        }
    }

    /**
     * @param rate learning rate of a leaf with many labels
     */
    public TableLeaves(TableLayout layout, double rate) {
        this.layout = layout;
        this.rate = rate;
        leaves = layout.leaves;
        value = new float[TABLES * leaves];
        Arrays.fill(value, Float.NaN);
        count = new int[value.length];
        first = new Side(layout::sizeOfFirst);
        second = new Side(layout::sizeOfSecond);
    }

    public boolean isEmpty(int table) {
        return labels[table] == 0;
    }

    /** What a table says without both modalities; 0 without labels. */
    public double none(int table) {
        return mean[table];
    }

    /** What a table says without its second modality. */
    public double ofFirst(int table, int leaf) {
        double of = first.mean[first.from[table] + layout.ofFirst(table, leaf)];
        return Double.isNaN(of) ? mean[table] : of;
    }

    /** What a table says without its first modality. */
    public double ofSecond(int table, int leaf) {
        double of = second.mean[second.from[table] + layout.ofSecond(table, leaf)];
        return Double.isNaN(of) ? mean[table] : of;
    }

    /** What a table says; a leaf without labels has the sum of both sides' effects. */
    public double both(int table, int leaf) {
        float of = value[table * leaves + leaf];
        return Float.isNaN(of) ? ofFirst(table, leaf) + ofSecond(table, leaf) - mean[table] : of;
    }

    /** Copies values and counts of a table's leaves; values are 0 where there are no labels. */
    void copyTo(int table, double[] means, int[] counts) {
        for (int leaf = 0; leaf < leaves; leaf++) {
            int i = table * leaves + leaf;
            means[leaf] = count[i] == 0 ? 0 : value[i];
            counts[leaf] = count[i];
        }
    }

    /** Copies what a table says without its second modality, by the bits of the first. */
    void copyFirstTo(int table, double[] means, int[] counts) {
        first.copyTo(table, means, counts);
    }

    /** Copies what a table says without its first modality, by the bits of the second. */
    void copySecondTo(int table, double[] means, int[] counts) {
        second.copyTo(table, means, counts);
    }

    /**
     * Adds to a number what the tables say of a frame by the modalities that are present.
     *
     * @param leaf of every table, see {@link TableLayout#leaf}
     */
    public double addTo(double start, ModalitySet present, long[] leaf) {
        double total = start;
        if (layout.isComplete(present)) {
            for (int t = 0; t < TABLES; t++) {
                total += both(t, TableLayout.leaf(leaf, t));
            }
            return total;
        }
        for (int t = 0; t < TABLES; t++) {
            total += prediction(t, present, TableLayout.leaf(leaf, t));
        }
        return total;
    }

    private double prediction(int table, ModalitySet present, int leaf) {
        boolean hasFirst = present.contains(layout.first[table]);
        boolean hasSecond = present.contains(layout.second[table]);
        if (hasFirst && hasSecond) {
            return both(table, leaf);
        }
        if (hasFirst) {
            return ofFirst(table, leaf);
        }
        return hasSecond ? ofSecond(table, leaf) : none(table);
    }

    /** As {@link #addTo}, but tables that lack a modality say what they say without both. */
    double addCompleteTo(double start, ModalitySet present, long[] leaf) {
        double total = start;
        for (int t = 0; t < TABLES; t++) {
            total += layout.isComplete(present, t) ? both(t, TableLayout.leaf(leaf, t)) : none(t);
        }
        return total;
    }

    private static float bounded(double leaf) {
        return (float) Math.max(-MOST, Math.min(MOST, leaf));
    }

    /** Moves a leaf by a share of the mean error of some labels. */
    public void move(int table, int leaf, double error, int hits) {
        if (labels[table] >= MOST_LABELS) {
            halve(table);
        }
        int i = table * leaves + leaf;
        if (count[i] == 0) {
            value[i] = bounded(both(table, leaf));
        }
        double before = (double) count[i] * value[i];
        count[i] += hits;
        value[i] = bounded(value[i] + (float) (Math.max(rate, 1.0 / (count[i] + 1)) * error));
        addToSums(table, leaf, (double) count[i] * value[i] - before, hits);
    }

    /**
     * Fills a table whose thresholds have moved: a leaf begins with the mean of the old leaves of
     * the sampled rows that fall into it; one without such rows keeps its value, as if from one
     * label.
     *
     * @param before per row, the old leaves of all tables, see {@link TableLayout#leaf}
     * @param after per row, the new leaves of all tables
     */
    public void carryOver(
            int table, List<? extends SampledRow> rows, long[][] before, long[][] after) {
        double[] sums = new double[leaves];
        int[] hits = new int[leaves];
        int used = 0;
        for (int r = 0; r < before.length; r++) {
            if (layout.isComplete(rows.get(r).present(), table)) {
                int to = TableLayout.leaf(after[r], table);
                sums[to] += both(table, TableLayout.leaf(before[r], table));
                hits[to]++;
                used++;
            }
        }
        if (used == 0 || isEmpty(table)) {
            return;
        }
        double labelsPerRow = (double) labels[table] / used;
        int from = table * leaves;
        float[] values = Arrays.copyOfRange(value, from, from + leaves);
        int[] counts = Arrays.copyOfRange(count, from, from + leaves);
        clear(table);
        for (int leaf = 0; leaf < leaves; leaf++) {
            if (hits[leaf] > 0) {
                int n = (int) Math.max(1, Math.round(labelsPerRow * hits[leaf]));
                set(table, leaf, bounded(sums[leaf] / hits[leaf]), n);
            } else if (counts[leaf] > 0) {
                set(table, leaf, values[leaf], 1);
            }
        }
    }

    private void halve(int table) {
        int from = table * leaves;
        float[] values = Arrays.copyOfRange(value, from, from + leaves);
        int[] counts = Arrays.copyOfRange(count, from, from + leaves);
        clear(table);
        for (int leaf = 0; leaf < leaves; leaf++) {
            if (counts[leaf] > 0) {
                set(table, leaf, values[leaf], (counts[leaf] + 1) / 2);
            }
        }
    }

    private void set(int table, int leaf, float to, int labelled) {
        value[table * leaves + leaf] = to;
        count[table * leaves + leaf] = labelled;
        addToSums(table, leaf, (double) labelled * to, labelled);
    }

    private void clear(int table) {
        Arrays.fill(value, table * leaves, (table + 1) * leaves, Float.NaN);
        Arrays.fill(count, table * leaves, (table + 1) * leaves, 0);
        first.clear(table);
        second.clear(table);
        sum[table] = 0;
        labels[table] = 0;
        mean[table] = 0;
    }

    private void addToSums(int table, int leaf, double grown, int hits) {
        first.add(first.from[table] + layout.ofFirst(table, leaf), grown, hits);
        second.add(second.from[table] + layout.ofSecond(table, leaf), grown, hits);
        sum[table] += grown;
        labels[table] += hits;
        mean[table] = sum[table] / labels[table];
    }

    /** Writes the leaves with labels, then the sums. */
    public void writeTo(DataOutput out) throws IOException {
        int used = 0;
        for (int n : count) {
            used += n > 0 ? 1 : 0;
        }
        out.writeInt(used);
        for (int i = 0; i < count.length; i++) {
            if (count[i] > 0) {
                out.writeInt(i);
                out.writeFloat(value[i]);
                out.writeInt(count[i]);
            }
        }
        Wire.write(out, sum);
        for (int t = 0; t < TABLES; t++) {
            out.writeLong(labels[t]);
            first.write(t, out);
            second.write(t, out);
        }
    }

    public void readFrom(DataInput in) throws IOException {
        int used = in.readInt();
        for (int n = 0; n < used; n++) {
            int i = in.readInt();
            value[i] = in.readFloat();
            count[i] = in.readInt();
            int t = i / leaves;
            first.count[first.from[t] + layout.ofFirst(t, i % leaves)] += count[i];
            second.count[second.from[t] + layout.ofSecond(t, i % leaves)] += count[i];
        }
        double[] sums = Wire.readDoubles(in);
        FormatException.requireSame("tables", sums.length, TABLES);
        System.arraycopy(sums, 0, sum, 0, TABLES);
        for (int t = 0; t < TABLES; t++) {
            labels[t] = in.readLong();
            mean[t] = labels[t] == 0 ? 0 : sum[t] / labels[t];
            first.read(t, in);
            second.read(t, in);
        }
    }
}
