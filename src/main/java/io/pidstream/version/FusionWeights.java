package io.pidstream.version;

import io.pidstream.pid.Decomposition;
import java.util.Arrays;
import java.util.List;

/**
 * Weights of the fusion of the modalities' latents: z = Σ wᵢ zᵢ + wₛ · (mean over pairs i &lt; j of
 * zᵢ ⊙ zⱼ), for two modalities the fusion of PIDReg. An absent modality enters with its mean, 0, so
 * only its own term is missing. Weights are at least 0 and sum to 1. Immutable.
 */
public final class FusionWeights {
    private static final double SUM_TOLERANCE = 1e-6;
    private static final double NOTHING_KNOWN = 1e-9;

    private final double[] modalities;
    private final double synergy;

    /**
     * @param modalities weight of every modality, [K]
     * @param synergy weight of the products
     * @throws IllegalArgumentException if one is negative or not finite, or they do not sum to 1
     */
    public FusionWeights(double[] modalities, double synergy) {
        double sum = synergy;
        for (double weight : modalities) {
            sum += weight;
        }
        boolean negative = synergy < 0 || Arrays.stream(modalities).anyMatch(w -> w < 0);
        if (negative || !(Math.abs(sum - 1) < SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "fusion weights are "
                            + Arrays.toString(modalities)
                            + " and "
                            + synergy
                            + ", must be at least 0 and sum to 1");
        }
        this.modalities = modalities.clone();
        this.synergy = synergy;
    }

    /** The same weight for every modality and for the products: the initial weights. */
    public static FusionWeights equal(int modalities) {
        double[] weights = new double[modalities];
        Arrays.fill(weights, 1.0 / (modalities + 1));
        return new FusionWeights(weights, 1.0 / (modalities + 1));
    }

    /**
     * wᵢ ∝ φᵢ − S/K and wₛ ∝ S: φᵢ is the Shapley value of the information and S the information
     * that needs all modalities, min over i of I(Y; Xᵢ | the others). In any order the last
     * modality adds at least S, and each is last in 1/K of the orders; so φᵢ ≥ S/K.
     *
     * @throws IllegalArgumentException if the decomposition is undefined or there is no information
     */
    public static FusionWeights of(Decomposition decomposition) {
        if (!decomposition.isDefined()) {
            throw new IllegalArgumentException(
                    "no weights from an undefined decomposition: " + decomposition.reason());
        }
        List<String> names = decomposition.modalities();
        int k = names.size();
        double synergy =
                decomposition.conditional().values().stream()
                        .mapToDouble(bits -> Math.max(0, bits))
                        .min()
                        .orElse(0);
        double[] weights = new double[k];
        double sum = synergy;
        for (int m = 0; m < k; m++) {
            weights[m] = Math.max(0, decomposition.shapley().get(names.get(m)) - synergy / k);
            sum += weights[m];
        }
        if (!(sum > NOTHING_KNOWN)) {
            throw new IllegalArgumentException("no weights without information: " + sum + " bit");
        }
        for (int m = 0; m < k; m++) {
            weights[m] /= sum;
        }
        return new FusionWeights(weights, synergy / sum);
    }

    /** Number of modalities. */
    public int count() {
        return modalities.length;
    }

    /** Weight of a modality. */
    public double modality(int index) {
        return modalities[index];
    }

    /** Weight of the products. */
    public double synergy() {
        return synergy;
    }

    /** The mean of these and other weights. */
    public FusionWeights towards(FusionWeights other) {
        double[] halfway = new double[modalities.length];
        for (int m = 0; m < halfway.length; m++) {
            halfway[m] = 0.5 * (modalities[m] + other.modalities[m]);
        }
        return new FusionWeights(halfway, 0.5 * (synergy + other.synergy));
    }

    /** The largest change of a weight. */
    public double distance(FusionWeights other) {
        double largest = Math.abs(synergy - other.synergy);
        for (int m = 0; m < modalities.length; m++) {
            largest = Math.max(largest, Math.abs(modalities[m] - other.modalities[m]));
        }
        return largest;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FusionWeights that
                && Arrays.equals(modalities, that.modalities)
                && synergy == that.synergy;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(modalities) + Double.hashCode(synergy);
    }

    @Override
    public String toString() {
        return Arrays.toString(modalities) + " + " + synergy;
    }
}
