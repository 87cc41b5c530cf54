package io.pidstream.pid;

import io.pidstream.pid.IntervalSolver.Ends;
import io.pidstream.pid.NestedInformation.Known;
import io.pidstream.stats.Cholesky;

/**
 * Intervals for the atoms of {@link PidDefinition#IDEP} and a target of several dimensions. As for
 * a scalar target ({@link AtomUncertainty}), with the joint information I_m = ½ ln det(C₁⁻¹ + C₂⁻¹
 * − I) of sources that are independent given the target; C₁ and C₂ are the covariances of the white
 * target given each source.
 */
final class DependencyUncertainty {
    private final NestedInformation nested;
    private final InformationCovariance covariance;
    private final double samples;
    private final int targets;
    private final ModalitySet first;
    private final ModalitySet second;
    private final ModalitySet joint;
    private final double shared;

    private final ResidualSquares middle;

    /** ∂I_m/∂I₁ and ∂I_m/∂I₂ if the informations increase equally along all directions. */
    private final double slopeOfFirst;

    private final double slopeOfSecond;

    /** Corrected for bias, nats. */
    private final double one;

    private final double two;
    private final double both;
    private final double ifIndependent;

    DependencyUncertainty(
            NestedInformation nested, ModalitySet first, ModalitySet second, double shared) {
        this.nested = nested;
        this.covariance = nested.covariance();
        this.samples = nested.samples();
        this.targets = covariance.targets();
        this.first = first;
        this.second = second;
        this.joint = first.union(second);
        this.shared = shared;
        double[] precisionOfFirst = precision(covariance.factor(first));
        double[] precisionOfSecond = precision(covariance.factor(second));
        double[] sum = new double[targets * targets];
        for (int p = 0; p < sum.length; p++) {
            sum[p] = precisionOfFirst[p] + precisionOfSecond[p] - (p % (targets + 1) == 0 ? 1 : 0);
        }
        Cholesky factor = Cholesky.of(sum, targets);
        double[] root = inverseRoot(factor);
        double[] formOfFirst = product(precisionOfFirst, root);
        double[] formOfSecond = product(precisionOfSecond, root);
        this.slopeOfFirst = trace(root, formOfFirst) / targets;
        this.slopeOfSecond = trace(root, formOfSecond) / targets;
        this.middle =
                new ResidualSquares(covariance)
                        .plus(1, ModalitySet.NONE, ResidualSquares.identity(targets), targets)
                        .plus(1, ModalitySet.NONE, root, targets)
                        .plus(-1, first, formOfFirst, targets)
                        .plus(-1, second, formOfSecond, targets);
        this.one = covariance.natsCorrected(first, samples);
        this.two = covariance.natsCorrected(second, samples);
        this.both = covariance.natsCorrected(joint, samples);
        this.ifIndependent =
                0.5 * factor.logDeterminant()
                        - slopeOfFirst * covariance.natsBias(first, samples)
                        - slopeOfSecond * covariance.natsBias(second, samples);
    }

    /** C⁻¹ = L⁻ᵀL⁻¹ */
    private double[] precision(ResidualFactor factor) {
        double[] identity = ResidualSquares.identity(targets);
        return factor.whitenTransposed(factor.whiten(identity, targets), targets);
    }

    /** F = G⁻ᵀ, so that FFᵀ is the inverse of GGᵀ. */
    private double[] inverseRoot(Cholesky factor) {
        double[] root = ResidualSquares.identity(targets);
        for (int c = 0; c < targets; c++) {
            for (int i = targets - 1; i >= 0; i--) {
                double value = root[i * targets + c];
                for (int k = i + 1; k < targets; k++) {
                    value -= factor.lower(k, i) * root[k * targets + c];
                }
                root[i * targets + c] = value / factor.lower(i, i);
            }
        }
        return root;
    }

    private double[] product(double[] a, double[] b) {
        double[] product = new double[targets * targets];
        for (int i = 0; i < targets; i++) {
            for (int k = 0; k < targets; k++) {
                for (int j = 0; j < targets; j++) {
                    product[i * targets + j] += a[i * targets + k] * b[k * targets + j];
                }
            }
        }
        return product;
    }

    /** tr(AᵀB) */
    private static double trace(double[] a, double[] b) {
        double sum = 0;
        for (int p = 0; p < a.length; p++) {
            sum += a[p] * b[p];
        }
        return sum;
    }

