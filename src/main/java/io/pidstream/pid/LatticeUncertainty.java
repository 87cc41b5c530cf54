package io.pidstream.pid;

import io.pidstream.pid.IntervalSolver.Ends;
import io.pidstream.pid.NestedInformation.Known;
import java.util.List;

/**
 * Intervals for the atoms of the redundancy lattice of three modalities and a scalar target.
 *
 * <p>The atom of a node α is min I_S over its sources S, minus the largest such minimum of the
 * nodes β that it covers; this equals the min over S ∈ α and β of the max over T ∈ β of I_S − I_T.
 * Each difference has an interval, exact if T is a subset of S, and intervals are combined end by
 * end as in {@link AtomUncertainty}. There, with two branches, the errors of both sides compensate.
 * With the nine branches of a node in the middle of the lattice they do not: the minimum of many
 * ends is too small more often. So the tails of the differences have half the size.
 */
final class LatticeUncertainty {
    private final NestedInformation nested;
    private final InformationCovariance covariance;

    /** By {@link ModalitySet#bits} of S and of T. */
    private final Known[][] differences;

    LatticeUncertainty(InformationCovariance covariance, double confidence, double samples) {
        IntervalSolver solver = new IntervalSolver(0.5 * (1 + confidence));
        this.nested = new NestedInformation(covariance, solver, samples);
        this.covariance = covariance;
        int subsets = ModalitySet.count(covariance.modalities());
        this.differences = new Known[subsets][subsets];
    }

    Known of(RedundancyLattice.Node node) {
        Known least = null;
        for (ModalitySet source : node.sources()) {
            if (node.covered().isEmpty()) {
                least = lesser(least, nested.of(source));
            }
            for (List<ModalitySet> below : node.covered()) {
                Known most = null;
                for (ModalitySet other : below) {
                    most = greater(most, difference(source, other));
                }
                least = lesser(least, most);
            }
        }
        return least;
    }

    private static Known lesser(Known a, Known b) {
        return a == null ? b : new Known(Ends.ofLesser(a.ends(), b.ends()), deviation(a, b));
    }

    private static Known greater(Known a, Known b) {
        return a == null ? b : new Known(Ends.ofGreater(a.ends(), b.ends()), deviation(a, b));
    }

    /** The larger one; a branch that is 0 by definition has no deviation. */
    private static double deviation(Known a, Known b) {
        return Math.max(a.deviation(), b.deviation());
    }

    private Known difference(ModalitySet source, ModalitySet other) {
        Known[] ofSource = differences[source.bits()];
        if (ofSource[other.bits()] == null) {
            ofSource[other.bits()] = compute(source, other);
        }
        return ofSource[other.bits()];
    }

    private Known compute(ModalitySet source, ModalitySet other) {
        if (other.containsAll(source)) {
            return Known.NOTHING;
        }
        if (source.containsAll(other)) {
            return nested.of(source, other);
        }
        double[] weights = new double[differences.length];
        weights[source.bits()] = 1;
        weights[other.bits()] = -1;
        double samples = nested.samples();
        double channels = covariance.channels(source) + covariance.channels(other);
        double noise = Math.max(0, channels - 2 * covariance.shared(source, other));
        double deviation =
                DirectionUncertainty.secondOrder(
                        covariance.natsVariance(weights), noise, samples, channels);
        double delta =
                covariance.natsCorrected(source, samples)
                        - covariance.natsCorrected(other, samples);
        return deviation > 0
                ? new Known(nested.solver().positivePart(delta, deviation), deviation)
                : new Known(new Ends(Math.max(0, delta), Math.max(0, delta)), 0);
    }
}
