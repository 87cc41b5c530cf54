package io.pidstream.tables;

import io.pidstream.format.FormatException;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import io.pidstream.stats.LeftOut;
import io.pidstream.stats.StepFunction;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Splits the contribution of a modality, as random tables have it, among its channels.
 *
 * <p>What tables say with a modality a, alone or beside the other one b, they say without one of
 * its thresholds too: by the means over that bit, weighted by labels. A channel has the mean effect
 * of leaving its thresholds out of {a} and out of {a, b}, as a's contribution itself is the mean of
 * what a adds without and with b:
 *
 * <pre>
 * effect(c, x) = Σ ½ (mean of v(a) − v(a \ j) + mean of v(ab) − v(ab \ j)) over c's thresholds j,
 *                means over the labels on x's side of j
 * part(c) = effect(c, x) + share(c) · (φ(a) − Σ effect(c', x'))
 * </pre>
 *
 * <p>What the effects do not add up to is what channels do together, or would say alike. It is
 * divided by the mean squared effect of leaving out, so a channel that changes nothing has no part
 * in it. The parts sum to the contribution, whatever the effects are; so these need not be new:
 * they are renewed every so many labels, as that takes much longer than a prediction.
 */
final class TableEffects {
    private final TableLayout layout;
    private final int[] features;
    private final int[] modalityOf;
    private final int modalities;

    /** Per feature. */
    private final StepFunction[] effects;

    /** Per feature, its share of what effects of its modality do not add up to. */
    private final float[] shares;

    /**
     * @param features indices of the features that are read, ascending
     * @param modalityOf modality of every feature
     */
    TableEffects(TableLayout layout, int[] features, int[] modalityOf) {
        this.layout = layout;
        this.features = features;
        this.modalityOf = modalityOf;
        modalities = Arrays.stream(modalityOf).max().orElseThrow() + 1;
        effects = new StepFunction[features.length];
        Arrays.fill(effects, StepFunction.ZERO);
        shares = new float[features.length];
        share(new double[features.length]);
    }

    /**
     * Splits contributions.
     *
     * @param contributions one per modality, from an offset on
     * @param parts receives one per feature, from an offset on
     */
    void split(
            ModalitySet present,
            double[] inputs,
            double[] contributions,
            int offset,
            float[] parts,
            int partsOffset) {
        double[] effect = new double[features.length];
        double[] rest = new double[modalities];
        for (int c = 0; c < features.length; c++) {
            int modality = modalityOf[features[c]];
            if (present.contains(modality)) {
                effect[c] = effects[c].at(inputs[features[c]]);
                rest[modality] -= effect[c];
            }
        }
        for (int c = 0; c < features.length; c++) {
            int modality = modalityOf[features[c]];
            if (present.contains(modality)) {
                double left = contributions[offset + modality] + rest[modality];
                parts[partsOffset + features[c]] =
                        StepFunction.limited(effect[c] + shares[c] * left);
            }
        }
    }

    /** Computes the effects anew. */
    void renew(TableLeaves leaves, TableThresholds thresholds) {
        double[] below = new double[layout.feature.length];
        double[] above = new double[layout.feature.length];
        double[] total = new double[modalityOf.length];
        double[] means = new double[layout.leaves];
        int[] counts = new int[layout.leaves];
        for (int t = 0; t < TableLayout.TABLES; t++) {
            leaves.copyTo(t, means, counts);
            for (int b = 0; b < layout.bits; b++) {
                int j = t * layout.bits + b;
                LeftOut ofBoth = LeftOut.of(means, counts, layout.leaves, layout.factor(b));
                below[j] = 0.5 * ofBoth.ofZeros();
                above[j] = 0.5 * ofBoth.ofOnes();
                total[layout.feature[j]] += ofBoth.meanSquare();
            }
            leaves.copyFirstTo(t, means, counts);
            for (int b = 0; b < layout.bits - layout.lowBits[t]; b++) {
                int factor = layout.ofFirst(t, layout.factor(b));
                LeftOut ofFirst = LeftOut.of(means, counts, layout.sizeOfFirst(t), factor);
                below[t * layout.bits + b] += 0.5 * ofFirst.ofZeros();
                above[t * layout.bits + b] += 0.5 * ofFirst.ofOnes();
            }
            leaves.copySecondTo(t, means, counts);
            for (int b = layout.bits - layout.lowBits[t]; b < layout.bits; b++) {
                int factor = layout.ofSecond(t, layout.factor(b));
                LeftOut ofSecond = LeftOut.of(means, counts, layout.sizeOfSecond(t), factor);
                below[t * layout.bits + b] += 0.5 * ofSecond.ofZeros();
                above[t * layout.bits + b] += 0.5 * ofSecond.ofOnes();
            }
        }
        for (int c = 0; c < features.length; c++) {
            int[] order = order(features[c], thresholds);
            effects[c] =
                    StepFunction.sum(
                            pick(order, thresholds::place),
                            pick(order, j -> below[j]),
                            pick(order, j -> above[j]));
        }
        share(Arrays.stream(features).mapToDouble(i -> total[i]).toArray());
    }

    /** The thresholds of a feature that have a place, ascending by it. */
    private int[] order(int feature, TableThresholds thresholds) {
        return IntStream.range(0, layout.feature.length)
                .filter(j -> layout.feature[j] == feature && !Double.isNaN(thresholds.place(j)))
                .boxed()
                .sorted((i, j) -> Double.compare(thresholds.place(i), thresholds.place(j)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] pick(int[] order, IntToDoubleFunction of) {
        return Arrays.stream(order).mapToDouble(of).toArray();
    }

    /** Equal shares in a modality where leaving out changes nothing. */
    private void share(double[] total) {
        double[] sum = new double[modalities];
        int[] channels = new int[modalities];
        for (int c = 0; c < features.length; c++) {
            sum[modalityOf[features[c]]] += total[c];
            channels[modalityOf[features[c]]]++;
        }
        for (int c = 0; c < features.length; c++) {
            int modality = modalityOf[features[c]];
            shares[c] =
                    (float)
                            (sum[modality] > 0
                                    ? total[c] / sum[modality]
                                    : 1.0 / channels[modality]);
        }
    }

    void writeTo(DataOutput out) throws IOException {
        for (StepFunction effect : effects) {
            Wire.write(out, effect.values());
        }
        Wire.write(out, shares);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @param thresholds where they were at the last renewal: they do not move without one
     */
    void readFrom(DataInput in, TableThresholds thresholds) throws IOException {
        for (int c = 0; c < features.length; c++) {
            float[] values = Wire.readFloats(in);
            if (values.length > 1) {
                double[] places = pick(order(features[c], thresholds), thresholds::place);
                FormatException.requireSame("steps", values.length, places.length + 1);
                effects[c] = new StepFunction(places, values);
            } else {
                effects[c] = new StepFunction(new double[0], values);
            }
        }
        float[] read = Wire.readFloats(in);
        FormatException.requireSame("shares of channels", read.length, shares.length);
        System.arraycopy(read, 0, shares, 0, read.length);
    }
}
