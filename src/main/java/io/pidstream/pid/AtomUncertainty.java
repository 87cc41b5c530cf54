package io.pidstream.pid;

import io.pidstream.pid.IntervalSolver.Ends;
import io.pidstream.pid.NestedInformation.Known;

/**
 * Intervals for the atoms of two sources, from a finite number of samples.
 *
 * <p>Atoms are the lesser or the greater of smooth functions of the informations ("branches"), with
 * a kink where the branches meet; the delta method across a kink is wrong. Here every branch has an
 * interval of its own, and the interval of the lesser of two goes from the lesser lower end to the
 * lesser upper end. If the branches are far apart it is that of the lesser. Where they are equal,
 * the upper end fails if either fails, and the lower end only if both do; as both tails are of the
 * same size there, what the one side has too much the other has too little, whatever the
 * correlation.
 */
final class AtomUncertainty {
    private static final double LN_2 = 0.6931471805599453;

    private final NestedInformation nested;
    private final InformationCovariance covariance;
    private final IntervalSolver solver;
    private final double samples;
    private final int first;
    private final int second;
    private final int joint;

    /** Canonical correlations, squared and summed, of the two sources. */
    private final double shared;

    /**
     * @param first mask of one source
     * @param second mask of the other; disjoint
     */
    AtomUncertainty(NestedInformation nested, int first, int second) {
        this.nested = nested;
        this.covariance = nested.covariance();
        this.solver = nested.solver();
        this.samples = nested.samples();
        this.first = first;
        this.second = second;
        this.joint = first | second;
        this.shared = covariance.shared(first, second);
    }

    AtomEstimates of(Atoms atoms, PidDefinition definition) {
        return switch (definition) {
            case MMI -> minimum(atoms);
            case IDEP -> dependency(atoms);
        };
    }

    /**
     * R = min(I₁, I₂), U₁ = max(0, I₁ − I₂), S = min(I₁₂ − I₁, I₁₂ − I₂).
     *
     * <p>All but the difference of I₁ and I₂ are exact for Gaussian samples.
     */
    private AtomEstimates minimum(Atoms atoms) {
        Known one = nested.of(first, 0);
        Known two = nested.of(second, 0);
        Known addsOne = nested.of(joint, second);
        Known addsTwo = nested.of(joint, first);
        double[] difference = {1, -1, 0};
        boolean firstIsLess =
                covariance.nats(first) - bias(first) < covariance.nats(second) - bias(second);
        return new AtomEstimates(
                positivePart(corrected(difference), difference).around(atoms.unique()),
                positivePart(-corrected(difference), difference).around(atoms.rest()),
                lesser(one, two, firstIsLess).around(atoms.redundant()),
                lesser(addsTwo, addsOne, !firstIsLess).around(atoms.synergistic()));
    }

    private static Known lesser(Known a, Known b, boolean first) {
        return new Known(Ends.ofLesser(a.ends(), b.ends()), first ? a.deviation() : b.deviation());
    }

