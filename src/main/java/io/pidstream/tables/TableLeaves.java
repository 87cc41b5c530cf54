package io.pidstream.tables;

import io.pidstream.format.FormatException;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

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
    private final float[] value;
    private final int[] count;

    /** Sums over leaves of count times value, and of counts, by the bits of one modality. */
    private final double[][] sumOfFirst = new double[TABLES][];

    private final int[][] countOfFirst = new int[TABLES][];
    private final double[][] sumOfSecond = new double[TABLES][];
    private final int[][] countOfSecond = new int[TABLES][];
    private final double[] sum = new double[TABLES];
    private final long[] labels = new long[TABLES];

    /**
     * @param rate learning rate of a leaf with many labels
     */
    public TableLeaves(TableLayout layout, double rate) {
        this.layout = layout;
        this.rate = rate;
        leaves = layout.leaves;
        value = new float[TABLES * leaves];
        count = new int[value.length];
        for (int t = 0; t < TABLES; t++) {
            sumOfFirst[t] = new double[layout.sizeOfFirst(t)];
            countOfFirst[t] = new int[sumOfFirst[t].length];
            sumOfSecond[t] = new double[layout.sizeOfSecond(t)];
            countOfSecond[t] = new int[sumOfSecond[t].length];
        }
    }

    public boolean isEmpty(int table) {
        return labels[table] == 0;
    }

    /** What a table says without both modalities; 0 without labels. */
    public double none(int table) {
        return labels[table] == 0 ? 0 : sum[table] / labels[table];
    }

    /** What a table says without its second modality. */
    public double ofFirst(int table, int leaf) {
        int i = layout.ofFirst(table, leaf);
        int n = countOfFirst[table][i];
        return n == 0 ? none(table) : sumOfFirst[table][i] / n;
    }

    /** What a table says without its first modality. */
    public double ofSecond(int table, int leaf) {
        int i = layout.ofSecond(table, leaf);
        int n = countOfSecond[table][i];
        return n == 0 ? none(table) : sumOfSecond[table][i] / n;
    }

    /** What a table says; a leaf without labels has the sum of both sides' effects. */
    public double both(int table, int leaf) {
        int i = table * leaves + leaf;
        return count[i] > 0 || isEmpty(table)
                ? value[i]
                : ofFirst(table, leaf) + ofSecond(table, leaf) - none(table);
    }

    /** Copies values and counts of a table's leaves. */
    void copyTo(int table, double[] means, int[] counts) {
        for (int leaf = 0; leaf < leaves; leaf++) {
            means[leaf] = value[table * leaves + leaf];
            counts[leaf] = count[table * leaves + leaf];
        }
    }

    /** Copies what a table says without its second modality, by the bits of the first. */
    void copyFirstTo(int table, double[] means, int[] counts) {
        copyTo(sumOfFirst[table], countOfFirst[table], means, counts);
    }

    /** Copies what a table says without its first modality, by the bits of the second. */
    void copySecondTo(int table, double[] means, int[] counts) {
        copyTo(sumOfSecond[table], countOfSecond[table], means, counts);
    }

    /** Means are 0 where there are no labels. */
    private static void copyTo(double[] sums, int[] labelled, double[] means, int[] counts) {
        for (int i = 0; i < sums.length; i++) {
            means[i] = labelled[i] == 0 ? 0 : sums[i] / labelled[i];
            counts[i] = labelled[i];
        }
    }

    /** What a table says of a frame by the modalities that are present. */
    public double prediction(int table, ModalitySet present, int leaf) {
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
     * @param before per row, the old leaves of all tables
     * @param after per row, the new leaves of all tables
     */
    public void carryOver(
            int table, List<? extends SampledRow> rows, int[][] before, int[][] after) {
        double[] sums = new double[leaves];
        int[] hits = new int[leaves];
        int used = 0;
        for (int r = 0; r < before.length; r++) {
            ModalitySet present = rows.get(r).present();
            if (present.contains(layout.first[table]) && present.contains(layout.second[table])) {
                sums[after[r][table]] += both(table, before[r][table]);
                hits[after[r][table]]++;
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
        Arrays.fill(value, table * leaves, (table + 1) * leaves, 0);
        Arrays.fill(count, table * leaves, (table + 1) * leaves, 0);
        Arrays.fill(sumOfFirst[table], 0);
        Arrays.fill(countOfFirst[table], 0);
        Arrays.fill(sumOfSecond[table], 0);
        Arrays.fill(countOfSecond[table], 0);
        sum[table] = 0;
        labels[table] = 0;
    }

    private void addToSums(int table, int leaf, double grown, int hits) {
        int a = layout.ofFirst(table, leaf);
        int b = layout.ofSecond(table, leaf);
        sumOfFirst[table][a] += grown;
        countOfFirst[table][a] += hits;
        sumOfSecond[table][b] += grown;
        countOfSecond[table][b] += hits;
        sum[table] += grown;
        labels[table] += hits;
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
            for (double s : sumOfFirst[t]) {
                out.writeDouble(s);
            }
            for (double s : sumOfSecond[t]) {
                out.writeDouble(s);
            }
        }
    }

    public void readFrom(DataInput in) throws IOException {
        int used = in.readInt();
        for (int n = 0; n < used; n++) {
            int i = in.readInt();
            value[i] = in.readFloat();
            count[i] = in.readInt();
            int t = i / leaves;
            countOfFirst[t][layout.ofFirst(t, i % leaves)] += count[i];
            countOfSecond[t][layout.ofSecond(t, i % leaves)] += count[i];
        }
        double[] sums = Wire.readDoubles(in);
        FormatException.requireSame("tables", sums.length, TABLES);
        System.arraycopy(sums, 0, sum, 0, TABLES);
        for (int t = 0; t < TABLES; t++) {
            labels[t] = in.readLong();
            for (int i = 0; i < sumOfFirst[t].length; i++) {
                sumOfFirst[t][i] = in.readDouble();
            }
            for (int i = 0; i < sumOfSecond[t].length; i++) {
                sumOfSecond[t][i] = in.readDouble();
            }
        }
    }
}
