package io.pidstream.pid;

import java.util.function.DoubleUnaryOperator;

/**
 * The null distribution of a decomposition of two sources: upper limits, in bits, below which each
 * bias-corrected quantity stays with the given probability if the target and all sources are
 * independent. An estimate below its limit is not significant. For minimum mutual information and
 * independent Gaussian samples.
 *
 * <p>The intervals of {@link DecompositionIntervals} answer a different question. They hold for
 * every true value, including one informative and one uninformative source. So the interval of an
 * atom that is the minimum of two quantities is wide if both are 0, and excludes 0 far less often
 * than its level. Under complete independence the level of this band is met.
 *
 * @param confidence probability of staying below a limit
 * @param effectiveSamples effective number of samples of the covariance
 * @param first limit of the information of the first source
 * @param second limit of the information of the second source
 * @param joint limit of the joint information
 * @param unique limit of the unique information of the first source
 * @param rest limit of the unique information of the second source
 * @param redundant limit of the redundant information
 * @param synergistic limit of the synergistic information; the two conditional informations are
 *     treated as independent, which is correct up to terms of the order of channels / samples
 */
public record IndependenceBand(
        double confidence,
        double effectiveSamples,
        double first,
        double second,
        double joint,
        double unique,
        double rest,
        double redundant,
        double synergistic) {
    private static final double LN_2 = 0.6931471805599453;

    /** Steps of the integral over the information of one source. */
    private static final int STEPS = 400;

    /**
     * The band of two sources.
     *
     * @param firstChannels linearly independent channels of the first source, at least 1
     * @param secondChannels linearly independent channels of the second source, at least 1
     * @param effectiveSamples more than 1 + the sum of both
     * @param confidence such as 0.95
     */
    public static IndependenceBand of(
            int firstChannels, int secondChannels, double effectiveSamples, double confidence) {
        if (firstChannels < 1 || secondChannels < 1 || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    firstChannels
                            + " and "
                            + secondChannels
                            + " channels at confidence "
                            + confidence);
        }
        int both = firstChannels + secondChannels;
        double n = effectiveSamples;
        SampleInformation one = new SampleInformation(firstChannels, n);
        SampleInformation two = new SampleInformation(secondChannels, n);
        SampleInformation joint = new SampleInformation(both, n);
        SampleInformation addsOne = new SampleInformation(firstChannels, n - secondChannels);
        SampleInformation addsTwo = new SampleInformation(secondChannels, n - firstChannels);
        double alpha = 1 - confidence;
        return new IndependenceBand(
                confidence,
                n,
                end(c -> tail(one, c), alpha, one),
                end(c -> tail(two, c), alpha, two),
                end(c -> tail(joint, c), alpha, joint),
                end(exceeding(one, two), alpha, one),
                end(exceeding(two, one), alpha, two),
                // The R² of independent sources of one target are independent.
                end(c -> tail(one, c) * tail(two, c), alpha, one),
                end(c -> tail(addsOne, c) * tail(addsTwo, c), alpha, addsOne));
    }

    /** P(x − bias > c) */
    private static double tail(SampleInformation law, double c) {
        return law.tailAtZero(c + law.bias());
    }

    /** c → P(I₁ − max(0, I₂) > c) for c >= 0, as a sum over steps of I₂. */
    private static DoubleUnaryOperator exceeding(SampleInformation one, SampleInformation two) {
        double most = 12 * two.deviation(0);
        double step = most / STEPS;
        double[] mass = new double[STEPS];
        double above = tail(two, 0);
        double none = 1 - above;
        for (int i = 0; i < STEPS; i++) {
            double next = tail(two, (i + 1) * step);
            mass[i] = above - next;
            above = next;
        }
        return c -> {
            double sum = none * tail(one, c);
            for (int i = 0; i < STEPS; i++) {
                if (mass[i] > 0) {
                    sum += mass[i] * tail(one, c + (i + 0.5) * step);
                }
            }
            return sum;
        };
    }

    /** The point, in bits, at which a decreasing tail falls to α; 0 if it starts below α. */
    private static double end(DoubleUnaryOperator tail, double alpha, SampleInformation law) {
        if (tail.applyAsDouble(0) <= alpha) {
            return 0;
        }
        double step = law.deviation(0);
        return IntervalSolver.crossing(
                        c -> StrictMath.log(tail.applyAsDouble(c) / alpha), step, step)
                / LN_2;
    }
}
