package io.pidstream.version;

import java.io.Serializable;

/**
 * Training parameters of a network. Trees have the number of epochs, which is that of trees, the
 * learning rate, and the pieces, which are the bins of a channel; the others mean nothing to them.
 *
 * @param epochs maximum number of passes over the training rows
 * @param batchSize approximate number of rows per step; all batches have about the same size
 * @param learningRate of AdamW
 * @param weightDecay decoupled weight decay of dense layers, per unit of learning rate
 * @param cosine whether the learning rate falls to 0 along a cosine; otherwise it is constant
 * @param patience number of epochs without a better validation error after which training stops
 * @param normality weight of {@code the divergence of latents to N(0, I)}; 0 switches it off
 * @param conditional weight of the conditional mutual information
 * @param joint weight of the joint normality of targets and latents
 * @param bottleneck whether noise is mixed into the latents in training
 * @param modalityDropout share of training rows from which one modality is dropped
 * @param equalFusion whether fusion weights stay equal instead of following the decomposition
 * @param pieces maximum number of pieces per channel, for piecewise encoders
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
    /** The same with another number of passes. */
    public TrainingSettings withEpochs(int other) {
        return new TrainingSettings(
                other,
                batchSize,
                learningRate,
                weightDecay,
                cosine,
                patience,
                normality,
                conditional,
                joint,
                bottleneck,
                modalityDropout,
                equalFusion,
                pieces);
    }

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
