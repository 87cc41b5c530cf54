package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.pidstream.version.TrainingSettings;
import java.util.HashMap;
import java.util.Map;

/**
 * Gradient steps by AdamW (Loshchilov &amp; Hutter 2019): with decay for the weights of dense
 * layers, without decay for scales and shifts, and with a separate rate for the bottleneck. The
 * engine's optimisers keep their moments where they cannot be freed; here they belong to the
 * manager of the parameters.
 */
final class Steps {
    /** As PIDReg. */
    private static final double BOTTLENECK_RATE = 0.1;

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final float EPSILON = 1e-8f;
    private static final float NO_CLIP = -1;

    private final double rate;
    private final float decay;

    private record State(NDArray mean, NDArray variance) {}

    /** By name of the parameter. */
    private final Map<String, State> states = new HashMap<>();

    private int steps;

    Steps(TrainingSettings settings) {
        this.rate = settings.learningRate();
        this.decay = (float) settings.weightDecay();
    }

    /**
     * One step of every trainable parameter; resets the gradients to 0.
     *
     * @param share current fraction of the learning rate, between 0 and 1
     */
    void step(Network network, double share) {
        steps++;
        double correction = Math.sqrt(1 - Math.pow(BETA_2, steps)) / (1 - Math.pow(BETA_1, steps));
        for (Pair<String, Parameter> pair : network.getParameters()) {
            Parameter parameter = pair.getValue();
            if (!parameter.requiresGradient()) {
                continue;
            }
            boolean bottleneck = pair.getKey().equals(Network.LOGITS);
            double now = share * (bottleneck ? BOTTLENECK_RATE : rate);
            float shrink = parameter.getType() == Parameter.Type.WEIGHT ? decay : 0;
            update(pair.getKey(), parameter.getArray(), now, now * correction, shrink);
        }
    }

    private void update(String name, NDArray weight, double now, double corrected, float shrink) {
        State state =
                states.computeIfAbsent(
                        name, key -> new State(weight.zerosLike(), weight.zerosLike()));
        try (NDArray gradient = weight.getGradient()) {
            weight.getNDArrayInternal()
                    .adamUpdate(
                            new NDList(weight, gradient, state.mean(), state.variance()),
                            new NDList(weight),
                            (float) now,
                            (float) corrected,
                            shrink,
                            1,
                            NO_CLIP,
                            (float) BETA_1,
                            (float) BETA_2,
                            EPSILON,
                            false,
                            true);
        }
    }
}
