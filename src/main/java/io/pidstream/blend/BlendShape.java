package io.pidstream.blend;

import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The shapes of the two parts of a version. A latent of the whole is that of the network, followed
 * by that of the trees, which has one number per target.
 *
 * @param network shape of the network, whose hidden layers and members are those of the whole
 * @param trees shape of the trees
 */
record BlendShape(ModelShape network, ModelShape trees) {
    /**
     * @throws IllegalArgumentException if the parts are of other kinds, or of different modalities,
     *     channels or targets
     */
    BlendShape {
        boolean kinds =
                network.type().equals(Part.NETWORK.architecture())
                        && trees.type().equals(Part.TREES.architecture());
        if (!kinds
                || !network.targets().equals(trees.targets())
                || !resized(network, trees.latent()).equals(trees.modalities())) {
            throw new IllegalArgumentException(
                    "the parts do not belong together: %s and %s".formatted(network, trees));
        }
    }

    /**
     * The shapes for the sizes of a configuration.
     *
     * @param configured with the latent of the network; not a shape of the whole
     */
    static BlendShape configured(ModelShape configured) {
        return new BlendShape(
                of(Part.NETWORK, configured, configured.latent()),
                of(Part.TREES, configured, configured.latent()));
    }

    /** The shapes of the parts of a whole. */
    static BlendShape of(ModelShape whole) {
        int latent = whole.latent() - whole.targets().size();
        if (!whole.type().equals(BlendKind.ARCHITECTURE) || latent < 1) {
            throw new IllegalArgumentException("the shape of both is " + whole);
        }
        return new BlendShape(of(Part.NETWORK, whole, latent), of(Part.TREES, whole, latent));
    }

    private static ModelShape of(Part part, ModelShape shape, int latent) {
        return part.kind()
                .sized(
                        new ModelShape(
                                part.architecture(),
                                resized(shape, latent),
                                shape.targets(),
                                shape.hidden(),
                                shape.members()));
    }

    private static List<ModalityShape> resized(ModelShape shape, int latent) {
        List<ModalityShape> resized = new ArrayList<>();
        shape.modalities()
                .forEach(m -> resized.add(new ModalityShape(m.name(), m.channels(), latent)));
        return resized;
    }

    /** The shape of the whole. */
    ModelShape whole() {
        return new ModelShape(
                BlendKind.ARCHITECTURE,
                resized(network, network.latent() + trees.latent()),
                network.targets(),
                network.hidden(),
                network.members());
    }
}
