package io.pidstream.pid;

import java.util.Arrays;
import java.util.Optional;

/**
 * How the sampling errors of the informations of all subsets of modalities vary together: n times
 * their covariance, for a large number n of independent Gaussian samples.
 *
 * <p>With e_S the residual of the regression of the target y on the channels of S, I_S = ½ ln
 * (σ_y²/σ_S²) has the influence function ½ (y²/σ_y² − e_S²/σ_S²). For Gaussians the covariance of
 * two squares is twice the square of the correlation, and y and e_S correlate by σ_S/σ_y, so n
 * cov(I_S, I_T) = ½ (R²_S + R²_T − 1 + ρ²_ST) in nats², with ρ_ST the correlation of e_S and e_T.
 * Where S is part of T, ρ²_ST = σ_T²/σ_S². On the diagonal it is R²_S.
 *
 * <p>Where R² is within some d/n of 0 this first order is not enough: there n I is half a
 * chi-square, whose variance is that of {@link SampleInformation#deviation}.
 */
public final class InformationCovariance {
    private static final double LN_2 = 0.6931471805599453;

    private final SubsetFit[] fits;
    private final double[] explained;

    /** Cov(y, e_S, e_T) by mask; position 0 is the target itself. */
    private final double[] residual;

    private InformationCovariance(SubsetFit[] fits, double[] residual) {
        this.fits = fits;
        this.residual = residual;
        this.explained = new double[fits.length];
        for (int mask = 0; mask < fits.length; mask++) {
            explained[mask] = fits[mask].explained();
        }
    }

    /**
     * Computes it for all subsets.
     *
     * @param covariance [1 + Σ sizes]² row-major: the target first, then the modalities' channels;
     *     one of which there is a decomposition, so the target is neither constant nor a function
     *     of the channels
     * @param sizes number of channels of each modality
     * @throws IllegalArgumentException if the sizes do not fit or the target is constant or
     *     determined by the channels
     */
    public static InformationCovariance of(double[] covariance, int[] sizes) {
        return ifUnexplained(covariance, sizes)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the channels explain all of the target's variance"));
    }

    /**
     * As {@link #of}; empty where the channels explain all of the target's variance, as they do in
     * a covariance of fewer samples than channels.
     */
    static Optional<InformationCovariance> ifUnexplained(double[] covariance, int[] sizes) {
        int dimension = 1;
        for (int size : sizes) {
            dimension += size;
        }
        if (covariance.length != dimension * dimension) {
            throw new IllegalArgumentException(
                    "covariance has " + covariance.length + " values, expected " + dimension + "²");
        }
        double[] correlation = correlation(covariance, dimension);
        SubsetFit[] fits = new SubsetFit[1 << sizes.length];
        fits[0] = SubsetFit.empty(correlation, dimension);
        int from = 1;
        for (int m = 0; m < sizes.length; m++) {
            for (int mask = 0; mask < 1 << m; mask++) {
                fits[mask | 1 << m] = fits[mask].with(from, from + sizes[m]);
            }
            from += sizes[m];
        }
        if (!(fits[fits.length - 1].explained() < 1)) {
            return Optional.empty();
        }
        return Optional.of(
                new InformationCovariance(fits, residuals(fits, correlation, dimension)));
    }

    private static double[] correlation(double[] covariance, int dimension) {
        double[] scale = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            double variance = covariance[i * dimension + i];
            scale[i] = variance < Double.MIN_NORMAL ? 0 : 1 / Math.sqrt(variance);
        }
        if (!(scale[0] > 0)) {
            throw new IllegalArgumentException("variance of the target is " + covariance[0]);
        }
        double[] correlation = new double[covariance.length];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                correlation[i * dimension + j] =
                        covariance[i * dimension + j] * scale[i] * scale[j];
            }
            correlation[i * dimension + i] = scale[i] == 0 ? 0 : 1;
        }
        return correlation;
    }

    /** Cov(e_S, e_T) = 1 − b_S·Σ_Sy − b_T·Σ_Ty + b_Sᵀ Σ_ST b_T. */
    private static double[] residuals(SubsetFit[] fits, double[] correlation, int dimension) {
        int subsets = fits.length;
        double[][] coefficients = new double[subsets][];
        for (int mask = 0; mask < subsets; mask++) {
            coefficients[mask] = fits[mask].coefficients();
        }
        double[] residual = new double[subsets * subsets];
        double[] fitted = new double[dimension];
        for (int s = 0; s < subsets; s++) {
            Arrays.fill(fitted, 0);
            for (int i = 1; i < dimension; i++) {
                double factor = coefficients[s][i];
                if (factor != 0) {
                    for (int j = 0; j < dimension; j++) {
                        fitted[j] += factor * correlation[i * dimension + j];
                    }
                }
            }
            for (int t = 0; t <= s; t++) {
                // fitted[0] is b_S·Σ_Sy
                double sum = 1 - fitted[0];
                for (int j = 1; j < dimension; j++) {
                    sum -= coefficients[t][j] * (correlation[j] - fitted[j]);
                }
                residual[s * subsets + t] = sum;
                residual[t * subsets + s] = sum;
            }
        }
        return residual;
    }

    /** Number of modalities K. */
    public int modalities() {
        return Integer.numberOfTrailingZeros(fits.length);
    }

    /** R² of a subset, by mask; 0 for the empty one. */
    public double explained(int mask) {
        return explained[mask];
    }

    /** Number of linearly independent channels of a subset, by mask. */
    public int channels(int mask) {
        return fits[mask].rank();
    }

    /** The sample's information −½ ln(1 − R²) of a subset, not corrected for bias, nats. */
    double nats(int mask) {
        return -0.5 * StrictMath.log1p(-explained[mask]);
    }

    /** What a subset knows that a part of it does not, not corrected for bias, nats. */
    double nats(int mask, int part) {
        return Math.max(0, nats(mask) - nats(part));
    }

    /** ρ²_ST: the squared correlation of the residuals of two subsets. */
    public double residualCorrelation(int first, int second) {
        int n = fits.length;
        double covariance = residual[first * n + second];
        return covariance
                * covariance
                / (residual[first * n + first] * residual[second * n + second]);
    }

    /**
     * n times the covariance of the informations of two subsets, bits².
     *
     * @param first mask
     * @param second mask
     */
    public double covariance(int first, int second) {
        return natsCovariance(first, second) / (LN_2 * LN_2);
    }

    private double natsCovariance(int first, int second) {
        double rho2 = first == second ? 1 : residualCorrelation(first, second);
        return 0.5 * (explained[first] + explained[second] - 1 + rho2);
    }

    /**
     * n times the variance of a combination Σ a_S I_S, bits².
     *
     * @param weights a by mask, [2^K]; that of the empty subset counts for nothing
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
                        sum += 2 * weights[s] * weights[t] * natsCovariance(s, t);
                    }
                }
            }
        }
        return Math.max(0, sum);
    }

    /** Sum of the squared canonical correlations of the channels of two subsets. */
    double shared(int first, int second) {
        return fits[first].sharedWith(fits[second]);
    }
}
