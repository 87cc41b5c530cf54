package io.pidstream.pid;

import java.util.List;

/**
 * The information of every subset of modalities about the target, I_S = −½ log₂ det(I − K_S) bits,
 * where I − K_S is the covariance of the target given the subset. It is corrected for the bias of
 * finite samples, not negative, and not less than the information of any part of the subset.
 */
final class SubsetInformation {
    private static final double LN_2 = 0.6931471805599453;

    /**
     * A target is a function of the channels if at most this share of its variance is unexplained.
     * A share of this size has about four correct digits.
     */
    private static final double EXPLAINED = 1e-12;

    /** With nearly singular channels, rounding may make a share exceed 1 by this much. */
    private static final double BEYOND_ROUNDING = 1e-6;

    private final int targets;
    private final List<String> modalities;
    private final double mostExplained;
    private final double[] information;
    private final double[] standardError;

    /** For several target dimensions, the residual of each subset; see {@link #residual}. */
    private final double[][] residual;

    /**
     * @param samples effective number of samples, at least {@link GaussianPid#leastSamples};
     *     infinity for an exact covariance
     * @throws UndefinedInformation if an information is infinite or the matrix is not a covariance
     */
    SubsetInformation(SubsetRegression regression, List<String> modalities, double samples) {
        this.targets = regression.targets();
        this.modalities = modalities;
        this.mostExplained = 1 - EXPLAINED / regression.targetPivot();
        int subsets = ModalitySet.count(modalities.size());
        this.information = new double[subsets];
        this.standardError = new double[subsets];
        this.residual = new double[subsets][];
        for (ModalitySet subset : ModalitySet.nonEmptySubsets(modalities.size())) {
            compute(regression, subset, samples);
        }
    }

    private void compute(SubsetRegression regression, ModalitySet subset, double samples) {
        double raw = targets == 1 ? ofScalar(regression, subset) : ofVector(regression, subset);
        double bias = GaussianPid.bias(targets, regression.rank(subset), samples);
        double bits = Math.max(0, raw - bias);
        for (int m = 0; m < modalities.size(); m++) {
            if (subset.contains(m)) {
                bits = Math.max(bits, of(subset.without(m)));
            }
        }
        information[subset.bits()] = bits;
        // The information density of jointly Gaussian variables has the variance Σ ρ², with ρ
        // their canonical correlations, whose squares are the eigenvalues of K.
        standardError[subset.bits()] = Math.sqrt(regression.explained(subset) / samples) / LN_2;
        if (targets > 1) {
            scale(residual[subset.bits()], (raw - bits) / targets);
        }
    }

    /** I = −½ log₂(1 − R²) */
    private double ofScalar(SubsetRegression regression, ModalitySet subset) {
        double explained = regression.explained(subset);
        requireBelowOne(explained, subset);
        return -0.5 * StrictMath.log1p(-explained) / LN_2;
    }

    private double ofVector(SubsetRegression regression, ModalitySet subset) {
        ResidualFactor factor =
                ResidualFactor.of(
                        targets,
                        (i, j) -> regression.explained(subset, i, j),
                        explained -> requireBelowOne(explained, subset));
        residual[subset.bits()] = factor.lower();
        return factor.nats() / LN_2;
    }

    private void requireBelowOne(double explained, ModalitySet subset) {
        if (explained <= mostExplained) {
            return;
        }
        String names = subset.key(modalities);
        if (explained > 1 + Math.max(BEYOND_ROUNDING, 1 - mostExplained)) {
            throw new UndefinedInformation(
                    "covariance is not positive semidefinite: "
                            + names
                            + " explains "
                            + explained
                            + " of the target's variance");
        }
        throw new UndefinedInformation(
                (targets == 1 ? "the target" : "a combination of the target's dimensions")
                        + " is a function of "
                        + names
                        + ", so their information is infinite: "
                        + (1 - explained)
                        + " of its variance is unexplained"
                        + (targets == 1
                                ? ""
                                : ", the rounding error is up to " + (1 - mostExplained)));
    }

    private static void scale(double[] lower, double exponent) {
        if (exponent != 0) {
            double factor = StrictMath.exp(exponent * LN_2);
            for (int p = 0; p < lower.length; p++) {
                lower[p] *= factor;
            }
        }
    }

    /** Number of dimensions of the target. */
    int targets() {
        return targets;
    }

    /** Information of a subset, bits. */
    double of(ModalitySet subset) {
        return information[subset.bits()];
    }

    /**
     * The factor L, lower triangular [t, t], of the covariance LLᵀ of the target given a subset.
     * Its information is −log₂ det L; for finite samples, all directions are scaled by the same
     * factor so that this is the corrected information. For several target dimensions only.
     */
    double[] residual(ModalitySet subset) {
        return residual[subset.bits()];
    }

    /** All informations. */
    SubsetValues values() {
        return new SubsetValues(modalities, information);
    }

    /** Their standard errors. */
    SubsetValues standardErrors() {
        return new SubsetValues(modalities, standardError);
    }

    /** φᵢ = Σ_{S ∌ i} |S|! (K − |S| − 1)! / K! (I_{S ∪ i} − I_S) */
    double[] shapley() {
        int k = modalities.size();
        double[] weight = new double[k];
        weight[0] = 1.0 / k;
        for (int size = 1; size < k; size++) {
            weight[size] = weight[size - 1] * size / (k - size);
        }
        double[] shares = new double[k];
        for (ModalitySet subset : ModalitySet.subsets(k)) {
            for (int m = 0; m < k; m++) {
                if (!subset.contains(m)) {
                    shares[m] += weight[subset.size()] * (of(subset.with(m)) - of(subset));
                }
            }
        }
        return shares;
    }
}
