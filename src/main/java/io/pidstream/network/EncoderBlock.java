package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.pidstream.version.ModelShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoder of one modality: features [n, f] to a latent [n, d] whose columns have mean 0 and
 * variance 1. Per hidden layer Linear – BatchNorm – ReLU – Dropout, then Linear – BatchNorm.
 */
final class EncoderBlock extends PresetBlock {
    private final EncoderType type;
    private final int latent;
    private final Masks masks;
    private final List<MemberLinear> layers = new ArrayList<>();
    private final List<BatchNormal> norms = new ArrayList<>();

    EncoderBlock(int features, ModelShape shape, Masks masks) {
        this.masks = masks;
        this.type = EncoderType.of(shape.type());
        this.latent = shape.latent();
        int members = shape.members();
        int size = features;
        boolean first = true;
        for (int hidden : shape.hidden()) {
            add(new MemberLinear(members, size, hidden, first), members * hidden, true);
            size = hidden;
            first = false;
        }
        add(new MemberLinear(members, size, shape.memberLatent(), false), latent, false);
    }

    private void add(MemberLinear layer, int size, boolean affine) {
        layers.add(addChildBlock("dense", layer));
        norms.add(addChildBlock("norm", new BatchNormal(size, affine)));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> parameters) {
        NDList x = inputs;
        int last = layers.size() - 1;
        for (int l = 0; l <= last; l++) {
            x = layers.get(l).forward(store, x, training);
            x = norms.get(l).forward(store, x, training);
            if (l < last) {
                NDArray active = Activation.relu(x.singletonOrThrow());
                x = new NDList(training ? masks.drop(active, type.dropout(l)) : active);
            }
        }
        return x;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), latent)};
    }
}
