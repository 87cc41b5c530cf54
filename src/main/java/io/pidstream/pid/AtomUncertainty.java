package io.pidstream.pid;

import io.pidstream.pid.IntervalSolver.Ends;
import io.pidstream.pid.NestedInformation.Known;

/**
 * Intervals for the atoms of two sources of a scalar target, from a finite number of samples.
 *
 * <p>Atoms are the minimum or maximum of smooth functions of the informations ("branches"), with a
 * kink where branches meet; the delta method is wrong across a kink. So every branch has its own
 * interval, and the interval of the minimum of two branches goes from the minimum of the lower ends
 * to the minimum of the upper ends. If the branches are far apart, this is the interval of the
 * smaller one. If they are equal, the upper end fails if either fails, and the lower end only if
 * both fail; both tails then have equal size, so the excess of one side equals the deficit of the
 * other, for any correlation.
 */
final class AtomUncertainty {
    private final NestedInformation nested;
    private final InformationCovariance covariance;
    private final IntervalSolver solver;
    private final double samples;
    private final ModalitySet first;
    private final ModalitySet second;
    private final ModalitySet joint;

    /** Canonical correlations, squared and summed, of the two sources. */
    private final double shared;

    /** The two sources are disjoint. */
    AtomUncertainty(NestedInformation nested, ModalitySet first, ModalitySet second) {
        this.nested = nested;
        this.covariance = nested.covariance();
        this.solver = nested.solver();
        this.samples = nested.samples();
        this.first = first;
        this.second = second;
        this.joint = first.union(second);
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
     * <p>All except the difference of I₁ and I₂ are exact for Gaussian samples.
     */
    private AtomEstimates minimum(Atoms atoms) {
        Known one = nested.of(first);
        Known two = nested.of(second);
        Known addsOne = nested.of(joint, second);
        Known addsTwo = nested.of(joint, first);
        double[] weights = {1, -1, 0};
        double difference = corrected(first) - corrected(second);
        boolean firstIsLess = difference < 0;
        return new AtomEstimates(
                positivePart(difference, weights).around(atoms.unique()),
                positivePart(-difference, weights).around(atoms.rest()),
                lesser(one, two, firstIsLess).around(atoms.redundant()),
                lesser(addsOne, addsTwo, firstIsLess).around(atoms.synergistic()));
    }

    private static Known lesser(Known a, Known b, boolean first) {
        return new Known(Ends.ofLesser(a.ends(), b.ends()), first ? a.deviation() : b.deviation());
    }

    /** Informations corrected for bias, nats, and I_m = ½ ln(e^(2I₁) + e^(2I₂) − 1). */
    private record Triple(double first, double second, double joint) {
        double middle() {
            return 0.5 * StrictMath.log(growth());
        }

        private double growth() {
            return StrictMath.exp(2 * first) + StrictMath.exp(2 * second) - 1;
        }

        /** ∂I_m/∂I₁ */
        double slopeOfFirst() {
            return StrictMath.exp(2 * first) / growth();
        }

        /** ∂I_m/∂I₂ */
        double slopeOfSecond() {
            return StrictMath.exp(2 * second) / growth();
        }

        boolean isSynergistic() {
            return joint > middle();
        }
    }

    /** U₁ = min(I₁₂ − I₂, I_m − I₂), S = max(0, I₁₂ − I_m), and R as below. */
    private AtomEstimates dependency(Atoms atoms) {
        Triple i = new Triple(corrected(first), corrected(second), corrected(joint));
        double middle = i.middle();
        double s1 = i.slopeOfFirst();
        double s2 = i.slopeOfSecond();
        Known alone = information(middle - i.second, new double[] {s1, s2 - 1, 0}, first);
        Known other = information(middle - i.first, new double[] {s1 - 1, s2, 0}, second);
        boolean inMiddle = i.isSynergistic();
        return new AtomEstimates(
                lesser(alone, nested.of(joint, second), inMiddle).around(atoms.unique()),
                lesser(other, nested.of(joint, first), inMiddle).around(atoms.rest()),
                dependencyRedundancy(i).around(atoms.redundant()),
                positivePart(i.joint - middle, new double[] {-s1, -s2, 1})
                        .around(atoms.synergistic()));
    }

    /**
     * R = max(I₁ + I₂ − I₁₂, I₁ + I₂ − I_m). The second increases with I₁ and I₂ and is 0 if either
     * is, like a product, so its ends combine those of both.
     */
    private Known dependencyRedundancy(Triple i) {
        Known one = nested.of(first);
        Known two = nested.of(second);
        Known overlap = positivePart(i.first + i.second - i.joint, new double[] {1, 1, -1});
        Ends product =
                new Ends(
                        independentOverlap(one.ends().lower(), two.ends().lower()),
                        independentOverlap(one.ends().upper(), two.ends().upper()));
        double[] slopes = {1 - i.slopeOfFirst(), 1 - i.slopeOfSecond(), 0};
        return new Known(
                Ends.ofGreater(overlap.ends(), product),
                i.isSynergistic() ? deviation(slopes) : overlap.deviation());
    }

    private static double independentOverlap(double one, double two) {
        return Math.max(0, one + two - new Triple(one, two, 0).middle());
    }

    /** max(0, δ) for δ = Σ a I over first, second and joint. */
    private Known positivePart(double delta, double[] weights) {
        double deviation = deviation(weights);
        return deviation > 0
                ? new Known(solver.positivePart(delta, deviation), deviation)
                : new Known(new Ends(Math.max(0, delta), Math.max(0, delta)), 0);
    }

    /**
     * The interval of a quantity that is 0 if the source is independent of the target and nearly
     * proportional to its information close to that: from the distribution of an information with
     * the same variance.
     */
    private Known information(double estimate, double[] weights, ModalitySet source) {
        double channels = covariance.channels(source);
        if (channels == 0) {
            return Known.NOTHING;
        }
        SampleInformation law =
                new SampleInformation(channels, samples)
                        .matched(estimate, covariance.natsVariance(bySubset(weights)));
        return new Known(
                solver.information(Math.max(0, estimate + law.bias()), law), deviation(weights));
    }

    private double[] bySubset(double[] weights) {
        double[] bySubset = new double[ModalitySet.count(covariance.modalities())];
        bySubset[first.bits()] += weights[0];
        bySubset[second.bits()] += weights[1];
        bySubset[joint.bits()] += weights[2];
        return bySubset;
    }

    private double corrected(ModalitySet subset) {
        return covariance.natsCorrected(subset, samples);
    }

    /**
     * Standard deviation of Σ a I to the second order. With P the projection of the samples on the
     * channels of each subset and A = Σ a P, n Σ a I is a quadratic form ½ gᵀAg near independence.
     * Its variance has a part due to the informations, whose plug-in estimate is biased by
     * tr(A²)/n, and a part ½ tr(A²) due to noise alone.
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
        double signal = covariance.natsVariance(bySubset(a)) - noise / samples;
        return Math.sqrt(
                Math.max(0, signal) / residual + 0.5 * Math.max(0, noise) / (residual * residual));
    }
}
