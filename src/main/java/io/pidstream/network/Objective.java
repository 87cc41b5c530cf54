package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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
        List<NDArray> terms = new ArrayList<>();
        terms.add(settings.normality() > 0 ? normality(latents) : null);
        terms.add(settings.conditional() > 0 ? conditional(latents, channels, rows) : null);
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

    private static NDArray normality(List<NDArray> latents) {
        NDArray sum = Losses.normality(latents.get(0));
        for (NDArray latent : latents.subList(1, latents.size())) {
            sum = sum.add(Losses.normality(latent));
        }
        return sum;
    }

    private NDArray conditional(List<NDArray> latents, NDList channels, NDArray rows) {
        int k = latents.size();
        NDManager manager = latents.get(0).getManager();
        List<NDArray> own = new ArrayList<>();
        for (NDArray x : channels) {
            NDArray some = rows == null ? x : SampleTable.rows(x, manager, rows);
            own.add(some);
        }
        NDArray sum = null;
        for (int i = 0; i < k; i++) {
            NDArray others = null;
            for (int j = 0; j < k; j++) {
                if (j != i) {
                    others = others == null ? own.get(j) : others.concat(own.get(j), 1);
                }
            }
            NDArray term =
                    Losses.conditionalInformation(
                            latents.get(i),
                            Losses.kernel(others, others.getShape().get(1)),
                            Losses.kernel(own.get(i), own.get(i).getShape().get(1)));
            sum = sum == null ? term : sum.add(term);
        }
        return Scaled.by(sum, 2.0 / k);
    }
}
