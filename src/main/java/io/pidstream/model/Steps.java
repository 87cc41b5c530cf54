package io.pidstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.AdamW;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.util.Pair;

/**
 * Steps down the gradient: AdamW for the weights of dense layers, Adam without decay for what
 * scales and shifts, at a rate of its own for the bottleneck.
 */
final class Steps {
    /** As PIDReg. */
    private static final float BOTTLENECK_RATE = 0.1f;

    private final Optimizer decayed;
    private final Optimizer free;

    /** Share of the learning rate now, between 0 and 1. */
    private double share = 1;

    Steps(TrainingSettings settings) {
        float rate = (float) settings.learningRate();
        this.decayed =
                AdamW.builder()
                        .optWeightDecays((float) settings.weightDecay())
                        .optLearningRateTracker((name, step) -> rate(rate))
                        .build();
        this.free =
                Adam.builder()
                        .optLearningRateTracker(
                                (name, step) ->
                                        rate(name.equals(Network.LOGITS) ? BOTTLENECK_RATE : rate))
                        .build();
    }

    private float rate(float full) {
        return (float) (full * share);
    }

    void setShare(double share) {
        this.share = share;
    }

    /** One step of every parameter that learns; gradients are 0 afterwards. */
    void step(Network network) {
        for (Pair<String, Parameter> pair : network.getParameters()) {
            Parameter parameter = pair.getValue();
            if (!parameter.requiresGradient()) {
                continue;
            }
            NDArray array = parameter.getArray();
            Optimizer optimizer = parameter.getType() == Parameter.Type.WEIGHT ? decayed : free;
            try (NDArray gradient = array.getGradient()) {
                optimizer.update(pair.getKey(), array, gradient);
            }
        }
    }
}
