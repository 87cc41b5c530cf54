package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import io.pidstream.version.FusionWeights;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Encoders, information bottleneck, fusion and head for K modalities, as PIDReg (Ma &amp; Yu 2025).
 *
 * <p>Inputs: the features of every modality, [n, f_i] each, then their presence as 0 or 1, [n, K].
 * Outputs: the prediction of every member for every standardised target, [n, M·t], then the
 * latents, [n, d] each, before bottleneck and presence.
 *
 * <p>In training the bottleneck mixes noise into the latents, z̃ = λz + (1 − λ)ε with ε ~ N(mean z,
 * var z) per column and λ = σ(θ) learned per modality. At inference there is no noise: z̃ = λz, as
 * the mean of the noise is 0. Not thread-safe.
 */
public final class Network extends PresetBlock {
    /** Initial λ = 0.9. */
    private static final float INITIAL_LOGIT = 2.197f;

    public static final String LOGITS = "bottleneck";

    private final ModelShape shape;
    private final List<EncoderBlock> encoders = new ArrayList<>();
    private final HeadBlock head;
    private final Parameter logits;

    private final boolean noise;
    private final Masks masks = new Masks();

    private FusionWeights fusion;

    /**
     * @param features number of features of every modality
     * @param noise whether the bottleneck is on in training; λ applies at inference either way
     */
    public Network(ModelShape shape, int[] features, boolean noise) {
        this.shape = shape;
        this.noise = noise;
        this.fusion = FusionWeights.equal(shape.count());
        for (int size : features) {
            encoders.add(addChildBlock("encoder", new EncoderBlock(size, shape, masks)));
        }
        this.head = addChildBlock("head", new HeadBlock(shape, masks));
        this.logits =
                addParameter(
                        Parameter.builder()
                                .setName(LOGITS)
                                .setType(Parameter.Type.OTHER)
                                .optRequiresGrad(noise)
                                .build());
    }

    /** The masks of dropout in training. */
    Masks masks() {
        return masks;
    }

    FusionWeights fusion() {
        return fusion;
    }

    void setFusion(FusionWeights fusion) {
        this.fusion = fusion;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> parameters) {
        int k = shape.count();
        NDArray present = inputs.get(k);
        NDList latents = new NDList();
        List<NDArray> parts = new ArrayList<>();
        NDArray lambda = lambda(store, inputs.get(0), training);
        for (int m = 0; m < k; m++) {
            NDArray z = encoders.get(m).forward(store, new NDList(inputs.get(m)), training).get(0);
            latents.add(z);
            NDArray share = lambda.get("{}:{}", m, m + 1);
            NDArray kept = z.mul(share);
            if (training && noise) {
                kept = kept.add(noise(z).mul(share.neg().add(1)));
            }
            parts.add(kept.mul(present.get(":, {}:{}", m, m + 1)));
        }
        NDList outputs = head.forward(store, new NDList(fuse(parts)), training);
        outputs.addAll(latents);
        return outputs;
    }

    /** Every modality's latent, [n, d], at inference. */
    NDList latents(ParameterStore store, NDList inputs) {
        NDList latents = new NDList();
        for (int m = 0; m < shape.count(); m++) {
            latents.add(encoders.get(m).forward(store, new NDList(inputs.get(m)), false).get(0));
        }
        return latents;
    }

    /**
     * The head's outputs at inference, as if only some of the modalities were present.
     *
     * @param latents latents from {@link #latents}
     * @param present 1 or 0, [n, K]
     */
    NDArray head(ParameterStore store, NDList latents, NDArray present) {
        NDArray lambda = lambda(store, latents.get(0), false);
        List<NDArray> parts = new ArrayList<>();
        for (int m = 0; m < shape.count(); m++) {
            NDArray kept = latents.get(m).mul(lambda.get("{}:{}", m, m + 1));
            parts.add(kept.mul(present.get(":, {}:{}", m, m + 1)));
        }
        return head.forward(store, new NDList(fuse(parts)), false).singletonOrThrow();
    }

