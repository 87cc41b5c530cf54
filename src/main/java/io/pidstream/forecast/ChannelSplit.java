package io.pidstream.forecast;

import java.util.Arrays;

/**
 * The parts that channels have in the contributions of a mixture: the weighted sum of those of its
 * experts.
 */
final class ChannelSplit {
    private final FeatureLayout layout;
    private final double[] parts;

    /** Whether all experts so far said how their contributions are split. */
    private boolean known = true;

    ChannelSplit(FeatureLayout layout) {
        this.layout = layout;
        parts = new double[layout.features()];
    }

    /** Adds an expert. */
    void add(double weight, ExpertForecasts experts, int expert) {
        known &= experts.byChannel();
        if (known) {
            int first = expert * parts.length;
            for (int i = 0; i < parts.length; i++) {
                parts[i] += weight * experts.channels()[first + i];
            }
        }
    }

    /**
     * The parts.
     *
     * @param total of all weights
     * @param contributions [modalities], to which the parts sum
     * @return [features]; none if they are not known
     */
    double[] parts(double total, double[] contributions) {
        if (!known) {
            return new double[0];
        }
        double[] left = contributions.clone();
        int[] largest = new int[left.length];
        Arrays.fill(largest, -1);
        for (int i = 0; i < parts.length; i++) {
            int modality = layout.modalityOf(i);
            parts[i] /= total;
            left[modality] -= parts[i];
            int most = largest[modality];
            if (most < 0 || Math.abs(parts[i]) > Math.abs(parts[most])) {
                largest[modality] = i;
            }
        }
        for (int m = 0; m < left.length; m++) {
            parts[largest[m]] += left[m]; // The experts' parts are rounded to floats.
        }
        return parts;
    }
}
