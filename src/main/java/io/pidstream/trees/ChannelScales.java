package io.pidstream.trees;

import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSamples;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Standardises channels, for trees have single-precision thresholds: a channel with a large offset
 * would lose its small changes. The map is monotone, so trees are the same otherwise. Immutable.
 */
final class ChannelScales {
    private static final double CLIP = 1e30;

    /** Per modality, [K][c]. */
    private final double[][] means;

    private final double[][] deviations;

    private ChannelScales(double[][] means, double[][] deviations) {
        this.means = means;
        this.deviations = deviations;
    }

    /** Fits the scales on the rows that have the modality; without any they change nothing. */
    static ChannelScales fit(ModelShape shape, TrainingSamples samples) {
        double[][] means = new double[shape.count()][];
        double[][] deviations = new double[shape.count()][];
        for (int m = 0; m < shape.count(); m++) {
            List<double[]> rows = samples.rowsOf(m);
            means[m] = new double[shape.channels(m)];
            deviations[m] = new double[shape.channels(m)];
            for (int c = 0; c < means[m].length; c++) {
                double mean = 0;
                double squares = 0;
                for (int i = 0; i < rows.size(); i++) {
                    double delta = rows.get(i)[c] - mean;
                    mean += delta / (i + 1);
                    squares += delta * (rows.get(i)[c] - mean);
                }
                double deviation = Math.sqrt(squares / Math.max(1, rows.size()));
                means[m][c] = mean;
                deviations[m][c] = deviation > 0 && Double.isFinite(deviation) ? deviation : 1;
            }
        }
        return new ChannelScales(means, deviations);
    }

    /** Number of modalities. */
    int count() {
        return means.length;
    }

    /** Number of channels of a modality. */
    int size(int modality) {
        return means[modality].length;
    }

    /** Number of channels of all modalities. */
    int size() {
        int size = 0;
        for (double[] ofModality : means) {
            size += ofModality.length;
        }
        return size;
    }

    /** The standardised channels of a modality. */
    float[] row(int modality, double[] channels) {
        float[] row = new float[size(modality)];
        for (int c = 0; c < row.length; c++) {
            double scaled = (channels[c] - means[modality][c]) / deviations[modality][c];
            row[c] = (float) Math.max(-CLIP, Math.min(CLIP, scaled));
        }
        return row;
    }

    void writeTo(DataOutput out) throws IOException {
        for (int m = 0; m < means.length; m++) {
            for (int c = 0; c < means[m].length; c++) {
                out.writeDouble(means[m][c]);
                out.writeDouble(deviations[m][c]);
            }
        }
    }

    static ChannelScales readFrom(DataInput in, ModelShape shape) throws IOException {
        double[][] means = new double[shape.count()][];
        double[][] deviations = new double[shape.count()][];
        for (int m = 0; m < shape.count(); m++) {
            ModalityShape modality = shape.modalities().get(m);
            means[m] = new double[shape.channels(m)];
            deviations[m] = new double[shape.channels(m)];
            for (int c = 0; c < means[m].length; c++) {
                means[m][c] = in.readDouble();
                deviations[m][c] = in.readDouble();
                boolean positive = deviations[m][c] > 0 && Double.isFinite(deviations[m][c]);
                if (!Double.isFinite(means[m][c]) || !positive) {
                    throw new ModelRefusedException(
                            "the scale of %s of %s has the mean %s and the deviation %s"
                                    .formatted(
                                            modality.channels().get(c),
                                            modality.name(),
                                            means[m][c],
                                            deviations[m][c]));
                }
            }
        }
        return new ChannelScales(means, deviations);
    }
}
