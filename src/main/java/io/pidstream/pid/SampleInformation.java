package io.pidstream.pid;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * The distribution of x = −½ ln(1 − R²), nats, where R² is the squared multiple correlation of a
 * sample: the sample information of d channels about a target in n samples, before bias correction.
 * All variables are jointly Gaussian. A partial R², given c other channels, is distributed like an
 * R² of n − c samples (Anderson 2003, section 4.4).
 */
final class SampleInformation {
    /** Longer sums are replaced by an approximation, whose error is then below 0.001. */
    private static final double LONGEST_SUM = 600;

    /** Standard deviations on either side of the mean that a sum covers. */
    private static final double REACH = 6;

    private static final double UNDERFLOW = -600;

    private final double channels;
    private final double samples;
    private final double logGammaOfResidual;
    private final double logGammaOfSuccesses;

    /**
     * The distribution for a scalar target.
     *
     * @param channels d, positive; not an integer if a distribution is matched by its moments
     * @param samples n, more than d + 1; not necessarily an integer
     */
    SampleInformation(double channels, double samples) {
        if (!(channels > 0 && samples > channels + 1)) {
            throw new IllegalArgumentException(
                    channels + " channels in " + samples + " samples leave nothing to estimate");
        }
        this.channels = channels;
        this.samples = samples;
        this.logGammaOfResidual = LogGamma.value(residualHalf());
        this.logGammaOfSuccesses = LogGamma.value(successes());
    }

    /**
     * An approximation for a target of t dimensions: the distribution that has the correct mean and
     * variance for uninformative channels. In that case exp(−2x) is a product of t beta variables
     * (Anderson 2003, section 8.4), so with ψ(z) ≈ ln z − ½/z, and ψ′ likewise, the mean is b = ½
     * Σⱼ ln((n − j)/(n − j − d)) and the variance v = ½ Σⱼ (1/(n − j − d) − 1/(n − j)). It is exact
     * for one dimension.
     *
     * @param targets t
     * @param channels d
     * @param samples n, more than d + t
     */
    static SampleInformation ofTargets(int targets, double channels, double samples) {
        if (targets == 1) {
            return new SampleInformation(channels, samples);
        }
        if (!(channels > 0 && samples > channels + targets)) {
            throw new IllegalArgumentException(
                    channels
                            + " channels and "
                            + targets
                            + " target dimensions in "
                            + samples
                            + " samples leave nothing to estimate");
        }
        double mean = 0;
        double variance = 0;
        for (int j = 1; j <= targets; j++) {
            double left = samples - j - channels;
            mean += 0.5 * StrictMath.log((samples - j) / left);
            variance += 0.5 * (1 / left - 1 / (samples - j));
        }
        double residual = -StrictMath.expm1(-2 * mean) / (2 * variance);
        double total = residual * StrictMath.exp(2 * mean);
        return new SampleInformation(total - residual, total + 1);
    }

    /** d */
    double channels() {
        return channels;
    }

    /** n */
    double samples() {
        return samples;
    }

    private double successes() {
        return 0.5 * (samples - 1);
    }

    /**
     * The distribution of a quantity that behaves like this information but has a different
     * variance: an information of d/c channels in n/c samples, where c is the ratio of its variance
     * to that of an information, R²/n. Near independence the quantity is a quadratic form with a
     * matrix A, and the plug-in ratio is tr(A²)/tr(A), the match of two moments of Satterthwaite
     * (1946).
     *
     * @param theta unbiased estimate of the quantity, nats; may be negative
     * @param variance plug-in estimate of n times its variance, nats²
     */
    SampleInformation matched(double theta, double variance) {
        double noise = bias();
        double plugIn = Math.max(1e-3 * noise, theta + noise);
        double ratio = variance / explained(plugIn);
        // At most half of what the samples allow; the lower bound only limits the range.
        double c = Math.max(1e-6, Math.min(ratio, 0.5 * (samples - channels)));
        return new SampleInformation(channels / c, samples / c);
    }

    /** Mean of x for uninformative channels; see {@link GaussianPid#bias}. */
    double bias() {
        return 0.5 * StrictMath.log((samples - 1) / (samples - 1 - channels));
    }

    /**
     * Standard deviation of the estimate x − bias for the true information θ, in nats: that of a
     * noncentral chi-square over 2n, √(R²/n + d/(2n²)).
     */
    double deviation(double theta) {
        double residual = samples - 1 - channels;
        double explained = -StrictMath.expm1(-2 * theta);
        return Math.sqrt(explained / residual + 0.5 * channels / (samples * residual));
    }

