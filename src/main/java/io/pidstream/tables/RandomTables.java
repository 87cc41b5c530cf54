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
    private final TableLeaves values;
    private final TableEffects effects;
    private double mean;
    private long labels;

    /** Number of labels at which the effects of channels are renewed. */
    private long renewedAt = RENEWED_AFTER_LEAST;

    /** Errors of the predictions of the labels of the present instant, per table. */
    private final LeafErrors errors;

    /** Those labels. */
    private final List<Double> targets = new ArrayList<>(1);

    /**
     * @param features indices of the features that are read, ascending
     * @param modalityOf modality of every feature
     * @param bits thresholds per table
     * @param rate learning rate of a leaf with many labels
     */
    public RandomTables(int[] features, int[] modalityOf, int bits, double rate) {
        layout = new TableLayout(features, modalityOf, bits);
        thresholds = new TableThresholds(layout);
        values = new TableLeaves(layout, rate);
        effects = new TableEffects(layout, features, modalityOf);
        errors = new LeafErrors(layout, 1);
    }

    /**
     * Places the thresholds of channels whose distribution has changed, and carries over what has
     * been learned.
     *
     * @param grids per feature, see {@code RowSample.grid}; null to leave its thresholds
     * @param rows the sampled rows
     */
    public void place(double[][] grids, List<? extends SampledRow> rows) {
        long[][] before = thresholds.leaves(rows);
        boolean[] moved = thresholds.place(grids);
        long[][] after = thresholds.leaves(rows);
        for (int t = 0; t < TABLES; t++) {
            if (moved[t]) {
                values.carryOver(t, rows, before, after);
            }
        }
        renewEffects();
    }

    private void renewEffects() {
        effects.renew(values, thresholds);
        long wait = Math.max(labels / RENEWED_EVERY, RENEWED_AFTER_LEAST);
        renewedAt = labels + Math.min(wait, RENEWED_AFTER_MOST);
    }

    /**
     * The prediction of a frame, in units of the target.
     *
     * @param contributions receives one contribution per modality, from an offset on
     * @return the baseline
     */
    public double predict(
            ModalitySet present, FrameInputs frame, double[] contributions, int offset) {
        long[] leaves = thresholds.leaves(frame);
        boolean complete = layout.isComplete(present);
        double baseline = mean;
        for (int t = 0; t < TABLES; t++) {
            int leaf = TableLayout.leaf(leaves, t);
            double none = values.none(t);
            baseline += none;
            int a = layout.first[t];
            int b = layout.second[t];
            boolean hasA = complete || present.contains(a);
            boolean hasB = complete || present.contains(b);
            double ofA = hasA ? values.ofFirst(t, leaf) - none : 0;
            double ofB = hasB ? values.ofSecond(t, leaf) - none : 0;
            if (hasA && hasB) {
                double both = values.both(t, leaf) - none;
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
    public double prediction(ModalitySet present, FrameInputs frame) {
        return values.addTo(mean, present, thresholds.leaves(frame));
    }

    /** Learns a label at the end of the instant; tables with an absent modality do not learn. */
    public void learn(ModalitySet present, FrameInputs frame, double target) {
        long[] leaf = thresholds.leaves(frame);
        double prediction = values.addCompleteTo(mean, present, leaf);
        errors.add(present, leaf, (target - prediction) / TABLES);
        targets.add(target);
    }

    /** Ends an instant: its labels take effect. */
    public void advance() {
        if (targets.isEmpty()) {
            return;
        }
        double target = 0;
        for (double of : targets) {
            target += of / targets.size();
        }
        labels += targets.size();
        mean += (target - mean) * Math.max((double) targets.size() / labels, MEAN_RATE);
        errors.each((table, leaf, hits, sum) -> values.move(table, leaf, sum[0] / hits, hits));
        errors.clear();
        targets.clear();
        if (labels >= renewedAt) {
            renewEffects();
        }
    }

    public void writeTo(DataOutput out) throws IOException {
        out.writeDouble(mean);
        out.writeLong(labels);
        thresholds.writeTo(out);
        values.writeTo(out);
        out.writeLong(renewedAt);
        effects.writeTo(out);
    }

    /** Reads what {@link #writeTo} wrote. */
    public void readFrom(DataInput in, Versions versions) throws IOException {
        mean = in.readDouble();
        labels = in.readLong();
        thresholds.readFrom(in);
        values.readFrom(in);
        if (versions.of(PART) > 1) {
            renewedAt = in.readLong();
            effects.readFrom(in, thresholds);
        } else {
            renewEffects();
        }
    }
}
