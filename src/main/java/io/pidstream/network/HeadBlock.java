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

/** Maps a fused latent [n, d] to every member's prediction of every target, [n, M·t]. */
final class HeadBlock extends PresetBlock {
    private static final float DROPOUT = 0.3f;

    private final int outputs;
    private final Masks masks;
    private final List<MemberLinear> layers = new ArrayList<>();

    HeadBlock(ModelShape shape, Masks masks) {
        this.masks = masks;
        this.outputs = shape.members() * shape.targets().size();
        int size = shape.memberLatent();
        for (int hidden : shape.hidden()) {
            layers.add(
                    addChildBlock("dense", new MemberLinear(shape.members(), size, hidden, false)));
            size = hidden;
        }
        layers.add(
                addChildBlock(
                        "dense",
                        new MemberLinear(shape.members(), size, shape.targets().size(), false)));
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
            if (l < last) {
                NDArray active = Activation.relu(x.singletonOrThrow());
                x = new NDList(training ? masks.drop(active, DROPOUT) : active);
            }
        }
        return x;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), outputs)};
    }
}