    /** U₁ = min(I₁₂ − I₂, I_m − I₂), S = max(0, I₁₂ − I_m), and R as below. */
    AtomEstimates of(Atoms atoms) {
        Known alone =
                information(
                        ifIndependent - two,
                        middle.plusInformation(-1, second),
                        first,
                        noise(slopeOfFirst, slopeOfSecond - 1, 0));
        Known other =
                information(
                        ifIndependent - one,
                        middle.plusInformation(-1, first),
                        second,
                        noise(slopeOfFirst - 1, slopeOfSecond, 0));
        boolean isSynergistic = both > ifIndependent;
        ResidualSquares beyond =
                new ResidualSquares(covariance).plusInformation(1, joint).plus(-1, middle);
        return new AtomEstimates(
                lesser(alone, nested.of(joint, second), isSynergistic).around(atoms.unique()),
                lesser(other, nested.of(joint, first), isSynergistic).around(atoms.rest()),
                redundant(isSynergistic).around(atoms.redundant()),
                positivePart(
                                both - ifIndependent,
                                deviation(beyond, noise(-slopeOfFirst, -slopeOfSecond, 1)))
                        .around(atoms.synergistic()));
    }

    /**
     * R = max(I₁ + I₂ − I₁₂, I₁ + I₂ − I_m). The second is 0 if either information is, like a
     * product, and also if the sources inform about different directions. Its interval is that of
     * the product, scaled by the estimated overlap of directions, united with that of its own
     * variance.
     */
    private Known redundant(boolean isSynergistic) {
        ResidualSquares sum =
                new ResidualSquares(covariance)
                        .plusInformation(1, first)
                        .plusInformation(1, second);
        Known overlap =
                positivePart(
                        one + two - both,
                        deviation(sum.plusInformation(-1, joint), noise(1, 1, -1)));
        double estimate = Math.max(0, one + two - ifIndependent);
        Known direct =
                positivePart(
                        estimate,
                        deviation(
                                sum.plus(-1, middle),
                                noise(1 - slopeOfFirst, 1 - slopeOfSecond, 0)));
        double aligned = product(Math.max(0, one), Math.max(0, two));
        double share = aligned > 0 ? Math.min(1, estimate / aligned) : 1;
        Ends ofFirst = nested.of(first).ends();
        Ends ofSecond = nested.of(second).ends();
        Ends widest =
                new Ends(
                        Math.min(
                                direct.ends().lower(),
                                share * product(ofFirst.lower(), ofSecond.lower())),
                        Math.max(
                                direct.ends().upper(),
                                share * product(ofFirst.upper(), ofSecond.upper())));
        return new Known(
                Ends.ofGreater(overlap.ends(), widest),
                isSynergistic ? direct.deviation() : overlap.deviation());
    }

    /** I₁ + I₂ − I_m of sources with equal information about every direction, nats. */
    private double product(double ofFirst, double ofSecond) {
        double growth =
                StrictMath.exp(2 * ofFirst / targets) + StrictMath.exp(2 * ofSecond / targets) - 1;
        return Math.max(0, ofFirst + ofSecond - 0.5 * targets * StrictMath.log(growth));
    }

    private static Known lesser(Known a, Known b, boolean isFirst) {
        return new Known(
                Ends.ofLesser(a.ends(), b.ends()), isFirst ? a.deviation() : b.deviation());
    }

    /** The interval of a quantity that is 0 if the source is independent of the target. */
    private Known information(
            double estimate, ResidualSquares squares, ModalitySet source, double noise) {
        double channels = covariance.channels(source);
        if (channels == 0) {
            return Known.NOTHING;
        }
        SampleInformation law =
                SampleInformation.ofTargets(targets, channels, samples)
                        .matched(estimate, squares.variance());
        return new Known(
                nested.solver().information(Math.max(0, estimate + law.bias()), law),
                deviation(squares, noise));
    }

    private Known positivePart(double delta, double deviation) {
        return deviation > 0
                ? new Known(nested.solver().positivePart(delta, deviation), deviation)
                : new Known(new Ends(Math.max(0, delta), Math.max(0, delta)), 0);
    }

    /**
     * tr(A²) for A = Σ a P, with P the projection on the channels of each subset, per dimension.
     */
    private double noise(double ofFirst, double ofSecond, double ofJoint) {
        double firstChannels = covariance.channels(first);
        double secondChannels = covariance.channels(second);
        return targets
                * Math.max(
                        0,
                        ofFirst * ofFirst * firstChannels
                                + ofSecond * ofSecond * secondChannels
                                + ofJoint * ofJoint * covariance.channels(joint)
                                + 2
                                        * ofJoint
                                        * (ofFirst * firstChannels + ofSecond * secondChannels)
                                + 2 * ofFirst * ofSecond * shared);
    }

    private double deviation(ResidualSquares squares, double noise) {
        double channels = covariance.channels(first) + covariance.channels(second);
        return DirectionUncertainty.secondOrder(squares.variance(), noise, samples, channels);
    }
}
