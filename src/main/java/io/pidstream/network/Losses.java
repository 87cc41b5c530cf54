package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.List;

/**
 * The terms of the objective of PIDReg (Ma &amp; Yu 2025), each a scalar through which gradients
 * flow. All arrays of a call must have the same data type, because a conversion would cut the
 * gradient. Results belong to the manager of the first argument.
 */
final class Losses {
    private static final int WHITENING_STEPS = 18;
    private static final double RIDGE = 1e-2;

    private Losses() {}

    /**
     * Mean over rows, members and targets of (ŷ − y)².
     *
     * @param prediction [n, M·t]
     * @param target standardised targets, [n, t]
     */
    static NDArray squaredError(NDArray prediction, NDArray target, int members) {
        long rows = target.getShape().get(0);
        long targets = target.getShape().get(1);
        return prediction
                .reshape(rows, members, targets)
                .sub(target.reshape(rows, 1, targets))
                .square()
                .mean();
    }

    /**
     * Cauchy–Schwarz divergence of a latent to N(0, I), with both smoothed by the same Gaussian
     * kernel of variance s = max(1, d/2) per dimension: ln ∫p² + ln ∫q² − 2 ln ∫pq, which is 0 only
     * if they are equal. If q were not smoothed too, the minimum would be at a variance below 1.
     *
     * @param z latent, [n, d]
     * @param kernel of the latent, of width {@link #normalityWidth}, [n, n]
     */
    static NDArray normality(NDArray z, NDArray kernel) {
        long d = z.getShape().get(1);
        double s = normalityWidth(d) / 2;
        // ∫p² = mean over i, j of N(zᵢ − zⱼ; 0, 2s I)
        NDArray ofItself = kernel.mean().log();
        // ∫pq = mean over i of N(zᵢ; 0, (1 + 2s) I)
        NDArray squares = z.square().sum(new int[] {1});
        NDArray cross = Scaled.by(squares, -1 / (2 * (1 + 2 * s))).exp().mean().log();
        double densities =
                logDensity(d, 2 * s) + logDensity(d, 2 * (1 + s)) - 2 * logDensity(d, 1 + 2 * s);
        return Scaled.plus(ofItself.sub(cross).sub(cross), densities);
    }

    /** 2s; from two dimensions on, that of the conditional information. */
    static double normalityWidth(long d) {
        return Math.max(2, d);
    }

    /** ln of the density of N(0, v I) in d dimensions at 0. */
    private static double logDensity(long d, double v) {
        return -0.5 * d * Math.log(2 * Math.PI * v);
    }

    /**
     * Cauchy–Schwarz conditional mutual information of a latent and the other modalities, given its
     * own. With Gaussian kernels M of the condition, K and L of the two, and row sums over i for
     * every sample j: A = Σ_j ΣKLM/(ΣM)², B = Σ_j ΣKM·ΣLM/(ΣM)³, C = Σ_j (ΣKM)²(ΣLM)²/((ΣM)⁴ ΣKLM);
     * ln A + ln C − 2 ln B, at least 0 by Cauchy–Schwarz.
     *
     * @param latent kernel of the latent, [n, n]
     * @param others kernel of the other modalities, [n, n]
     * @param own kernel of its own modality, [n, n]
     */
    static NDArray conditionalInformation(NDArray latent, NDArray others, NDArray own) {
        NDArray km = latent.mul(own);
        int[] i = {0};
        NDArray sumM = own.sum(i);
        NDArray sumKm = km.sum(i);
        NDArray sumLm = others.mul(own).sum(i);
        NDArray sumKlm = km.mul(others).sum(i);
        NDArray squaredM = sumM.square();
        NDArray a = sumKlm.div(squaredM).sum();
        NDArray b = sumKm.mul(sumLm).div(squaredM.mul(sumM)).sum();
        NDArray c = sumKm.square().mul(sumLm.square()).div(sumKlm.mul(squaredM.square())).sum();
        NDArray logB = b.log();
        return a.log().add(c.log()).sub(logB).sub(logB);
    }

    /**
     * exp(−|xᵢ − xⱼ|² / 2w), [n, n]: with columns of variance 1 and w their number, e⁻¹ for
     * independent rows.
     *
     * @param distances |xᵢ − xⱼ|², [n, n]
     */
    static NDArray kernel(NDArray distances, double width) {
        return Scaled.by(distances, -1 / (2 * width)).exp();
    }

    /** |xᵢ − xⱼ|², [n, n], at least 0. */
    static NDArray squaredDistances(NDArray x) {
        NDArray squares = x.square().sum(new int[] {1}, true);
        NDArray products = x.matMul(x.transpose());
        NDArray distances = squares.add(squares.transpose()).sub(products).sub(products);
        return Activation.relu(distances);
    }

    /**
     * Distance of [y_g, z_1 … z_K] from a joint Gaussian: the mean of −ln W over the whitened
     * columns, with W of Shapiro &amp; Francia (1972), the squared correlation of their order
     * statistics with normal scores.
     *
     * @param parts normal scores of the targets, [n, t], and latents, [n, d] each
     */
    static NDArray jointNormality(List<NDArray> parts) {
        NDArray joint = parts.get(0);
        for (NDArray part : parts.subList(1, parts.size())) {
            joint = joint.concat(part, 1);
        }
        long n = joint.getShape().get(0);
        NDArray sorted = whiten(joint).sort(0);
        NDArray centred = sorted.sub(sorted.mean(new int[] {0}, true));
        NDArray scores = scores(joint.getManager(), (int) n, joint.getDataType());
        NDArray along = centred.mul(scores).sum(new int[] {0});
        NDArray w = along.square().div(centred.square().sum(new int[] {0}).add(1e-12));
        return w.add(1e-12).log().mean().neg();
    }

    /** Normal scores Φ⁻¹((i − ½) / n) of length 1, [n, 1]. */
    private static NDArray scores(NDManager manager, int n, DataType type) {
        double[] scores = NormalOrder.scores(n);
        NDArray array;
        if (type == DataType.FLOAT64) {
            array = manager.create(scores);
        } else {
            float[] single = new float[n];
            for (int i = 0; i < n; i++) {
                single[i] = (float) scores[i];
            }
            array = manager.create(single);
        }
        return array.reshape(n, 1);
    }

    /**
     * (X − mean) C^(−½), where C is its covariance with a small ridge, by the coupled Newton–Schulz
     * iteration (Higham 1997): T = ½(3I − ZY), Y ← YT, Z ← TZ, which needs only matrix products.
     * With U = −½Y it is T = 1.5 I + ZU, U ← UT, Z ← TZ.
     */
    static NDArray whiten(NDArray x) {
        long n = x.getShape().get(0);
        long p = x.getShape().get(1);
        NDArray centred = x.sub(x.mean(new int[] {0}, true));
        NDArray eye = x.getManager().eye((int) p, (int) p, 0, x.getDataType());
        NDArray wide = eye.mul(1.5);
        NDArray c =
                Scaled.by(centred.transpose().matMul(centred), 1 / (n - 1.0)).add(eye.mul(RIDGE));
        NDArray norm = c.square().sum().sqrt();
        NDArray u = Scaled.by(c.div(norm), -0.5);
        NDArray t = u.add(wide);
        NDArray z = t;
        for (int i = 1; i < WHITENING_STEPS; i++) {
            u = u.matMul(t);
            t = z.matMul(u).add(wide);
            z = t.matMul(z);
        }
        return centred.matMul(z).div(norm.sqrt());
    }
}
