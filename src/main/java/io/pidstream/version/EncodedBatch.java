package io.pidstream.version;

import java.util.Arrays;

/** Latents and predictions of a batch of frames, in order. */
public final class EncodedBatch {
    private final int modalities;
    private final int latent;
    private final int targets;
    private final double[] latents;
    private final double[] predictions;
    private final double[] shares;

    /** Takes ownership of the arrays: [n, K, d], [n, t] and [n, K, t]. */
    public EncodedBatch(ModelShape shape, double[] latents, double[] predictions, double[] shares) {
        this.shares = shares;
        this.modalities = shape.count();
        this.latent = shape.latent();
        this.targets = shape.targets().size();
        this.latents = latents;
        this.predictions = predictions;
    }

    /** Number of frames. */
    public int size() {
        return predictions.length / targets;
    }

    /**
     * The latent of a modality, [d]; NaN if the modality is absent, to be marginalised by the
     * reader.
     */
    public double[] latent(int frame, int modality) {
        double[] copy = new double[latent];
        System.arraycopy(latents, (frame * modalities + modality) * latent, copy, 0, latent);
        return copy;
    }

    /** The latents of all modalities, concatenated, [K·d]; NaN if absent. */
    public double[] latents(int frame) {
        int size = modalities * latent;
        return Arrays.copyOfRange(latents, frame * size, (frame + 1) * size);
    }

    /** The shares of all modalities, see {@link #share}, [K, t]. */
    public double[] shares(int frame) {
        int size = modalities * targets;
        return Arrays.copyOfRange(shares, frame * size, (frame + 1) * size);
    }

    /**
     * The share of a modality in the network's prediction, in the target's unit; NaN if it is
     * absent. The shares of the present modalities sum to the prediction minus the network's
     * prediction without any modality. Each is the mean of what the modality adds as the first and
     * as the last one, plus an equal part of the remainder; for two modalities this is the Shapley
     * value.
     */
    public double share(int frame, int modality, int target) {
        return shares[(frame * modalities + modality) * targets + target];
    }

    /** The network's prediction of a target, in the target's unit. */
    public double prediction(int frame, int target) {
        return predictions[frame * targets + target];
    }
}
