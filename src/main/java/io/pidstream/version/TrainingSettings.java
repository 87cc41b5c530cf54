package io.pidstream.version;

import java.io.Serializable;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training rows at most
 * @param batchSize rows of a step, about; batches are made equally large
 * @param learningRate of AdamW
 * @param weightDecay decoupled decay of the weights of dense layers, per unit of learning rate
 * @param cosine whether the learning rate falls to 0 along a cosine; otherwise it stays
 * @param patience epochs without a better validation error after which training stops
 * @param normality weight of {@code the divergence of latents to N(0, I)}; 0 switches it off
 * @param conditional weight of the conditional mutual information
 * @param joint weight of the joint normality of targets and latents
 * @param bottleneck whether noise is mixed into the latents in training
 * @param modalityDropout share of rows that are trained as if one modality were absent
 * @param equalFusion whether fusion weights stay equal, without the decomposition
 * @param pieces most pieces of a channel, for the type that has pieces
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        double learningRate,
        double weightDecay,
        boolean cosine,
        int patience,
        double normality,
        double conditional,
        double joint,
        boolean bottleneck,
        double modalityDropout,
        boolean equalFusion,
        int pieces)
        implements Serializable {
    public TrainingSettings {
        boolean rates = learningRate > 0 && weightDecay >= 0 && Double.isFinite(learningRate);
        boolean terms = normality >= 0 && conditional >= 0 && joint >= 0;
        boolean counts = epochs >= 1 && batchSize >= 2 && patience >= 1 && pieces >= 2;
        if (!rates || !terms || !counts || !(modalityDropout >= 0 && modalityDropout < 1)) {
            throw new IllegalArgumentException(
                    "training settings out of range: epochs %d, batch size %d, learning rate %s, weight decay %s, patience %d, terms %s, %s, %s, modality dropout %s, pieces %d"
                            .formatted(
                                    epochs,
                                    batchSize,
                                    learningRate,
                                    weightDecay,
                                    patience,
                                    normality,
                                    conditional,
                                    joint,
                                    modalityDropout,
                                    pieces));
        }
    }
}
