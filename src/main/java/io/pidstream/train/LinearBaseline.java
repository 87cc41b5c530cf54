package io.pidstream.train;

import io.pidstream.stats.Cholesky;
import io.pidstream.version.HoldOutErrors;
import io.pidstream.version.TrainingSamples;

/**
 * The baseline of the identity encoder: a ridge regression of the targets on the standardised
 * channels, where an absent channel is replaced by its mean. The first trained version must be
 * better.
 */
final class LinearBaseline {
    private static final double RIDGE = 1;
    private static final double CONSTANT = 1e-12;

    private final double[] mean;

    /** 1 / deviation; 0 for a channel that is constant. */
    private final double[] scale;

    /** [t][1 + c], the intercept first. */
    private final double[][] coefficients;

    private LinearBaseline(double[] mean, double[] scale, double[][] coefficients) {
        this.mean = mean;
        this.scale = scale;
        this.coefficients = coefficients;
    }

    /** (XᵀX + ridge I)⁻¹ Xᵀy, with X = [1, z] and no ridge on the intercept. */
    static LinearBaseline fit(TrainingSamples rows, int channels, int targets) {
        double[][] moments = moments(rows, channels);
        LinearBaseline scales = new LinearBaseline(moments[0], moments[1], new double[0][]);
        int d = channels + 1;
        double[] gram = new double[d * d];
        double[][] products = new double[targets][d];
        for (int i = 0; i < rows.size(); i++) {
            double[] x = scales.features(rows, i);
            for (int a = 0; a < d; a++) {
                for (int b = 0; b <= a; b++) {
                    gram[a * d + b] += x[a] * x[b];
                }
                for (int t = 0; t < targets; t++) {
                    products[t][a] += x[a] * rows.targets(i)[t];
                }
            }
        }
        for (int a = 1; a < d; a++) {
            gram[a * d + a] += RIDGE;
        }
        Cholesky factor = Cholesky.of(gram, d);
        double[][] coefficients = new double[targets][];
        for (int t = 0; t < targets; t++) {
            coefficients[t] = factor.solve(products[t]);
        }
        return new LinearBaseline(scales.mean, scales.scale, coefficients);
    }

    /** Mean and 1 / deviation of each channel where it is present. */
    private static double[][] moments(TrainingSamples rows, int channels) {
        double[] n = new double[channels];
        double[] mean = new double[channels];
        double[] squares = new double[channels];
        for (int i = 0; i < rows.size(); i++) {
            int c = 0;
            for (int m = 0; m < rows.present(i).length; m++) {
                for (double value : rows.channels(i)[m]) {
                    if (rows.present(i)[m]) {
                        double before = value - mean[c];
                        mean[c] += before / ++n[c];
                        squares[c] += before * (value - mean[c]);
                    }
                    c++;
                }
            }
        }
        double[] scale = new double[channels];
        for (int c = 0; c < channels; c++) {
            double deviation = Math.sqrt(squares[c] / Math.max(1, n[c]));
            boolean constant = !(deviation > CONSTANT * Math.max(1, Math.abs(mean[c])));
            scale[c] = constant ? 0 : 1 / deviation;
        }
        return new double[][] {mean, scale};
    }

    private double[] features(TrainingSamples rows, int row) {
        double[] x = new double[mean.length + 1];
        x[0] = 1;
        int c = 0;
        for (int m = 0; m < rows.present(row).length; m++) {
            for (double value : rows.channels(row)[m]) {
                x[c + 1] = rows.present(row)[m] ? (value - mean[c]) * scale[c] : 0;
                c++;
            }
        }
        return x;
    }

    HoldOutErrors errors(TrainingSamples rows) {
        return HoldOutErrors.of(
                rows,
                coefficients.length,
                (row, target) -> {
                    double[] x = features(rows, row);
                    double sum = 0;
                    for (int a = 0; a < x.length; a++) {
                        sum += coefficients[target][a] * x[a];
                    }
                    return sum;
                });
    }
}