    /** P(X ≥ x) for uninformative channels: R² then has a beta distribution. */
    double tailAtZero(double x) {
        if (x <= 0) {
            return 1;
        }
        return RegularizedBeta.complement(explained(x), 0.5 * channels, residualHalf());
    }

    /**
     * P(X ≤ x) for the true information θ. Given K, R² has the distribution beta(d/2 + K, (n − 1 −
     * d)/2), where K is negative binomial with (n − 1)/2 successes and failure probability ρ² = 1 −
     * e^(−2θ) (Johnson, Kotz &amp; Balakrishnan 1995, chapter 32).
     *
     * @param x nats
     * @param theta nats, not negative
     */
    double below(double x, double theta) {
        if (x <= 0) {
            return 0;
        }
        double rho2 = -StrictMath.expm1(-2 * theta);
        if (rho2 == 0) {
            return RegularizedBeta.value(explained(x), 0.5 * channels, residualHalf());
        }
        double odds = StrictMath.expm1(2 * theta);
        double mean = successes() * odds;
        double deviation = Math.sqrt(mean * (1 + odds));
        double from = Math.max(0, Math.floor(mean - REACH * deviation));
        double to = Math.ceil(mean + REACH * deviation + 3 * REACH * (1 + odds));
        return to - from > LONGEST_SUM
                ? approximatelyBelow(x, odds)
                : sum(explained(x), rho2, (int) from, (int) to);
    }

    /** Σ P(K = k) I_{R²}(d/2 + k, b), from the last term down: I_r(a, b) decreases in a. */
    private double sum(double r2, double rho2, int from, int to) {
        double successes = successes();
        double b = residualHalf();
        double logOfR2 = StrictMath.log(r2);
        double logGammas = b * StrictMath.log1p(-r2) - logGammaOfResidual;
        int last = to;
        double a = 0.5 * channels + last;
        double logStep = logStep(a, b, logOfR2, logGammas);
        double beta = RegularizedBeta.value(r2, a, b);
        // Terms that underflow are negligible, unless the distance to 1 underflows.
        while (logStep < UNDERFLOW && last > from && beta < 0.5) {
            last = from + (last - from) / 2;
            a = 0.5 * channels + last;
            logStep = logStep(a, b, logOfR2, logGammas);
            beta = RegularizedBeta.value(r2, a, b);
        }
        // I_r(a, b) − I_r(a + 1, b) = r^a (1 − r)^b Γ(a + b) / (Γ(a + 1) Γ(b))
        double step = StrictMath.exp(logStep);
        double weight =
                StrictMath.exp(
                        LogGamma.value(successes + last)
                                - logGammaOfSuccesses
                                - LogGamma.value(last + 1.0)
                                + successes * StrictMath.log1p(-rho2)
                                + last * StrictMath.log(rho2));
        double sum = weight * beta;
        for (int k = last - 1; k >= from; k--) {
            weight *= (k + 1) / (rho2 * (successes + k));
            step *= a / (r2 * (a + b - 1));
            a--;
            beta += step;
            sum += weight * beta;
        }
        return Math.min(1, sum);
    }

    private static double logStep(double a, double b, double logOfR2, double logGammas) {
        return a * logOfR2 + logGammas + LogGamma.value(a + b) - LogGamma.value(a + 1);
    }

    /**
     * R²/(1 − R²) is N/D, where D has the distribution χ²(n − 1 − d) and N has mean φ₁ and variance
     * 2φ₂, φⱼ = (n − 1) ((1 + odds)^j − 1) + d. N is approximated by φ₂/φ₁ χ²(φ₁²/φ₂) (Gurland
     * 1968).
     */
    private double approximatelyBelow(double x, double odds) {
        double first = (samples - 1) * odds + channels;
        double second = (samples - 1) * odds * (2 + odds) + channels;
        double ratio = StrictMath.expm1(2 * x) * first / second;
        return RegularizedBeta.value(
                ratio / (1 + ratio), 0.5 * first * first / second, residualHalf());
    }

    private double residualHalf() {
        return 0.5 * (samples - 1 - channels);
    }

    private static double explained(double x) {
        return -StrictMath.expm1(-2 * x);
    }
}
