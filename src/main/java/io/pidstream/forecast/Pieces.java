package io.pidstream.forecast;

import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Channels in pieces between knots: a piece is 0 below its first knot, 1 above its second, and
 * linear between. A linear model of the pieces is a piecewise linear function of each channel.
 */
final class Pieces {
    static final int MOST_PER_CHANNEL = 16;

    /** Pieces of all channels; moments grow with its square. */
    private static final int MOST = 64;

    private final int[] channels;

    /** Per channel, ascending; none for a channel that has not varied. */
    private final double[][] knots;

    private final FeatureLayout layout;
    private final FeatureLayout ofChannels;
    private final FeatureParts parts;
    private final int count;

    private Pieces(FeatureLayout ofChannels, int[] channels, double[][] knots) {
        this.ofChannels = ofChannels;
        this.channels = channels;
        this.knots = knots;
        count = Arrays.stream(knots).mapToInt(of -> Math.max(0, of.length - 1)).sum();
        int[] modalityOf = new int[count];
        int[] channelOf = new int[count];
        int next = 0;
        for (int c = 0; c < channels.length; c++) {
            for (int p = 0; p + 1 < knots[c].length; p++) {
                channelOf[next] = channels[c];
                modalityOf[next++] = ofChannels.modalityOf(channels[c]);
            }
        }
        layout = ofChannels.of(modalityOf);
        parts = new FeatureParts(channelOf, ofChannels.features());
    }

    /**
     * As many pieces per channel as fit.
     *
     * @param layout of the inputs
     * @param channels indices of the channels among the inputs, ascending
     * @param grids per channel, see {@link RowSample#grid}
     */
    static Pieces of(FeatureLayout layout, int[] channels, double[][] grids) {
        int most = MOST_PER_CHANNEL;
        while (most > 0 && total(grids, most) > MOST) {
            most--;
        }
        double[][] knots = new double[channels.length][];
        for (int c = 0; c < channels.length; c++) {
            knots[c] = most == 0 ? new double[0] : thin(grids[c], most + 1);
        }
        return new Pieces(layout, channels, knots);
    }

    private static int total(double[][] grids, int most) {
        return Arrays.stream(grids).mapToInt(g -> Math.max(0, Math.min(g.length - 1, most))).sum();
    }

    private static double[] thin(double[] grid, int most) {
        if (grid.length <= most) {
            return grid;
        }
        double[] thinned = new double[most];
        for (int i = 0; i < most; i++) {
            thinned[i] = grid[(int) Math.round((double) i * (grid.length - 1) / (most - 1))];
        }
        return thinned;
    }

    /** Number of pieces. */
    int count() {
        return count;
    }

    /** Which channel each piece is a part of. */
    FeatureParts parts() {
        return parts;
    }

    /** The layout of the pieces as features. */
    FeatureLayout layout() {
        return layout;
    }

    /** The pieces of a frame, [count], in [0, 1]; 0 where absent. */
    double[] of(ModalitySet present, double[] inputs) {
        double[] pieces = new double[count];
        int next = 0;
        for (int c = 0; c < channels.length; c++) {
            double[] of = knots[c];
            if (of.length < 2) {
                continue;
            }
            if (!present.contains(ofChannels.modalityOf(channels[c]))) {
                next += of.length - 1;
                continue;
            }
            double value = inputs[channels[c]];
            for (int p = 0; p + 1 < of.length; p++) {
                double share = (value - of[p]) / (of[p + 1] - of[p]);
                pieces[next++] = Math.max(0, Math.min(1, share));
            }
        }
        return pieces;
    }

    void writeTo(DataOutput out) throws IOException {
        for (double[] of : knots) {
            Wire.write(out, of);
        }
    }

    static Pieces readFrom(DataInput in, FeatureLayout layout, int[] channels) throws IOException {
        double[][] knots = new double[channels.length][];
        for (int c = 0; c < channels.length; c++) {
            knots[c] = Wire.readDoubles(in);
        }
        return new Pieces(layout, channels, knots);
    }
}
