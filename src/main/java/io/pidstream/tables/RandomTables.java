package io.pidstream.tables;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An additive model of random tables: every table looks at {@code bits} thresholds of channels of
 * two modalities, and the prediction is a mean plus the sum of the leaves that a frame falls into.
 * Nothing is refitted: a label moves its leaves by a share of the error. For tables of this kind
 * see random ferns (Özuysal, Fua &amp; Lepetit 2007) and tile coding (Sutton &amp; Barto 2018,
 * 9.5).
 *
 * <p>As a table sees two modalities a and b, its Shapley values are exact from four means: v(∅),
 * v(a), v(b) and the leaf v(ab), where v(a) is the mean of the leaves over the other modality's
 * bits, weighted by their labels:
 *
 * <pre>
 * φ(a) = ½ (v(a) − v(∅) + v(ab) − v(b)),  φ(b) = ½ (v(b) − v(∅) + v(ab) − v(a))
 * </pre>
 *
 * <p>An absent modality is marginalised by the same means, never imputed. How a modality's
 * contribution is split among its channels: see {@link TableEffects}.
 *
 * <p>Labels of one instant take effect together, each leaf by its mean error, so their order does
 * not matter. Tables of shards would merge by their leaves' sums of values and counts.
 */
public final class RandomTables {
    public static final Part PART = Part.of("learn/random-tables", 2);

    private static final int TABLES = TableLayout.TABLES;
    private static final double MEAN_RATE = 0.002;

    /** Effects are renewed when the labels have grown by one in so many, within bounds. */
    private static final long RENEWED_EVERY = 8;

    private static final long RENEWED_AFTER_LEAST = 16;
    private static final long RENEWED_AFTER_MOST = 1024;

    private final TableLayout layout;
    private final TableThresholds thresholds;
    private final TableLeaves leaves;
    private final TableEffects effects;
    private double mean;
    private long labels;

    /** Number of labels at which the effects of channels are renewed. */
    private long renewedAt = RENEWED_AFTER_LEAST;

    /** Labels of the present instant. */
    private final List<Pending> pending = new ArrayList<>(1);

    /**
     * @param leaf per table; −1 if one of its modalities is absent
     * @param error of the prediction, per table
     */
    private record Pending(int[] leaf, double target, double error) {}

    /**
     * @param features indices of the features that are read, ascending
     * @param modalityOf modality of every feature
     * @param bits thresholds per table
     * @param rate learning rate of a leaf with many labels
     */
    public RandomTables(int[] features, int[] modalityOf, int bits, double rate) {
        layout = new TableLayout(features, modalityOf, bits);
        thresholds = new TableThresholds(layout);
        leaves = new TableLeaves(layout, rate);
        effects = new TableEffects(layout, features, modalityOf);
    }

    /**
     * Places the thresholds of channels whose distribution has changed, and carries over what has
     * been learned.
     *
     * @param grids per feature, see {@code RowSample.grid}; null to leave its thresholds
     * @param rows the sampled rows
     */
    public void place(double[][] grids, List<? extends SampledRow> rows) {
        int[][] before = leavesOf(rows);
        boolean[] moved = thresholds.place(grids);
        int[][] after = leavesOf(rows);
        for (int t = 0; t < TABLES; t++) {
            if (moved[t]) {
                leaves.carryOver(t, rows, before, after);
            }
        }
        renewEffects();
    }

    private void renewEffects() {
        effects.renew(leaves, thresholds);
        long wait = Math.max(labels / RENEWED_EVERY, RENEWED_AFTER_LEAST);
        renewedAt = labels + Math.min(wait, RENEWED_AFTER_MOST);
    }

    private int[][] leavesOf(List<? extends SampledRow> rows) {
        int[][] of = new int[rows.size()][];
        for (int r = 0; r < of.length; r++) {
            of[r] = thresholds.leaves(rows.get(r).inputs());
        }
        return of;
    }

