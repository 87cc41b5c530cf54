package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The training objective: squared error + weights · (normality of every latent, conditional
 * information, joint normality). For K modalities the conditional information is the sum over i of
 * (Z_i; all other X | X_i), times 2/K: for two, PIDReg's two terms.
 */
final class Objective {
    /** Squared error, normality, conditional information, joint normality. */
    static final int TERMS = 4;

    private final TrainingSettings settings;
    private final ModelShape shape;

    Objective(TrainingSettings settings, ModelShape shape) {
        this.settings = settings;
        this.shape = shape;
    }

    /**
     * @param total the value to minimise
     * @param values the terms, unweighted; 0 for one that is off
     */
    record Terms(NDArray total, double[] values) {}

    /**
     * @param outputs of the network
     * @param standard standardised targets, [n, t]
     * @param scores normal scores of the targets, [n, t]
     * @param channels standardised channels of every modality, [n, c] each; empty if the
     *     conditional information is off
     * @param complete rows that have all modalities; only these have joint information on
     *     modalities
     */
    Terms evaluate(
            NDList outputs, NDArray standard, NDArray scores, NDList channels, int[] complete) {
        double[] values = new double[TERMS];
        NDArray total = Losses.squaredError(outputs.get(0), standard, shape.members());
        values[0] = total.toFloatArray()[0];
        if (complete.length < Trainer.FEWEST_ROWS) {
            return new Terms(total, values);
        }
        boolean all = complete.length == standard.getShape().get(0);
        NDArray rows = all ? null : standard.getManager().create(complete);
        List<NDArray> joint = new ArrayList<>();
        joint.add(some(scores, rows));
        for (NDArray latent : outputs.subList(1, outputs.size())) {
            joint.add(some(latent, rows));
        }
        List<NDArray> latents = joint.subList(1, joint.size());
        boolean kernels = settings.normality() > 0 || settings.conditional() > 0;
        List<NDArray> distances = kernels ? distances(latents) : List.of();
        double width = Losses.normalityWidth(shape.latent());
        List<NDArray> wide = kernels ? kernels(distances, width) : List.of();
        List<NDArray> terms = new ArrayList<>();
        terms.add(settings.normality() > 0 ? normality(latents, wide) : null);
        terms.add(
                settings.conditional() > 0
                        ? conditional(
                                width == shape.latent() ? wide : kernels(distances, shape.latent()),
                                some(channels, rows))
                        : null);
        terms.add(settings.joint() > 0 ? Losses.jointNormality(joint) : null);
        double[] weights = {settings.normality(), settings.conditional(), settings.joint()};
        for (int i = 0; i < weights.length; i++) {
            if (terms.get(i) != null) {
                values[1 + i] = terms.get(i).toFloatArray()[0];
                total = total.add(Scaled.by(terms.get(i), weights[i]));
            }
        }
        return new Terms(total, values);
    }

    private static NDArray some(NDArray array, NDArray rows) {
        return rows == null ? array : SampleTable.rows(array, array.getManager(), rows);
    }

    private static NDList some(NDList arrays, NDArray rows) {
        NDList some = new NDList();
        arrays.forEach(array -> some.add(some(array, rows)));
        return some;
    }

    private static List<NDArray> distances(List<NDArray> arrays) {
        return arrays.stream().map(Losses::squaredDistances).toList();
    }

    private static List<NDArray> kernels(List<NDArray> distances, double width) {
        return distances.stream().map(d -> Losses.kernel(d, width)).toList();
    }

    private static NDArray normality(List<NDArray> latents, List<NDArray> kernels) {
        NDArray sum = null;
        for (int m = 0; m < latents.size(); m++) {
            NDArray term = Losses.normality(latents.get(m), kernels.get(m));
            sum = sum == null ? term : sum.add(term);
        }
        return sum;
    }

    /**
     * The distance of two rows in all other modalities is the sum of their distances in each.
     *
     * @param latents kernels of the latents
     * @param channels of every modality, [n, c] each
     */
    private static NDArray conditional(List<NDArray> latents, NDList channels) {
        int k = latents.size();
        List<NDArray> distances = distances(channels);
        NDArray sum = null;
        for (int i = 0; i < k; i++) {
            NDArray others = null;
            long width = 0;
            for (int j = 0; j < k; j++) {
                if (j != i) {
                    NDArray other = distances.get(j);
                    others = others == null ? other : others.add(other);
                    width += channels.get(j).getShape().get(1);
                }
            }
            NDArray own = Losses.kernel(distances.get(i), channels.get(i).getShape().get(1));
            NDArray term =
                    Losses.conditionalInformation(
                            latents.get(i), Losses.kernel(others, width), own);
            sum = sum == null ? term : sum.add(term);
        }
        return Scaled.by(sum, 2.0 / k);
    }
}
