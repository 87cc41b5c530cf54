package io.pidstream.version;

/**
 * One pass over the training rows; of trees, one tree.
 *
 * @param epoch 1 for the first
 * @param epochs maximum number of epochs
 * @param squaredError mean squared error of the standardised targets, in training
 * @param normality divergence of the latents to N(0, I), nats, summed over modalities
 * @param conditional conditional mutual information, nats
 * @param joint joint normality, mean −ln W
 * @param validationError mean squared error of the standardised targets in the validation rows; NaN
 *     without validation rows
 * @param best whether the version so far is the best
 * @param fusion fusion weights of this epoch; null if the kind of version has none
 * @param frozen whether the fusion weights have converged and are fixed
 * @param note a remark about the decomposition; null for none
 */
public record EpochReport(
        int epoch,
        int epochs,
        double squaredError,
        double normality,
        double conditional,
        double joint,
        double validationError,
        boolean best,
        FusionWeights fusion,
        boolean frozen,
        String note) {}