    /**
     * With I_m = ½ ln(e^(2I₁) + e^(2I₂) − 1): U₁ = min(I₁₂ − I₂, I_m − I₂), S = max(0, I₁₂ − I_m),
     * R = max(I₁ + I₂ − I₁₂, I₁ + I₂ − I_m).
     */
    private AtomEstimates dependency(Atoms atoms) {
        double one = covariance.nats(first) - bias(first);
        double two = covariance.nats(second) - bias(second);
        double both = covariance.nats(joint) - bias(joint);
        double growthOne = StrictMath.exp(2 * one);
        double growthTwo = StrictMath.exp(2 * two);
        double growth = growthOne + growthTwo - 1;
        double middle = 0.5 * StrictMath.log(growth);
        // ∂I_m/∂I₁, ∂I_m/∂I₂
        double slopeOne = growthOne / growth;
        double slopeTwo = growthTwo / growth;
        boolean synergy = both > middle;
        Known ofOne = nested.of(first, 0);
        Known ofTwo = nested.of(second, 0);
        Known addsOne = nested.of(joint, second);
        Known addsTwo = nested.of(joint, first);
        Known alone = information(middle - two, new double[] {slopeOne, slopeTwo - 1, 0}, first);
        Known other = information(middle - one, new double[] {slopeOne - 1, slopeTwo, 0}, second);
        Known synergistic = positivePart(both - middle, new double[] {-slopeOne, -slopeTwo, 1});
        Known overlap = positivePart(one + two - both, new double[] {1, 1, -1});
        double[] common = {1 - slopeOne, 1 - slopeTwo, 0};
        // I₁ + I₂ − I_m rises with both: 0 where either is, so its interval is that of a product.
        Known independent =
                new Known(
                        new Ends(
                                independentOverlap(ofOne.ends().lower(), ofTwo.ends().lower()),
                                independentOverlap(ofOne.ends().upper(), ofTwo.ends().upper())),
                        deviation(common));
        return new AtomEstimates(
                lesser(addsOne, alone, !synergy).around(atoms.unique()),
                lesser(addsTwo, other, !synergy).around(atoms.rest()),
                new Known(
                                Ends.ofGreater(overlap.ends(), independent.ends()),
                                synergy ? independent.deviation() : overlap.deviation())
                        .around(atoms.redundant()),
                synergistic.around(atoms.synergistic()));
    }

    private static double independentOverlap(double one, double two) {
        double growth = StrictMath.exp(2 * one) + StrictMath.exp(2 * two) - 1;
        return Math.max(0, one + two - 0.5 * StrictMath.log(growth));
    }

    /** max(0, δ) for δ = Σ a I over first, second and joint. */
    private Known positivePart(double delta, double[] weights) {
        double deviation = deviation(weights);
        return deviation > 0
                ? new Known(solver.positivePart(delta, deviation), deviation)
                : new Known(new Ends(Math.max(0, delta), Math.max(0, delta)), 0);
    }

    /**
     * Something that is 0 where the source is independent of the target, and about a multiple of
     * its information near there: the law of an information whose variance is the same.
     */
    private Known information(double estimate, double[] weights, int source) {
        double channels = covariance.channels(source);
        if (channels == 0) {
            return Known.NOTHING;
        }
        SampleInformation law =
                SampleInformation.matched(
                        estimate, covariance.natsVariance(byMask(weights)), channels, samples);
        return new Known(
                solver.information(Math.max(0, estimate + law.bias()), law), deviation(weights));
    }

    private double[] byMask(double[] weights) {
        double[] byMask = new double[1 << covariance.modalities()];
        byMask[first] += weights[0];
        byMask[second] += weights[1];
        byMask[joint] += weights[2];
        return byMask;
    }

    private double corrected(double[] weights) {
        return weights[0] * (covariance.nats(first) - bias(first))
                + weights[1] * (covariance.nats(second) - bias(second))
                + weights[2] * (covariance.nats(joint) - bias(joint));
    }

    private double bias(int mask) {
        return GaussianPid.bias(covariance.channels(mask), samples) * LN_2;
    }

    /**
     * Standard deviation of Σ a I to the second order. With P the projection of the samples on the
     * channels of each subset and A = Σ a P, n Σ a I is a quadratic form ½ gᵀAg near independence:
     * its variance has a part from the informations, of which the plug-in estimate is too large by
     * tr(A²)/n, and a part ½ tr(A²) from noise alone.
     */
    private double deviation(double[] a) {
        double one = covariance.channels(first);
        double two = covariance.channels(second);
        double noise =
                a[0] * a[0] * one
                        + a[1] * a[1] * two
                        + a[2] * a[2] * covariance.channels(joint)
                        + 2 * a[2] * (a[0] * one + a[1] * two)
                        + 2 * a[0] * a[1] * shared;
        double residual = samples - 1 - 0.5 * (one + two);
        double signal = covariance.natsVariance(byMask(a)) - noise / samples;
        return Math.sqrt(
                Math.max(0, signal) / residual + 0.5 * Math.max(0, noise) / (residual * residual));
    }
}
