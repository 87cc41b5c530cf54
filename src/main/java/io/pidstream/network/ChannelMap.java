package io.pidstream.network;

import io.pidstream.version.ModelRefusedException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The map of a channel to features, fitted once on training rows and frozen: its standardised
 * value, or its position in each of the pieces between its quantiles. Immutable.
 */
final class ChannelMap {
    /** Limits of the outermost pieces. */
    private static final double LEAST = -2;

    private static final double MOST = 3;
    private static final double CLIP = 10;
    private static final double CONSTANT = 1e-12;

    /** The pair (mean, deviation), or the ends of the pieces; empty for a constant channel. */
    private final double[] knots;

    private final boolean pieces;

    private ChannelMap(double[] knots, boolean pieces) {
        this.knots = knots;
        this.pieces = pieces;
    }

    /** (x − mean) / deviation, within ±10. */
    static ChannelMap standard(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / Math.max(1, values.length));
        boolean constant = !(deviation > CONSTANT * Math.max(1, Math.abs(mean)));
        return new ChannelMap(constant ? new double[0] : new double[] {mean, deviation}, false);
    }

    /**
     * Piece b is clip((x − e_b) / (e_{b+1} − e_b), 0, 1), where the outermost pieces are open to
     * the outside. Ends are quantiles; if most values are equal, such as in a channel that is
     * almost always 0, also the quantiles of the other values.
     *
     * @param values the channel's values in the training rows
     * @param most maximum number of pieces, at least 2
     */
    static ChannelMap pieces(double[] values, int most) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ends = quantiles(sorted, most);
        if (sorted[0] == sorted[sorted.length - 1]) {
            return new ChannelMap(new double[0], true);
        }
        if (ends.length <= most / 2) {
            double median = sorted[sorted.length / 2];
            double[] others = Arrays.stream(sorted).filter(v -> v != median).toArray();
            double[] more = quantiles(others, Math.max(1, most / 2));
            ends = distinct(both(ends, more));
        }
        return new ChannelMap(ends, true);
    }

    private static double[] quantiles(double[] sorted, int pieces) {
        double[] quantiles = new double[pieces + 1];
        for (int q = 0; q <= pieces; q++) {
            double position = (double) q / pieces * (sorted.length - 1);
            int below = (int) position;
            double share = position - below;
            double next = sorted[Math.min(below + 1, sorted.length - 1)];
            quantiles[q] = sorted[below] + share * (next - sorted[below]);
        }
        return distinct(quantiles);
    }

    private static double[] both(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static double[] distinct(double[] values) {
        return Arrays.stream(values).sorted().distinct().toArray();
    }

    /** Number of features. */
    int size() {
        if (knots.length == 0) {
            return 0;
        }
        return pieces ? knots.length - 1 : 1;
    }

    /** Writes the features of a value into an array from {@code offset} on. */
    void write(double x, float[] features, int offset) {
        if (!pieces) {
            if (knots.length > 0) {
                features[offset] =
                        (float) Math.max(-CLIP, Math.min(CLIP, (x - knots[0]) / knots[1]));
            }
            return;
        }
        int last = size() - 1;
        for (int b = 0; b <= last; b++) {
            double filled = (x - knots[b]) / (knots[b + 1] - knots[b]);
            double least = b == 0 ? LEAST : 0;
            double most = b == last ? MOST : 1;
            features[offset + b] = (float) Math.max(least, Math.min(most, filled));
        }
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeBoolean(pieces);
        out.writeInt(knots.length);
        for (double knot : knots) {
            out.writeDouble(knot);
        }
    }

    static ChannelMap readFrom(DataInput in) throws IOException {
        boolean pieces = in.readBoolean();
        int length = in.readInt();
        if (length < 0 || length > 1 << 12) {
            throw new ModelRefusedException("a channel's map has " + length + " knots");
        }
        double[] knots = new double[length];
        for (int i = 0; i < length; i++) {
            knots[i] = in.readDouble();
        }
        requireKnots(knots, pieces);
        return new ChannelMap(knots, pieces);
    }

    private static void requireKnots(double[] knots, boolean pieces) {
        boolean length = pieces ? knots.length != 1 : knots.length == 0 || knots.length == 2;
        boolean order = true;
        for (int i = 0; i < knots.length; i++) {
            order &= Double.isFinite(knots[i]) && (!pieces || i == 0 || knots[i] > knots[i - 1]);
        }
        boolean deviation = pieces || knots.length == 0 || (length && knots[1] > 0);
        if (!length || !order || !deviation) {
            throw new ModelRefusedException("a channel's map is " + Arrays.toString(knots));
        }
    }
}
