package io.pidstream.forecast;

/**
 * Builds a forecast: the weighted mean of the variants of all active experts, split into baseline
 * and contributions.
 */
final class ForecastBuilder {
    private final LevelCorrections levels;
    private final Mixture mixture;
    private final double[] contributions;
    private final double[] predictions;
    private final boolean[] awake;
    private double baseline;
    private double total;

    ForecastBuilder(LevelCorrections levels, Mixture mixture, int modalities) {
        this.levels = levels;
        this.mixture = mixture;
        contributions = new double[modalities];
        predictions = new double[mixture.size() / LevelCorrections.VARIANTS];
        awake = new boolean[predictions.length];
    }

    /** Adds experts, numbered from {@code first}; silent ones are skipped. */
    void add(int first, ExpertForecasts experts) {
        int modalities = contributions.length;
        for (int k = 0; k < experts.size(); k++) {
            if (!experts.isAwake(k)) {
                continue;
            }
            int e = first + k;
            double weight = 0;
            double corrections = 0;
            for (int v = 0; v < LevelCorrections.VARIANTS; v++) {
                double ofVariant = mixture.weight(e * LevelCorrections.VARIANTS + v);
                weight += ofVariant;
                corrections += ofVariant * levels.correction(e, v);
            }
            baseline += weight * experts.baselines()[k] + corrections;
            for (int m = 0; m < modalities; m++) {
                contributions[m] += weight * experts.contributions()[k * modalities + m];
            }
            total += weight;
            predictions[e] = experts.prediction(k);
            awake[e] = true;
        }
    }

    Forecast forecast(double halfWidth, long number) {
        double mean = baseline / total;
        double prediction = mean;
        for (int m = 0; m < contributions.length; m++) {
            contributions[m] /= total;
            prediction += contributions[m];
        }
        float[] deviations = new float[mixture.size()];
        for (int e = 0; e < predictions.length; e++) {
            for (int v = 0; awake[e] && v < LevelCorrections.VARIANTS; v++) {
                deviations[e * LevelCorrections.VARIANTS + v] =
                        Mixture.deviation(predictions[e] + levels.correction(e, v), prediction);
            }
        }
        return new Forecast(
                prediction,
                prediction - halfWidth,
                prediction + halfWidth,
                mean,
                contributions,
                deviations,
                number);
    }
}
