package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Batch normalisation of every column to mean 0 and variance 1, with running statistics at
 * inference. A hidden layer then scales and shifts the columns, a latent does not.
 */
public final class BatchNormal extends PresetBlock {
    private static final float MOMENTUM = 0.9f;
    private static final float EPSILON = 1e-5f;

    private final int size;
    private final Parameter scale;
    private final Parameter shift;
    private final Parameter mean;
    private final Parameter variance;

    /**
     * @param size number of columns
     * @param affine whether scale and shift are learned; otherwise they are 1 and 0
     */
    BatchNormal(int size, boolean affine) {
        this.size = size;
        this.scale = parameter("scale", Parameter.Type.GAMMA, affine);
        this.shift = parameter("shift", Parameter.Type.BETA, affine);
        this.mean = parameter("mean", Parameter.Type.RUNNING_MEAN, false);
        this.variance = parameter("variance", Parameter.Type.RUNNING_VAR, false);
    }

    private Parameter parameter(String name, Parameter.Type type, boolean learned) {
        return addParameter(
                Parameter.builder().setName(name).setType(type).optRequiresGrad(learned).build());
    }

    public int size() {
        return size;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> parameters) {
        NDArray x = inputs.singletonOrThrow();
        return BatchNorm.batchNorm(
                x,
                store.getValue(mean, x.getDevice(), training),
                store.getValue(variance, x.getDevice(), training),
                store.getValue(scale, x.getDevice(), training),
                store.getValue(shift, x.getDevice(), training),
                -1,
                MOMENTUM,
                EPSILON,
                training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }
}
