package io.pidstream.trees;

import io.pidstream.stats.BrokenInvariant;
import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.VersionEncoder;

/**
 * Encodes frames with trees. A modality's latent is the prediction of its own trees of each target,
 * scaled to a variance of about 1. Its share is what it adds to the prediction, see {@link
 * EncodedBatch#share}.
 */
final class TreeEncoder implements VersionEncoder {
    private final ModelArtefact artefact;
    private final TreeContent content;
    private final ModelShape shape;
    private final int[] modalityOf;

    TreeEncoder(ModelArtefact artefact) {
        this.artefact = artefact;
        this.content = TreeContent.of(artefact);
        this.shape = content.shape();
        this.modalityOf = StandardFrame.modalityOf(content.channels());
    }

    @Override
    public ModelArtefact artefact() {
        return artefact;
    }

    @Override
    public EncodedBatch encode(double[][][] channels, boolean[][] present) {
        int n = channels.length;
        int k = shape.count();
        int targets = shape.targets().size();
        double[] latents = new double[n * k * targets];
        double[] predictions = new double[n * targets];
        double[] shares = new double[n * k * targets];
        for (int i = 0; i < n; i++) {
            StandardFrame frame =
                    new StandardFrame(content.channels(), modalityOf, channels[i], present[i]);
            for (int t = 0; t < targets; t++) {
                TargetTrees trees = content.targets().get(t);
                Coalitions coalitions = new Coalitions(trees, frame, present[i]);
                predictions[i * targets + t] = trees.scale().unit(coalitions.all());
                double sum = 0;
                for (int m = 0; m < k; m++) {
                    int place = (i * k + m) * targets + t;
                    double share = coalitions.share(m);
                    shares[place] = share * trees.scale().deviation();
                    latents[place] = coalitions.alone(m) / trees.deviations().get(m);
                    sum += present[i][m] ? share : 0;
                }
                requireSum(i, t, sum, coalitions.all());
            }
        }
        return new EncodedBatch(shape, latents, predictions, shares);
    }

    private static void requireSum(int frame, int target, double sum, double prediction) {
        if (!(Math.abs(sum - prediction) <= 1e-9 * Math.max(1, Math.abs(prediction)))) {
            throw new BrokenInvariant(
                    "the shares of frame %d in target %d sum to %s; the prediction is %s",
                    frame, target, sum, prediction);
        }
    }

    @Override
    public void close() {
        // Everything is on the heap.
    }
}
