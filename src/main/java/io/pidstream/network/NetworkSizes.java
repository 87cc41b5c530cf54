package io.pidstream.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.util.Pair;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of an architecture, computed without an engine. */
public final class NetworkSizes {
    private NetworkSizes() {}

    /**
     * @throws ModelRefusedException if tensors are missing, unknown or of another shape
     */
    static void require(ModelContent content) {
        Map<String, Shape> expected = of(content.shape(), content.featureSizes());
        if (!expected.keySet().equals(content.tensors().keySet())) {
            throw new ModelRefusedException(
                    "the parameters are %s; the architecture has %s"
                            .formatted(content.tensors().keySet(), expected.keySet()));
        }
        expected.forEach(
                (name, shape) -> {
                    Shape actual = content.tensors().get(name).shape();
                    if (!actual.equals(shape)) {
                        throw new ModelRefusedException(
                                "parameter %s has shape %s; the architecture has %s"
                                        .formatted(name, actual, shape));
                    }
                });
    }

    /**
     * @throws IllegalArgumentException if the members of a network cannot divide its latent
     */
    static void requireMembers(ModelShape shape) {
        shape.memberLatent();
    }

    /**
     * Number of parameters.
     *
     * @param features number of features of every modality
     */
    static long parameters(ModelShape shape, int[] features) {
        return of(shape, features).values().stream().mapToLong(Shape::size).sum();
    }

    private static Map<String, Shape> of(ModelShape shape, int[] features) {
        Map<String, Shape> sizes = new LinkedHashMap<>();
        Network network = new Network(shape, features, true);
        collect(sizes, "", network);
        sizes.put(Network.LOGITS, new Shape(shape.count()));
        return sizes;
    }

    private static void collect(Map<String, Shape> sizes, String prefix, Block block) {
        if (block instanceof MemberLinear layer) {
            sizes.put(prefix + "weight", layer.weightShape());
            sizes.put(prefix + "bias", layer.biasShape());
        } else if (block instanceof BatchNormal norm) {
            for (String name : norm.getDirectParameters().keys()) {
                sizes.put(prefix + name, new Shape(norm.size()));
            }
        }
        for (Pair<String, Block> child : block.getChildren()) {
            collect(sizes, prefix + child.getKey() + "_", child.getValue());
        }
    }
}
