package io.pidstream.pid;

import io.pidstream.pid.NestedInformation.Known;

/**
 * Intervals for Shapley shares. A share is an average of what the modality adds to subsets of the
 * others. Each term is distributed like an information of as many channels, and so is the average,
 * with a different variance.
 */
final class ShapleyUncertainty {
    private final NestedInformation nested;
    private final InformationCovariance covariance;
    private final double samples;

    ShapleyUncertainty(NestedInformation nested) {
        this.nested = nested;
        this.covariance = nested.covariance();
        this.samples = nested.samples();
    }

    Known of(int modality) {
        double channels = covariance.channels(ModalitySet.of(modality));
        if (channels == 0) {
            return Known.NOTHING;
        }
        double[] weights = weights(modality);
        double others = 0;
        double unbiased = 0;
        for (ModalitySet subset : ModalitySet.nonEmptySubsets(covariance.modalities())) {
            double weight = weights[subset.bits()];
            unbiased += weight * covariance.natsCorrected(subset, samples);
            others += Math.max(0, -weight) * covariance.channels(subset);
        }
        double variance = covariance.natsVariance(weights);
        double left = samples - others;
        SampleInformation law =
                SampleInformation.ofTargets(covariance.targets(), channels, left)
                        .matched(unbiased, variance);
        double noise = covariance.targets() * channels;
        double signal = Math.max(0, variance - noise / left);
        double deviation = Math.sqrt((signal + 0.5 * noise / left) / left);
        double x = Math.max(0, unbiased + law.bias());
        return new Known(nested.solver().information(x, law), deviation);
    }

    /** φᵢ = Σ_{S ∌ i} |S|! (K − |S| − 1)! / K! (I_{S ∪ i} − I_S), as weights of I. */
    private double[] weights(int modality) {
        int k = covariance.modalities();
        double[] weights = new double[ModalitySet.count(k)];
        for (ModalitySet subset : ModalitySet.subsets(k)) {
            if (!subset.contains(modality)) {
                double weight = 1.0 / k;
                for (int size = 1; size <= subset.size(); size++) {
                    weight *= (double) size / (k - size);
                }
                weights[subset.bits()] -= weight;
                weights[subset.with(modality).bits()] += weight;
            }
        }
        return weights;
    }
}
