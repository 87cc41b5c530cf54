package io.pidstream.blend;

import io.pidstream.version.HeldOutPredictions;
import io.pidstream.version.TrainingSamples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How the predictions of the parts are mixed.
 *
 * @param weights weight of the trees per target, 0 to 1; the network has the rest
 * @param predictions what the mixture predicts of the rows that the weights were fitted on; null if
 *     there were none
 */
record Mixture(List<Double> weights, HeldOutPredictions predictions) {
    /** Where nothing tells which part is better. */
    private static final double EVEN = 0.5;

    /** The mixture without rows to fit it on. */
    static Mixture even(int targets) {
        return new Mixture(Collections.nCopies(targets, EVEN), null);
    }

    /**
     * The mixture with the smallest squared error.
     *
     * @param rows that neither of the predictions was trained on
     */
    static Mixture fit(
            TrainingSamples rows,
            int targets,
            HeldOutPredictions byTrees,
            HeldOutPredictions byNetwork) {
        List<Double> weights = new ArrayList<>();
        List<double[]> mixed = new ArrayList<>();
        for (int t = 0; t < targets; t++) {
            double weight = weight(rows, t, byTrees, byNetwork);
            double[] predictions = new double[rows.size()];
            for (int i = 0; i < predictions.length; i++) {
                predictions[i] = of(weight, byTrees.of(i, t), byNetwork.of(i, t));
            }
            weights.add(weight);
            mixed.add(predictions);
        }
        return new Mixture(weights, new HeldOutPredictions(mixed));
    }

    /**
     * w = Σ (y − n)(t − n) / Σ (t − n)², into [0, 1], with y the target and t and n what trees and
     * network predict.
     */
    private static double weight(
            TrainingSamples rows,
            int target,
            HeldOutPredictions byTrees,
            HeldOutPredictions byNetwork) {
        double products = 0;
        double squares = 0;
        for (int i = 0; i < rows.size(); i++) {
            double difference = byTrees.of(i, target) - byNetwork.of(i, target);
            products += (rows.targets(i)[target] - byNetwork.of(i, target)) * difference;
            squares += difference * difference;
        }
        return squares > 0 ? Math.max(0, Math.min(1, products / squares)) : EVEN;
    }

    /** A prediction, or a share of it. */
    static double of(double weight, double byTrees, double byNetwork) {
        return weight * byTrees + (1 - weight) * byNetwork;
    }
}