    /**
     * The prediction of a frame, in units of the target.
     *
     * @param contributions receives one contribution per modality, from an offset on
     * @return the baseline
     */
    public double predict(
            ModalitySet present, double[] inputs, double[] contributions, int offset) {
        int[] leaf = thresholds.leaves(inputs);
        double baseline = mean;
        for (int t = 0; t < TABLES; t++) {
            double none = leaves.none(t);
            baseline += none;
            int a = layout.first[t];
            int b = layout.second[t];
            double ofA = present.contains(a) ? leaves.ofFirst(t, leaf[t]) - none : 0;
            double ofB = present.contains(b) ? leaves.ofSecond(t, leaf[t]) - none : 0;
            if (present.contains(a) && present.contains(b)) {
                double both = leaves.both(t, leaf[t]) - none;
                contributions[offset + a] += 0.5 * (ofA + both - ofB);
                contributions[offset + b] += 0.5 * (ofB + both - ofA);
            } else {
                contributions[offset + a] += ofA;
                contributions[offset + b] += ofB;
            }
        }
        return baseline;
    }

    /**
     * Splits the contributions of {@link #predict} among channels; see {@link TableEffects#split}.
     */
    public void split(
            ModalitySet present,
            double[] inputs,
            double[] contributions,
            int offset,
            float[] parts,
            int partsOffset) {
        effects.split(present, inputs, contributions, offset, parts, partsOffset);
    }

    /** The prediction of a frame without its parts. */
    public double prediction(ModalitySet present, double[] inputs) {
        int[] leaf = thresholds.leaves(inputs);
        double prediction = mean;
        for (int t = 0; t < TABLES; t++) {
            prediction += leaves.prediction(t, present, leaf[t]);
        }
        return prediction;
    }

    /** Learns a label at the end of the instant; tables with an absent modality do not learn. */
    public void learn(ModalitySet present, double[] inputs, double target) {
        int[] leaf = thresholds.leaves(inputs).clone();
        double prediction = mean;
        for (int t = 0; t < TABLES; t++) {
            if (present.contains(layout.first[t]) && present.contains(layout.second[t])) {
                prediction += leaves.both(t, leaf[t]);
            } else {
                prediction += leaves.none(t);
                leaf[t] = -1;
            }
        }
        pending.add(new Pending(leaf, target, (target - prediction) / TABLES));
    }

    /** Ends an instant: its labels take effect. */
    public void advance() {
        if (pending.isEmpty()) {
            return;
        }
        double target = 0;
        for (Pending label : pending) {
            target += label.target() / pending.size();
        }
        labels += pending.size();
        mean += (target - mean) * Math.max((double) pending.size() / labels, MEAN_RATE);
        for (int t = 0; t < TABLES; t++) {
            if (pending.size() == 1) {
                int leaf = pending.get(0).leaf()[t];
                if (leaf >= 0) {
                    leaves.move(t, leaf, pending.get(0).error(), 1);
                }
            } else {
                moveAll(t);
            }
        }
        pending.clear();
        if (labels >= renewedAt) {
            renewEffects();
        }
    }

    private void moveAll(int table) {
        double[] errors = new double[layout.leaves];
        int[] hits = new int[layout.leaves];
        for (Pending label : pending) {
            int leaf = label.leaf()[table];
            if (leaf >= 0) {
                errors[leaf] += label.error();
                hits[leaf]++;
            }
        }
        for (int leaf = 0; leaf < hits.length; leaf++) {
            if (hits[leaf] > 0) {
                leaves.move(table, leaf, errors[leaf] / hits[leaf], hits[leaf]);
            }
        }
    }

    public void writeTo(DataOutput out) throws IOException {
        out.writeDouble(mean);
        out.writeLong(labels);
        thresholds.writeTo(out);
        leaves.writeTo(out);
        out.writeLong(renewedAt);
        effects.writeTo(out);
    }

    /** Reads what {@link #writeTo} wrote. */
    public void readFrom(DataInput in, Versions versions) throws IOException {
        mean = in.readDouble();
        labels = in.readLong();
        thresholds.readFrom(in);
        leaves.readFrom(in);
        if (versions.of(PART) > 1) {
            renewedAt = in.readLong();
            effects.readFrom(in, thresholds);
        } else {
            renewEffects();
        }
    }
}