    /** σ(θ), [K], in the manager of the input and not of the parameters. */
    private NDArray lambda(ParameterStore store, NDArray input, boolean training) {
        NDArray theta = store.getValue(logits, input.getDevice(), training);
        NDManager manager = input.getManager();
        NDArray here = manager.zeros(new Shape(shape.count()), input.getDataType()).add(theta);
        return Activation.sigmoid(here);
    }

    /** Noise with the mean and variance of each column, through which gradients flow. */
    private static NDArray noise(NDArray z) {
        NDArray mean = z.mean(new int[] {0}, true);
        NDArray deviation = z.sub(mean).square().mean(new int[] {0}, true).add(1e-8f).sqrt();
        NDArray normal = z.getManager().randomNormal(z.getShape(), z.getDataType());
        return normal.mul(deviation).add(mean);
    }

    private NDArray fuse(List<NDArray> parts) {
        int k = parts.size();
        NDArray fused = Scaled.by(parts.get(0), fusion.modality(0));
        for (int m = 1; m < k; m++) {
            fused = fused.add(Scaled.by(parts.get(m), fusion.modality(m)));
        }
        NDArray products = null;
        for (int i = 0; i < k; i++) {
            for (int j = i + 1; j < k; j++) {
                NDArray product = parts.get(i).mul(parts.get(j));
                products = products == null ? product : products.add(product);
            }
        }
        double pairs = k * (k - 1) / 2.0;
        return fused.add(Scaled.by(products, fusion.synergy() / pairs));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        long rows = inputShapes[0].get(0);
        Shape[] shapes = new Shape[1 + shape.count()];
        shapes[0] = new Shape(rows, (long) shape.members() * shape.targets().size());
        for (int m = 0; m < shape.count(); m++) {
            shapes[1 + m] = new Shape(rows, shape.latent());
        }
        return shapes;
    }

    /** Initialises all parameters from a seed, in {@code manager}. */
    void initialise(NDManager manager, long seed) {
        initialise(this, manager, new SplittableRandom(seed));
    }

    private void initialise(Block block, NDManager manager, SplittableRandom random) {
        if (block instanceof MemberLinear layer) {
            double bound = layer.bound();
            set(layer, manager, "weight", layer.weightShape(), () -> uniform(random, bound));
            set(layer, manager, "bias", layer.biasShape(), () -> uniform(random, bound));
        } else if (block instanceof BatchNormal norm) {
            Shape size = new Shape(norm.size());
            set(norm, manager, "scale", size, () -> 1);
            set(norm, manager, "shift", size, () -> 0);
            set(norm, manager, "mean", size, () -> 0);
            set(norm, manager, "variance", size, () -> 1);
        } else {
            block.getChildren().values().forEach(child -> initialise(child, manager, random));
        }
        if (block instanceof Network) {
            set(block, manager, LOGITS, new Shape(shape.count()), () -> INITIAL_LOGIT);
        }
    }

    private interface Values {
        float next();
    }

    private static float uniform(SplittableRandom random, double bound) {
        return (float) (bound * (2 * random.nextDouble() - 1));
    }

    private static void set(
            Block block, NDManager manager, String name, Shape shape, Values values) {
        float[] array = new float[(int) shape.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.next();
        }
        block.getDirectParameters().get(name).setArray(manager.create(array, shape));
    }

    /** A copy of all parameters, in order. */
    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        for (Pair<String, Parameter> pair : getParameters()) {
            NDArray array = pair.getValue().getArray();
            tensors.add(new Tensor(pair.getKey(), array.getShape(), array.toFloatArray()));
        }
        return tensors;
    }

    /**
     * Sets all parameters from tensors, in {@code manager}, instead of {@link #initialise}.
     *
     * @throws ModelRefusedException if one is missing
     */
    void load(NDManager manager, Map<String, Tensor> tensors) {
        for (Pair<String, Parameter> pair : getParameters()) {
            Tensor tensor = tensors.get(pair.getKey());
            if (tensor == null) {
                throw new ModelRefusedException("there is no parameter " + pair.getKey());
            }
            // A new array, because the engine prints a warning to stderr when it writes to an
            // existing one.
            pair.getValue().setArray(manager.create(tensor.values(), tensor.shape()));
        }
    }
}
