package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.pid.ModalitySet;
import io.pidstream.stats.BrokenInvariant;
import io.pidstream.stats.Generations;
import io.pidstream.tables.FrameInputs;
import io.pidstream.tables.LeafErrors;
import io.pidstream.tables.RandomTables;
import io.pidstream.tables.TableLayout;
import io.pidstream.tables.TableLeaves;
import io.pidstream.tables.TableThresholds;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns how large the errors of the fleet's mixture are in a situation: from the channels, the
 * prediction itself and how far the experts disagree. Random tables as those of {@link
 * RandomTables}; prediction and disagreement are a modality of their own, which is always present.
 *
 * <pre>
 * log scale(x):  its leaves move by |error| / scale − 1, so the scale is the expected |error|
 *                (maximum likelihood if errors are Laplace-distributed);
 * log above(x):  its leaves move by 1{error &gt; scale · q · above} − tail, and likewise below,
 *                so each side of an interval is missed equally often in every situation
 *                (the gradient of the pinball loss).
 * </pre>
 *
 * <p>Labels of one instant take effect together, each leaf by its mean residual. Tables of shards
 * would merge like those of {@link RandomTables}.
 */
final class SituationTables {
    static final Part PART = Part.of("learn/situation-tables", 1, RowSample.PART);

    private static final int TABLES = TableLayout.TABLES;
    private static final int BITS = 6;
    private static final double RATE = 0.15;

    /** Labels before tables take part; thresholds are placed anew at every power of two from it. */
    private static final int AWAKE_FROM = 16;

    private static final int MOST_VALUES = 65;

    /** An error far beyond its scale counts as one of this many scales more. */
    private static final double MOST_RESIDUAL = 3;

    /** Weight of a label in the means and thresholds that do not depend on the situation. */
    private static final double LEAST_RATE = 0.002;

    private static final double LEAST_STEP = 0.03;
    private static final double PACE = 60;
    private static final double SETTLING = 400;

    /** Bound on the logarithm of a side's factor. */
    private static final double MOST_FACTOR = 1.4;

    /** Errors and scales below this share of the target's standard deviation do not differ. */
    private static final double LEAST_SHARE = 1e-3;

    private static final int SCALE = 0;
    private static final int ABOVE = 1;
    private static final int BELOW = 2;
    private static final int OUTPUTS = 3;

    /** The gains of few labels, as most leaves have at an instant. */
    private static final double[] GAINS = new double[256];

    static {
        Arrays.setAll(GAINS, SituationTables::exactGain);
    }

    private final int[] channels;

    /** The modality of prediction and disagreement. */
    private final int own;

    private final FeatureLayout layout;
    private final double tail;
    private final TableLayout tables;
    private final TableThresholds thresholds;
    private final TableLeaves[] leaves = new TableLeaves[OUTPUTS];
    private final Generations generations = new Generations(AWAKE_FROM, 2);
    private RowSample sample;

    /** Mean of the logarithm of the scale. */
    private double mean;

    /** Logarithms of the usual distance of either end, in scales. */
    private double above;

    private double below;

    /** Labels of the present instant: their residuals, per output. */
    private final LeafErrors residuals;

    private final List<Pending> pending = new ArrayList<>(1);

    /**
     * @param mean towards which that of the logarithm of the scale moves
     * @param residuals per output
     */
    private record Pending(double mean, double[] residuals) {}

    SituationTables(LearnerSettings settings, FeatureLayout of) {
        channels = of.channels();
        own = of.modalities();
        int[] modalityOf = new int[channels.length + 2];
        Arrays.setAll(modalityOf, i -> i < channels.length ? of.modalityOf(channels[i]) : own);
        layout = of.of(modalityOf);
        double miss = 1 - settings.interval();
        tail = miss / 2;
        tables = new TableLayout(layout.all(), modalityOf, BITS);
        thresholds = new TableThresholds(tables);
        Arrays.setAll(leaves, output -> new TableLeaves(tables, RATE));
        residuals = new LeafErrors(tables, OUTPUTS);
        sample = new RowSample(layout, layout.all());
        above = AdaptiveInterval.usualLogRatio(settings.interval());
        below = above;
    }

    /**
     * What is expected of the errors of a frame.
     *
     * @param prediction of the mixture
     * @param disagreement weighted mean absolute deviation of its experts
     * @param deviation standard deviation of the target
     */
    Situation of(
            ModalitySet present,
            double[] inputs,
            double prediction,
            double disagreement,
            double deviation) {
        if (generations.labels() < AWAKE_FROM || !(deviation > 0)) {
            return new Situation(prediction, Double.NaN, 1, 1, deviation);
        }
        ModalitySet all = present.with(own);
        FrameInputs row = new FrameInputs(row(inputs, prediction, disagreement));
        long[] leaf = thresholds.leaves(row);
        double scale = StrictMath.exp(mean + sum(SCALE, all, leaf));
        double least = LEAST_SHARE * deviation;
        return new Situation(
                prediction,
                Math.max(least, Math.min(scale, deviation / LEAST_SHARE)),
                factor(ABOVE, all, leaf),
                factor(BELOW, all, leaf),
                deviation);
    }

