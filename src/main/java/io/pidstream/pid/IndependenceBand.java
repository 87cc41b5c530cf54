package io.pidstream.pid;

import java.util.function.DoubleUnaryOperator;

/**
 * What two sources that know nothing seem to know: upper ends, in bits, below which each
 * bias-corrected quantity stays with the probability stated when target and sources are all
 * independent. An estimate below its end is no evidence of anything. For minimum mutual
 * information, and independent Gaussian samples.
 *
 * <p>This asks another question than the intervals of {@link DecompositionIntervals}, which hold
 * for every truth, also that of one source that knows all and one that knows nothing: for an atom
 * that is the lesser of two quantities such an interval must be wide when both are 0, and leaves
 * out 0 far less often than its level says. Against independence of everything the level is met.
 *
 * @param confidence probability of staying below
 * @param effectiveSamples number of samples behind the covariance
 * @param first of the information of the first source
 * @param second of the information of the second
 * @param joint of the information of both
 * @param unique of what only the first has
 * @param rest of what only the second has
 * @param redundant of what both have
 * @param synergistic of what is there only when both are read together; the two conditional
 *     informations are taken as independent, which they are but for terms of channels over samples
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

    /** Steps of the integral over what one source seems to know. */
    private static final int STEPS = 400;

    /**
     * The band of two sources.
     *
     * @param firstChannels linearly independent channels of the first, at least 1
     * @param secondChannels of the second
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
                // R² of independent sources about one target are independent.
                end(c -> tail(one, c) * tail(two, c), alpha, one),
                end(c -> tail(addsOne, c) * tail(addsTwo, c), alpha, addsOne));
    }

    /** P(x − bias > c) */
    private static double tail(SampleInformation law, double c) {
        return law.tailAtZero(c + law.bias());
    }

    /** c → P(I₁ − max(0, I₂) > c), c not negative, as a sum over steps of I₂. */
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

    /** Where a falling tail comes down to α, bits; 0 if it is not above it. */
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
