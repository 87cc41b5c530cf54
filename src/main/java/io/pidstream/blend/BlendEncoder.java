package io.pidstream.blend;

import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.VersionContent;
import io.pidstream.version.VersionEncoder;
import java.util.Map;

/**
 * Encodes frames with both parts. Predictions and shares are mixed with the same weights, so that
 * shares sum to the prediction as those of the parts do.
 */
final class BlendEncoder implements VersionEncoder {
    private final ModelArtefact artefact;
    private final BlendContent content;
    private final ModelShape shape;
    private final VersionEncoder trees;
    private final VersionEncoder network;

    /**
     * @param device of the network; trees need none
     */
    BlendEncoder(ModelArtefact artefact, String device) {
        this.artefact = artefact;
        this.content = BlendContent.of(artefact);
        this.shape = content.shape();
        this.trees = encoder(Part.TREES, content.trees(), BlendTrainer.DEVICE_OF_TREES);
        // Last, as it holds memory that would have to be freed if the other failed.
        this.network = encoder(Part.NETWORK, content.network(), device);
    }

    private VersionEncoder encoder(Part part, VersionContent parameters, String device) {
        String hash = artefact.manifest().configurationHash();
        return part.kind().encoder(ModelArtefact.of(parameters, hash, null, Map.of()), device);
    }

    @Override
    public ModelArtefact artefact() {
        return artefact;
    }

    @Override
    public EncodedBatch encode(double[][][] channels, boolean[][] present) {
        EncodedBatch ofNetwork = network.encode(channels, present);
        EncodedBatch ofTrees = trees.encode(channels, present);
        int n = channels.length;
        int k = shape.count();
        int targets = shape.targets().size();
        double[] latents = new double[n * k * shape.latent()];
        double[] predictions = new double[n * targets];
        double[] shares = new double[n * k * targets];
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < targets; t++) {
                predictions[i * targets + t] =
                        mixed(t, ofTrees.prediction(i, t), ofNetwork.prediction(i, t));
            }
            for (int m = 0; m < k; m++) {
                int frame = i * k + m;
                for (int t = 0; t < targets; t++) {
                    shares[frame * targets + t] =
                            mixed(t, ofTrees.share(i, m, t), ofNetwork.share(i, m, t));
                }
                join(ofNetwork.latent(i, m), ofTrees.latent(i, m), latents, frame);
            }
        }
        return new EncodedBatch(shape, latents, predictions, shares);
    }

    private double mixed(int target, double byTrees, double byNetwork) {
        return Mixture.of(content.weights().get(target), byTrees, byNetwork);
    }

    private void join(double[] first, double[] second, double[] latents, int place) {
        int offset = place * shape.latent();
        System.arraycopy(first, 0, latents, offset, first.length);
        System.arraycopy(second, 0, latents, offset + first.length, second.length);
    }

    @Override
    public void close() {
        network.close();
        trees.close();
    }
}
