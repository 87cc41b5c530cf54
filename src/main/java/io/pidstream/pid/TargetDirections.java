package io.pidstream.pid;

import io.pidstream.stats.Cholesky;
import io.pidstream.stats.SingularValues;

/**
 * Decomposition of two sources of a target of several dimensions, all jointly Gaussian, direction
 * by direction.
 *
 * <p>With C₁ = L₁L₁ᵀ and C₂ = L₂L₂ᵀ the covariances of the target given each source, and σᵢ the
 * singular values of L₁⁻¹L₂, the union information of ~_G (Venkatesh et al. 2023), the least joint
 * information that sources with these two covariances can have, is
 *
 * <pre>   U = I₁ + Σᵢ max(0, −log₂ σᵢ) = I₂ + Σᵢ max(0, log₂ σᵢ)</pre>
 *
 * in closed form. For any sources, the covariance C of the target given both satisfies C ≼ C₁ and C
 * ≼ C₂, and every such C is attained: by a noisy observation of the target of which each source is
 * a noisier copy. So 2^(−2U) = max det C. In coordinates in which C₁ = I and C₂ = diag(σᵢ²), det C
 * ≤ Π Cᵢᵢ ≤ Π min(1, σᵢ²) by Hadamard, and diag(min(1, σᵢ²)) is feasible. In words: along each
 * direction of the target, the less informative source has no information that the other has not.
 * For one dimension this is the minimum of the two informations.
 */
final class TargetDirections {
    private static final double LN_2 = 0.6931471805599453;

    private final double[] first;
    private final double[] second;
    private final int targets;

    private double onlyFirst;
    private double onlySecond;
    private final double gap;

    /**
     * @param first L₁, lower triangular [t, t]
     * @param second L₂
     */
    TargetDirections(double[] first, double[] second, int targets) {
        this.first = first;
        this.second = second;
        this.targets = targets;
        double[] ratio = divide(first, second, targets);
        SingularValues values = SingularValues.of(ratio, targets);
        for (int i = 0; i < targets; i++) {
            double bits = StrictMath.log(values.value(i)) / LN_2;
            onlyFirst += Math.max(0, bits);
            onlySecond += Math.max(0, -bits);
        }
        gap = 2 * targets * values.defect(ratio) / LN_2;
    }

    /** L⁻¹ M of lower triangular matrices. */
    private static double[] divide(double[] lower, double[] matrix, int n) {
        double[] quotient = new double[n * n];
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double value = matrix[i * n + j];
                for (int k = j; k < i; k++) {
                    value -= lower[i * n + k] * quotient[k * n + j];
                }
                quotient[i * n + j] = value / lower[i * n + i];
            }
        }
        return quotient;
    }

    /** U − I₂, information that only the first source has, bits. */
    double onlyFirst() {
        return onlyFirst;
    }

    /** U − I₁, information that only the second source has, bits. */
    double onlySecond() {
        return onlySecond;
    }

    /**
     * A bound on the error of U, in bits, for the computed singular vectors, independent of the
     * algorithm: the duality gap of the problem above, the distance between the value of a feasible
     * C and the value of a dual feasible point. With V the left vectors, Δ = diag(min(1, σᵢ²)), E =
     * VᵀV − I, F the same for the right vectors, and m the larger of their norms, C = (1 − m)
     * V⁻ᵀΔV⁻¹ is feasible. For every feasible C, log det C ≤ −log det Z + tr Z₁C₁ + tr Z₂C₂ − t
     * where Z = Z₁ + Z₂; with Z₁ = V diag(1 or 0)Vᵀ and Z₂ = V diag(0 or σᵢ⁻²)Vᵀ this is log det Δ
     * − log det VᵀV + Σᵢ (Eᵢᵢ or Fᵢᵢ). For m ≤ ⅓ the distance is at most 2.5 t m nats in log det C,
     * and U is −½ of that.
     */
    double gap() {
        return gap;
    }

    /**
     * The joint information if the sources were independent given the target, bits: precisions add,
     * ½ log₂ det(C₁⁻¹ + C₂⁻¹ − I).
     */
    double ifIndependent() {
        double[] quotient = divide(second, first, targets);
        double[] sum = new double[targets * targets];
        double logDeterminant = 0;
        for (int i = 0; i < targets; i++) {
            for (int j = 0; j <= i; j++) {
                double value = i == j ? 1 : 0;
                for (int k = i; k < targets; k++) {
                    int row = k * targets;
                    value +=
                            quotient[row + i] * quotient[row + j] - first[row + i] * first[row + j];
                }
                sum[i * targets + j] = value;
            }
            logDeterminant -= 2 * StrictMath.log(first[i * targets + i]);
        }
        // L₁ᵀ (C₁⁻¹ + C₂⁻¹ − I) L₁ = I + (L₂⁻¹L₁)ᵀ L₂⁻¹L₁ − L₁ᵀL₁
        logDeterminant += Cholesky.of(sum, targets).logDeterminant();
        return 0.5 * logDeterminant / LN_2;
    }
}
