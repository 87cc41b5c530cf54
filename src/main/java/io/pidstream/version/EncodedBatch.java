package io.pidstream.version;

import java.util.Arrays;

/** Latents and predictions of some frames, in their order. */
public final class EncodedBatch {
    private final int modalities;
    private final int latent;
    private final int targets;
    private final double[] latents;
    private final double[] predictions;
    private final double[] shares;

    /** Takes the arrays over: [n, K, d], [n, t] and [n, K, t]. */
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
     * The latent of a modality, [d]; NaN where the modality is absent, to be marginalised by
     * whoever reads it.
     */
    public double[] latent(int frame, int modality) {
        double[] copy = new double[latent];
        System.arraycopy(latents, (frame * modalities + modality) * latent, copy, 0, latent);
        return copy;
    }

    /** The latents of all modalities, one after the other, [K·d]; NaN where absent. */
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
     * The share of a modality in the network's prediction, in the target's unit; NaN where it is
     * absent. Those of the modalities that are there sum to the prediction less what the network
     * says of a frame without any. Each is the mean of what the modality adds when it comes first
     * and when it comes last, and of what is left over an equal part: for two modalities the
     * Shapley value.
     */
    public double share(int frame, int modality, int target) {
        return shares[(frame * modalities + modality) * targets + target];
    }

    /** The network's prediction of a target, in the target's unit. */
    public double prediction(int frame, int target) {
        return predictions[frame * targets + target];
    }
}
