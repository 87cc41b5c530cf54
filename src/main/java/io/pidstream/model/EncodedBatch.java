package io.pidstream.model;

/** Latents and predictions of some frames, in their order. */
public final class EncodedBatch {
    private final int modalities;
    private final int latent;
    private final int targets;
    private final double[] latents;
    private final double[] predictions;

    /** Takes the arrays over: [n, K, d] and [n, t]. */
    EncodedBatch(ModelShape shape, double[] latents, double[] predictions) {
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

    /** The network's prediction of a target, in the target's unit. */
    public double prediction(int frame, int target) {
        return predictions[frame * targets + target];
    }
}
