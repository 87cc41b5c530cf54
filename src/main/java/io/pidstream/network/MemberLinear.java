package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A dense layer of all members at once: [n, M·in] to [n, M·out], y_m = x_m W_m + b_m. If all
 * members read the same input, [n, in] to [n, M·out] in one product.
 */
public final class MemberLinear extends PresetBlock {
    private final int members;
    private final int in;
    private final int out;
    private final boolean shared;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * @param shared whether all members read the same input
     */
    MemberLinear(int members, int in, int out, boolean shared) {
        this.members = members;
        this.in = in;
        this.out = out;
        this.shared = shared || members == 1;
        this.weight =
                addParameter(
                        Parameter.builder()
                                .setName("weight")
                                .setType(Parameter.Type.WEIGHT)
                                .build());
        this.bias =
                addParameter(
                        Parameter.builder().setName("bias").setType(Parameter.Type.BIAS).build());
    }

    public Shape weightShape() {
        return shared ? new Shape(in, (long) members * out) : new Shape(members, in, out);
    }

    public Shape biasShape() {
        return new Shape((long) members * out);
    }

    /** Bound of the uniform initialisation, ±1/√in, as in PyTorch. */
    double bound() {
        return 1 / Math.sqrt(in);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> parameters) {
        NDArray x = inputs.singletonOrThrow();
        NDArray w = store.getValue(weight, x.getDevice(), training);
        NDArray b = store.getValue(bias, x.getDevice(), training);
        if (shared) {
            return new NDList(x.matMul(w).add(b));
        }
        long rows = x.getShape().get(0);
        NDArray byMember = x.reshape(rows, members, in).transpose(1, 0, 2);
        NDArray y = byMember.matMul(w).transpose(1, 0, 2).reshape(rows, (long) members * out);
        return new NDList(y.add(b));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), (long) members * out)};
    }
}