    private double factor(int output, ModalitySet present, long[] leaf) {
        double factor = sum(output, present, leaf);
        return StrictMath.exp(Math.max(-MOST_FACTOR, Math.min(MOST_FACTOR, factor)));
    }

    private double sum(int output, ModalitySet present, long[] leaf) {
        return leaves[output].addTo(0, present, leaf);
    }

    private double[] row(double[] inputs, double prediction, double disagreement) {
        double[] row = new double[channels.length + 2];
        for (int c = 0; c < channels.length; c++) {
            row[c] = inputs[channels[c]];
        }
        row[channels.length] = prediction;
        row[channels.length + 1] = disagreement;
        return row;
    }

    /**
     * Learns the error of a frame at the end of the instant.
     *
     * @param error label minus the mixture's prediction
     * @param deviation standard deviation of the target; nothing is learned before it has varied
     */
    void learn(
            LabelledFeatures label,
            double prediction,
            double disagreement,
            double error,
            double deviation) {
        if (!(deviation > 0)) {
            return;
        }
        ModalitySet all = label.present().with(own);
        double[] row = row(label.inputs(), prediction, disagreement);
        ScaledFrame frame = new ScaledFrame(label.time(), all, row, row);
        sample.add(frame, 0);
        generations.add();
        long[] leaf = thresholds.leaves(frame.of());
        double least = LEAST_SHARE * deviation;
        double absolute = Math.abs(error) + least;
        double log =
                generations.labels() == 1 ? StrictMath.log(absolute) : mean + sum(SCALE, all, leaf);
        double scale = StrictMath.exp(log);
        double residual = Math.min(absolute / scale - 1, MOST_RESIDUAL);
        double up = error > scale * StrictMath.exp(above) * factor(ABOVE, all, leaf) ? 1 : 0;
        double down = -error > scale * StrictMath.exp(below) * factor(BELOW, all, leaf) ? 1 : 0;
        double[] ofLabel = {residual, up - tail, down - tail};
        residuals.add(all, leaf, ofLabel);
        pending.add(new Pending(log + residual, ofLabel));
    }

    /** Ends an instant: its labels take effect. */
    void advance() {
        if (pending.isEmpty()) {
            return;
        }
        double[] means = new double[OUTPUTS];
        double towards = 0;
        for (Pending label : pending) {
            towards += label.mean() / pending.size();
            for (int output = 0; output < OUTPUTS; output++) {
                means[output] += label.residuals()[output] / pending.size();
            }
        }
        long labels = generations.labels();
        mean += (towards - mean) * Math.max((double) pending.size() / labels, LEAST_RATE);
        double step = Math.max(LEAST_STEP, PACE / (SETTLING + labels));
        above += step * means[ABOVE];
        below += step * means[BELOW];
        if (!Double.isFinite(mean) || !Double.isFinite(above) || !Double.isFinite(below)) {
            throw new BrokenInvariant(
                    "mean of the logarithm of the scale is %s, of the ends %s and %s",
                    mean, above, below);
        }
        residuals.each(this::move);
        residuals.clear();
        pending.clear();
        if (generations.advance()) {
            place();
        }
    }

    private void move(int table, int leaf, int hits, double[] sums) {
        double gain = pending.size() == 1 ? 1 : gain(hits);
        for (int output = 0; output < OUTPUTS; output++) {
            double residual = gain * sums[output] / hits;
            leaves[output].move(table, leaf, residual / TABLES, hits);
        }
    }

    /** A mean of several labels moves a leaf about as far as they would one after the other. */
    private static double gain(int labels) {
        return labels < GAINS.length ? GAINS[labels] : exactGain(labels);
    }

    private static double exactGain(int labels) {
        return (1 - StrictMath.pow(1 - RATE, labels)) / RATE;
    }

    private void place() {
        double[][] grids = new double[layout.features()][];
        for (int i = 0; i < grids.length; i++) {
            double[] grid = sample.grid(i, MOST_VALUES);
            grids[i] = grid.length == 0 ? null : grid;
        }
        long[][] before = thresholds.leaves(sample.rows());
        boolean[] moved = thresholds.place(grids);
        long[][] after = thresholds.leaves(sample.rows());
        for (int t = 0; t < TABLES; t++) {
            for (int output = 0; moved[t] && output < OUTPUTS; output++) {
                leaves[output].carryOver(t, sample.rows(), before, after);
            }
        }
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(mean);
        out.writeDouble(above);
        out.writeDouble(below);
        out.writeLong(generations.labels());
        sample.writeTo(out);
        thresholds.writeTo(out);
        for (TableLeaves of : leaves) {
            of.writeTo(out);
        }
    }

    /** Reads what {@link #writeTo} wrote; the same channels may have other places by now. */
    static SituationTables readFrom(DataInput in, LearnerSettings settings, FeatureLayout layout)
            throws IOException {
        SituationTables read = new SituationTables(settings, layout);
        read.mean = in.readDouble();
        read.above = in.readDouble();
        read.below = in.readDouble();
        read.generations.restore(in.readLong());
        read.sample = RowSample.readFrom(in, read.layout, read.layout.all());
        read.thresholds.readFrom(in);
        for (TableLeaves of : read.leaves) {
            of.readFrom(in);
        }
        return read;
    }
}
