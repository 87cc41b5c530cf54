package io.pidstream.pid;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * The distribution of x = −½ ln(1 − R²), nats, where R² is the squared multiple correlation of a
 * sample: what d channels seem to know about a target in n samples, before any bias correction. All
 * variables are jointly Gaussian. A partial R², given c other channels, is distributed like an R²
 * of n − c samples (Anderson 2003, section 4.4).
 */
final class SampleInformation {
    /** Sums of more terms than this give way to an approximation, exact to 0.001 by then. */
    private static final double LONGEST_SUM = 600;

    /** Deviations on either side of the mean that a sum covers. */
    private static final double REACH = 6;

    private static final double UNDERFLOW = -600;

    private final double channels;
    private final double samples;
    private final double logGammaOfResidual;
    private final double logGammaOfSuccesses;

    /**
     * The law of one shape.
     *
     * @param channels d, positive; may be a fraction, where a distribution is matched by its
     *     moments
     * @param samples n, more than d + 1; may be a fraction
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
     * The law that comes closest where the target has t dimensions: the one with the same mean and
     * the same variance when the channels know nothing. There exp(−2x) is a product of t beta
     * variables (Anderson 2003, section 8.4), so with ψ(z) ≈ ln z − ½/z and ψ′ alike the mean is b
     * = ½ Σⱼ ln((n − j)/(n − j − d)) and the variance v = ½ Σⱼ (1/(n − j − d) − 1/(n − j)). For one
     * dimension it is exact.
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
     * The law of a quantity that behaves like this information but varies more or less: as one of
     * d/c channels in n/c samples, where c is the ratio of its variance to an information's, R²/n.
     * Near independence the plug-in ratio is tr(A²)/tr(A) for the quadratic form A that the
     * quantity is, which is the match of two moments of Satterthwaite (1946).
     *
     * @param theta the quantity as estimated without bias, nats; sampling may have made it negative
     * @param variance plug-in estimate of n times its variance, nats²
     */
    SampleInformation matched(double theta, double variance) {
        double noise = bias();
        double plugIn = Math.max(1e-3 * noise, theta + noise);
        double ratio = variance / explained(plugIn);
        // At most half of what the samples allow; the least is a matter of range only.
        double c = Math.max(1e-6, Math.min(ratio, 0.5 * (samples - channels)));
        return new SampleInformation(channels / c, samples / c);
    }

    /** Mean of x when the channels know nothing; see {@link GaussianPid#bias}. */
    double bias() {
        return 0.5 * StrictMath.log((samples - 1) / (samples - 1 - channels));
    }

    /**
     * Standard deviation of the estimate x − bias at the true information θ: of a noncentral
     * chi-square over 2n, √(R²/n + d/(2n²)), in nats.
     */
    double deviation(double theta) {
        double residual = samples - 1 - channels;
        double explained = -StrictMath.expm1(-2 * theta);
        return Math.sqrt(explained / residual + 0.5 * channels / (samples * residual));
    }

    /** P(X ≥ x) when the channels know nothing: R² is of a beta distribution then. */
    double tailAtZero(double x) {
        if (x <= 0) {
            return 1;
        }
        return RegularizedBeta.complement(explained(x), 0.5 * channels, residualHalf());
    }

    /**
     * P(X ≤ x) when the true information is θ. Given K, R² is of the distribution beta(d/2 + K, (n
     * − 1 − d)/2), where K is negative binomial of (n − 1)/2 successes with failure probability ρ²
     * = 1 − e^(−2θ) (Johnson, Kotz &amp; Balakrishnan 1995, chapter 32).
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

    /** Σ P(K = k) I_{R²}(d/2 + k, b), from the last term down: I_r(a, b) grows as a falls. */
    private double sum(double r2, double rho2, int from, int to) {
        double successes = successes();
        double b = residualHalf();
        double logOfR2 = StrictMath.log(r2);
        double logGammas = b * StrictMath.log1p(-r2) - logGammaOfResidual;
        int last = to;
        double a = 0.5 * channels + last;
        double logStep = logStep(a, b, logOfR2, logGammas);
        double beta = RegularizedBeta.value(r2, a, b);
        // Terms that underflow are nothing beside those before them, unless what underflows is the
        // distance to 1.
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
     * R²/(1 − R²) is N/D with D of χ²(n − 1 − d) and N of mean φ₁ and variance 2φ₂, φⱼ = (n − 1)
     * ((1 + odds)^j − 1) + d, matched by φ₂/φ₁ χ²(φ₁²/φ₂) (Gurland 1968).
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
