package io.pidstream.forecast;

import io.pidstream.format.FormatException;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * E[target | latents] = mean of the target + Σ coefficientᵢ (latentᵢ − meanᵢ): one solved expert.
 */
final class ConditionalMean {
    private final FeatureLayout layout;
    private final int[] indices;
    private final double[] coefficients;
    private final double[] mean;

    /**
     * @param indices indices of the latents used, in order
     * @param coefficients per latent used
     * @param mean per latent used, then the target's
     */
    ConditionalMean(FeatureLayout layout, int[] indices, double[] coefficients, double[] mean) {
        this.layout = layout;
        this.indices = indices;
        this.coefficients = coefficients;
        this.mean = mean;
    }

    double targetMean() {
        return mean[indices.length];
    }

    /**
     * Adds scale · coefficientᵢ (latentᵢ − meanᵢ) to the contribution of its modality;
     * contributions begin at an offset.
     */
    void contribute(double[] latents, double scale, double[] contributions, int offset) {
        int i = 0;
        while (i < indices.length) {
            int modality = layout.modalityOf(indices[i]);
            double sum = contributions[offset + modality];
            for (; i < indices.length && layout.modalityOf(indices[i]) == modality; i++) {
                sum += scale * coefficients[i] * (latents[indices[i]] - mean[i]);
            }
            contributions[offset + modality] = sum;
        }
    }

    /**
     * Adds the same to the part of its channel.
     *
     * @param parts which channel a latent belongs to
     * @param channels begin at an offset
     */
    void split(double[] latents, double scale, FeatureParts parts, float[] channels, int offset) {
        for (int i = 0; i < indices.length; i++) {
            int latent = indices[i];
            double effect = scale * coefficients[i] * (latents[latent] - mean[i]);
            channels[offset + parts.of(latent)] += ExpertForecasts.part(effect);
        }
    }

    void writeTo(DataOutput out) throws IOException {
        Wire.write(out, coefficients);
        Wire.write(out, mean);
    }

    static ConditionalMean readFrom(DataInput in, FeatureLayout layout, int[] indices)
            throws IOException {
        double[] coefficients = Wire.readDoubles(in);
        FormatException.requireSame("coefficients", coefficients.length, indices.length);
        double[] mean = Wire.readDoubles(in);
        FormatException.requireSame("means", mean.length, indices.length + 1);
        return new ConditionalMean(layout, indices, coefficients, mean);
    }
}
