package io.pidstream.pid;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Covariance of the sampling errors of the informations of all subsets of modalities: n times the
 * covariance, for a large number n of independent Gaussian samples.
 *
 * <p>With e_S the residual of the regression of the target y, of t dimensions, on the channels of
 * S, and Σ_S its covariance, I_S = ½ ln det Σ_y − ½ ln det Σ_S has the influence function ½
 * (yᵀΣ_y⁻¹y − e_SᵀΣ_S⁻¹e_S). For Gaussians cov(aᵀAa, bᵀBb) = 2 tr(A C_ab B C_ba), and cov(y, e_S) =
 * Σ_S, so n cov(I_S, I_T) = ½ (tr K_S + tr K_T − t + ρ²_ST) in nats², with K_S = Iₜ − Σ_y⁻¹Σ_S and
 * ρ²_ST = tr(Σ_S⁻¹ C_ST Σ_T⁻¹ C_TS) the sum of the squared canonical correlations of e_S and e_T.
 * If S is a subset of T, ρ²_ST = tr(Σ_S⁻¹ Σ_T). On the diagonal the covariance is tr K_S, which is
 * R²_S for a scalar target.
 *
 * <p>This is the first order. It is insufficient if K is of the order of d/n: then n I is half a
 * chi-square variable; see {@link SampleInformation#deviation} for its variance.
 */
public final class InformationCovariance {
    private static final double LN_2 = 0.6931471805599453;

    private final int modalities;
    private final int targets;

    /** By {@link ModalitySet#bits}, as all arrays over subsets here. */
    private final SubsetFit[] fits;

    private final double[] explained;
    private final ResidualFactor[] factors;

    /** Cov(e_S, e_T), [2^K, 2^K] of [t, t]; the empty set is the target itself. */
    private final double[][] residual;

    private InformationCovariance(
            int modalities,
            int targets,
            SubsetFit[] fits,
            ResidualFactor[] factors,
            double[][] residual) {
        this.modalities = modalities;
        this.targets = targets;
        this.fits = fits;
        this.factors = factors;
        this.residual = residual;
        this.explained = new double[fits.length];
        for (int s = 0; s < fits.length; s++) {
            explained[s] = fits[s].explained();
        }
    }

    /**
     * The covariance for a scalar target.
     *
     * @param covariance [1 + Σ sizes]² row-major: the target first, then the modalities' channels
     * @param sizes number of channels of each modality
     * @throws IllegalArgumentException if the sizes do not fit or the target is constant or
     *     determined by the channels
     */
    public static InformationCovariance of(double[] covariance, int[] sizes) {
        return of(covariance, 1, sizes);
    }

    /**
     * The covariance for a target of one or several dimensions.
     *
     * @param covariance [t + Σ sizes]² row-major: the target first, then the modalities' channels
     * @param targetDimensions t; dimensions that are constant or determined by others are omitted
     * @param sizes number of channels of each modality
     * @throws IllegalArgumentException if the sizes do not fit, the target is constant, or the
     *     target or a combination of its dimensions is determined by the channels
     */
    public static InformationCovariance of(double[] covariance, int targetDimensions, int[] sizes) {
        return ifUnexplained(covariance, targetDimensions, sizes)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the channels explain all of the target's variance"));
    }

    /**
     * As {@link #of}; empty if the channels explain all of the target's variance, for example in a
     * covariance of fewer samples than channels.
     */
    static Optional<InformationCovariance> ifUnexplained(
            double[] covariance, int targetDimensions, int[] sizes) {
        int given = targetDimensions + IntStream.of(sizes).sum();
        if (covariance.length != given * given) {
            throw new IllegalArgumentException(
                    "covariance has " + covariance.length + " values, expected " + given + "²");
        }
        WhiteCorrelation white = WhiteCorrelation.of(covariance, targetDimensions, sizes);
        int targets = white.targets();
        SubsetFit[] fits = fits(white, sizes);
        ResidualFactor[] factors = new ResidualFactor[fits.length];
        double[] most = new double[1];
        for (int s = fits.length - 1; s >= 0; s--) {
            factors[s] =
                    ResidualFactor.of(
                            targets, fits[s]::explained, k -> most[0] = Math.max(most[0], k));
            if (!(most[0] < 1)) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new InformationCovariance(
                        sizes.length, targets, fits, factors, ResidualCovariances.of(fits, white)));
    }

    /** The fit of a subset is that of the subset without its last modality, with that one added. */
    private static SubsetFit[] fits(WhiteCorrelation white, int[] sizes) {
        SubsetFit[] fits = new SubsetFit[ModalitySet.count(sizes.length)];
        fits[0] = SubsetFit.empty(white.matrix(), white.dimension(), white.targets());
        int from = white.targets();
        for (int m = 0; m < sizes.length; m++) {
            for (ModalitySet earlier : ModalitySet.subsets(m)) {
                fits[earlier.with(m).bits()] = fits[earlier.bits()].with(from, from + sizes[m]);
            }
            from += sizes[m];
        }
        return fits;
    }

    /** Number of modalities K. */
    public int modalities() {
        return modalities;
    }

    /** Dimensions of the target t, without omitted ones. */
    public int targets() {
        return targets;
    }

    /** tr K of a subset, which is R² for a scalar target; 0 for the empty set. */
    public double explained(ModalitySet subset) {
        return explained[subset.bits()];
    }

    /** Number of linearly independent channels of a subset. */
    public int channels(ModalitySet subset) {
        return fits[subset.bits()].rank();
    }

    /** Sample information −½ ln det(I − K) of a subset, without bias correction, nats. */
    double nats(ModalitySet subset) {
        return factor(subset).nats();
    }

    /** Bias of the sample information of a subset, nats. */
    double natsBias(ModalitySet subset, double samples) {
        return GaussianPid.bias(targets, channels(subset), samples) * LN_2;
    }

    /** Information of a subset, corrected for bias, nats. */
    double natsCorrected(ModalitySet subset, double samples) {
        return nats(subset) - natsBias(subset, samples);
    }

    /** Factor of the covariance of the white target given a subset. */
    ResidualFactor factor(ModalitySet subset) {
        return factors[subset.bits()];
    }

    /** Cov(e_S, e_T), [t, t] row-major; not a copy. */
    double[] residual(ModalitySet first, ModalitySet second) {
        return residual[first.bits() * fits.length + second.bits()];
    }

    /** Information that a set has beyond a subset of it, without bias correction, nats. */
    double nats(ModalitySet whole, ModalitySet part) {
        return Math.max(0, nats(whole) - nats(part));
    }

    /** ρ²_ST: the sum of the squared canonical correlations of the residuals of two subsets. */
    public double residualCorrelation(ModalitySet first, ModalitySet second) {
        double[] cross = factor(first).whiten(residual(first, second), targets);
        // (L_T⁻¹ (L_S⁻¹ C_ST)ᵀ)ᵀ
        double[] transposed = new double[cross.length];
        for (int i = 0; i < targets; i++) {
            for (int j = 0; j < targets; j++) {
                transposed[j * targets + i] = cross[i * targets + j];
            }
        }
        double sum = 0;
        for (double value : factor(second).whiten(transposed, targets)) {
            sum += value * value;
        }
        return sum;
    }

    /** n times the covariance of the informations of two subsets, bits². */
    public double covariance(ModalitySet first, ModalitySet second) {
        return natsCovariance(first, second) / (LN_2 * LN_2);
    }

    private double natsCovariance(ModalitySet first, ModalitySet second) {
        double rho2 = first.equals(second) ? targets : residualCorrelation(first, second);
        return 0.5 * (explained(first) + explained(second) - targets + rho2);
    }

    /**
     * n times the variance of a combination Σ a_S I_S, bits².
     *
     * @param weights a, [2^K], by {@link ModalitySet#bits}; that of the empty set is ignored
     */
    public double variance(double[] weights) {
        return natsVariance(weights) / (LN_2 * LN_2);
    }

    double natsVariance(double[] weights) {
        if (weights.length != fits.length) {
            throw new IllegalArgumentException(
                    weights.length + " weights for " + fits.length + " subsets");
        }
        double sum = 0;
        for (int s = 1; s < weights.length; s++) {
            if (weights[s] != 0) {
                sum += weights[s] * weights[s] * explained[s];
                for (int t = 1; t < s; t++) {
                    if (weights[t] != 0) {
                        sum +=
                                2
                                        * weights[s]
                                        * weights[t]
                                        * natsCovariance(new ModalitySet(s), new ModalitySet(t));
                    }
                }
            }
        }
        return Math.max(0, sum);
    }

    /** Sum of the squared canonical correlations of the channels of two subsets. */
    double shared(ModalitySet first, ModalitySet second) {
        return fits[first.bits()].sharedWith(fits[second.bits()]);
    }
}
