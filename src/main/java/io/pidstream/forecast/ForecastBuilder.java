package io.pidstream.forecast;

import io.pidstream.yardstick.YardstickForecasts;
import java.util.Arrays;

/**
 * Builds a forecast: the weighted mean of the variants of all active experts, split into baseline
 * and contributions. Every variant is clipped to the range of the labels, baseline and prediction
 * alike, and its contributions are scaled to what is left between them.
 */
final class ForecastBuilder {
    private final LevelCorrections levels;
    private final Mixture mixture;
    private final LabelRange range;
    private final double[] contributions;

    /** Null if contributions are not split by channel. */
    private final ChannelSplit split;

    /** Of every variant of every expert, clipped; NaN for a silent one. */
    private final double[] predictions;

    private double baseline;
    private double total;
    private double linear = Double.NaN;

    /**
     * @param range to which the prediction of every variant is clipped
     * @param split of the contributions by channel; null for none
     */
    ForecastBuilder(
            LevelCorrections levels,
            Mixture mixture,
            LabelRange range,
            int modalities,
            ChannelSplit split) {
        this.levels = levels;
        this.mixture = mixture;
        this.range = range;
        this.split = split;
        contributions = new double[modalities];
        predictions = new double[mixture.size()];
        Arrays.fill(predictions, Double.NaN);
    }

    /** Adds experts, numbered from {@code first}; silent ones are skipped. */
    void add(int first, ExpertForecasts experts) {
        int modalities = contributions.length;
        for (int k = 0; k < experts.size(); k++) {
            if (!experts.isAwake(k)) {
                continue;
            }
            int e = first + k;
            double from = experts.baselines()[k];
            double effect = experts.prediction(k) - from;
            double scaled = 0;
            for (int v = 0; v < LevelCorrections.VARIANTS; v++) {
                int i = e * LevelCorrections.VARIANTS + v;
                double weight = mixture.weight(i);
                double unclipped = from + levels.correction(e, v);
                double base = range.clip(unclipped);
                predictions[i] = range.clip(unclipped + effect);
                baseline += weight * base;
                scaled += weight * scale(predictions[i] - base, effect);
                total += weight;
            }
            for (int m = 0; m < modalities; m++) {
                contributions[m] += scaled * experts.contributions()[k * modalities + m];
            }
            if (split != null) {
                split.add(scaled, experts, k);
            }
        }
    }

    /** By how much contributions shrink where the prediction is clipped. */
    private static double scale(double clipped, double effect) {
        return effect == 0 ? 1 : clipped / effect;
    }

    /** What the linear yardstick says; NaN if it knows nothing. */
    void measureBy(double linearYardstick) {
        linear = linearYardstick;
    }

    /** Says how sure a prediction is. */
    interface Judge {
        /**
         * @param disagreement weighted mean absolute deviation of the variants
         */
        Judgement of(double prediction, double disagreement);
    }

    /**
     * @param ends of the intervals of all levels, [levels, 2], narrowest first
     */
    record Judgement(double expectedError, double scale, float[] candidates, double[] ends) {}

    ForecastByChannel forecast(Judge judge, long number) {
        double mean = baseline / total;
        double prediction = mean;
        for (int m = 0; m < contributions.length; m++) {
            contributions[m] /= total;
            prediction += contributions[m];
        }
        prediction = range.clip(prediction); // Beyond it by rounding at most.
        float[] deviations = new float[mixture.size()];
        for (int i = 0; i < predictions.length; i++) {
            deviations[i] =
                    Double.isNaN(predictions[i])
                            ? 0
                            : Mixture.deviation(predictions[i], prediction);
        }
        Judgement judged = judge.of(prediction, disagreement(prediction));
        int narrower = judged.ends().length - 2;
        Forecast forecast =
                new Forecast(
                        prediction,
                        judged.ends()[narrower],
                        judged.ends()[narrower + 1],
                        mean,
                        contributions,
                        deviations,
                        number,
                        new Uncertainty(
                                judged.expectedError(),
                                judged.scale(),
                                judged.candidates(),
                                Arrays.copyOf(judged.ends(), narrower)),
                        YardstickForecasts.ofLinear(linear));
        return new ForecastByChannel(
                forecast, split == null ? new double[0] : split.parts(total, contributions));
    }

    private double disagreement(double prediction) {
        double sum = 0;
        for (int i = 0; i < predictions.length; i++) {
            if (!Double.isNaN(predictions[i])) {
                sum += mixture.weight(i) * Math.abs(predictions[i] - prediction);
            }
        }
        return sum / total;
    }
}
