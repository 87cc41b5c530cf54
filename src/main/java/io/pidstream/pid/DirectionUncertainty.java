package io.pidstream.pid;

import io.pidstream.pid.IntervalSolver.Ends;
import io.pidstream.pid.NestedInformation.Known;
import io.pidstream.stats.SingularValues;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Intervals for the atoms of two sources of a target of several dimensions, from a finite number of
 * samples.
 *
 * <p>With δᵢ = ln σᵢ the advantage of the first source along direction i (see {@link
 * TargetDirections}), every atom is the maximum or minimum of smooth functions: U₁ = max Σ_J δ, R =
 * min (I₁ − Σ_J δ) and S = min (I₁₂ − I₂ − Σ_J δ), each over the sets J of directions. As for a
 * scalar target ({@link AtomUncertainty}) every branch has its own interval, from its variance
 * ({@link ResidualSquares}), and intervals are combined end by end. The relevant sets are those of
 * the k directions with the largest δ, k = 0 to t.
 *
 * <p>The directions are estimated from the same sample, which favours the optimised branch: if the
 * sources cannot be distinguished along several directions, this bias is subtracted ({@link
 * TiedDirections}).
 */
final class DirectionUncertainty {
    /** Threshold for ties, in standard deviations beyond the spread that chance gives to ties. */
    private static final double NO_DIFFERENCE = 1.5;

    private final NestedInformation nested;
    private final InformationCovariance covariance;
    private final double samples;
    private final int targets;
    private final ModalitySet first;
    private final ModalitySet second;
    private final ModalitySet joint;
    private final double shared;

    /** δᵢ corrected for bias, in descending order, nats. */
    private final double[] advantage;

    /** Linear forms of each direction in the residuals of each source, [t][t]. */
    private final double[][] formOfFirst;

    private final double[][] formOfSecond;

    /** Bias of the advantage of the best k directions, nats, [t + 1]. */
    private final double[] excess;

    /** The two sources are disjoint. */
    DirectionUncertainty(NestedInformation nested, ModalitySet first, ModalitySet second) {
        this.nested = nested;
        this.covariance = nested.covariance();
        this.samples = nested.samples();
        this.targets = covariance.targets();
        this.first = first;
        this.second = second;
        this.joint = first.union(second);
        this.shared = covariance.shared(first, second);
        this.advantage = new double[targets];
        this.formOfFirst = new double[targets][targets];
        this.formOfSecond = new double[targets][targets];
        findDirections();
        this.excess = excess();
    }

    /** Of L₁⁻¹L₂ = V Σ Wᵀ, the columns of L₁⁻ᵀV whiten both residuals: by 1 and by σᵢ. */
    private void findDirections() {
        ResidualFactor one = covariance.factor(first);
        SingularValues values =
                SingularValues.of(one.whiten(covariance.factor(second).lower(), targets), targets);
        int[] order =
                IntStream.range(0, targets)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -values.value(i)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double bias = covariance.natsBias(first, samples) - covariance.natsBias(second, samples);
        for (int i = 0; i < targets; i++) {
            double sigma = values.value(order[i]);
            double[] left = new double[targets];
            for (int k = 0; k < targets; k++) {
                left[k] = values.left(order[i], k);
            }
            advantage[i] = StrictMath.log(sigma) - bias / targets;
            formOfFirst[i] = one.whitenTransposed(left, 1);
            formOfSecond[i] = formOfFirst[i].clone();
            for (int k = 0; k < targets; k++) {
                formOfSecond[i][k] /= sigma;
            }
        }
    }

    private double[] excess() {
        boolean[] tied = new boolean[targets];
        int ties = 0;
        double variance = 0;
        double furthest = NO_DIFFERENCE + TiedDirections.radius(targets);
        for (int i = 0; i < targets; i++) {
            double deviation = deviation(difference(i, i + 1).variance(), noise(1));
            tied[i] = Math.abs(advantage[i]) <= furthest * deviation;
            ties += tied[i] ? 1 : 0;
            variance += tied[i] ? deviation * deviation : 0;
        }
        double[] excess = new double[targets + 1];
        int among = 0;
        for (int k = 1; k <= targets; k++) {
            among += tied[k - 1] ? 1 : 0;
            excess[k] = TiedDirections.meanOfLargest(among, ties) * Math.sqrt(variance / ties);
        }
        if (ties == 0) {
            Arrays.fill(excess, 0);
        }
        return excess;
    }

    /** Σ δ over directions. */
    private ResidualSquares difference(int from, int to) {
        ResidualSquares sum = new ResidualSquares(covariance);
        for (int i = from; i < to; i++) {
            sum = sum.plus(1, second, formOfSecond[i], 1).plus(-1, first, formOfFirst[i], 1);
        }
        return sum;
    }

    private ResidualSquares minusDifference(ResidualSquares from, int k) {
        ResidualSquares sum = from;
        for (int i = 0; i < k; i++) {
            sum = sum.plus(-1, second, formOfSecond[i], 1).plus(1, first, formOfFirst[i], 1);
        }
        return sum;
    }

    private double noise(int directions) {
        double channels = covariance.channels(first) + covariance.channels(second);
        return directions * Math.max(0, channels - 2 * shared);
    }

    AtomEstimates of(Atoms atoms, PidDefinition definition) {
        return switch (definition) {
            case MMI -> minimum(atoms);
            case IDEP -> new DependencyUncertainty(nested, first, second, shared).of(atoms);
        };
    }

    private AtomEstimates minimum(Atoms atoms) {
        return new AtomEstimates(
                unique(false).around(atoms.unique()),
                unique(true).around(atoms.rest()),
                redundant().around(atoms.redundant()),
                synergistic().around(atoms.synergistic()));
    }

    /** max Σ_J δ, or for the second source max −Σ_J δ, over the sets J of its k best directions. */
    private Known unique(boolean ofSecond) {
        Ends ends = Ends.ZERO;
        double deviation = 0;
        double sum = 0;
        for (int k = 1; k <= targets; k++) {
            int newest = ofSecond ? targets - k : k - 1;
            double gain = ofSecond ? -advantage[newest] : advantage[newest];
            sum += gain;
            ResidualSquares squares = ofSecond ? difference(newest, targets) : difference(0, k);
            double spread = deviation(squares.variance(), noise(k));
            // The sum over all has no bias, so that of the k smallest is biased by the same amount
            // downwards.
            double toomuch = ofSecond ? excess[targets - k] : excess[k];
            ends =
                    Ends.ofGreater(
                            ends,
                            new Ends(
                                    positivePart(sum - toomuch, spread).lower(),
                                    positivePart(sum, spread).upper()));
            if (k == 1 || gain > 0) {
                deviation = spread;
            }
        }
        return new Known(ends, deviation);
    }

    /** min (I₁ − Σ_J δ): I₁ for the empty set, I₂ for all directions. */
    private Known redundant() {
        return least(
                nested.of(first),
                nested.of(second),
                new ResidualSquares(covariance).plusInformation(1, first),
                corrected(first),
                new int[] {covariance.channels(first), covariance.channels(second)},
                new int[] {0, 0});
    }

    /**
     * min (I₁₂ − I₂ − Σ_J δ): what the first source adds for the empty set, what the second adds
     * for all directions.
     */
    private Known synergistic() {
        int one = covariance.channels(first);
        int two = covariance.channels(second);
        int both = covariance.channels(joint);
        return least(
                nested.of(joint, second),
                nested.of(joint, first),
                new ResidualSquares(covariance)
                        .plusInformation(1, joint)
                        .plusInformation(-1, second),
                corrected(joint) - corrected(second),
                new int[] {both - two, both - one},
                new int[] {two, one});
    }

    /**
     * The minimum of branches, each an information: that of one source along some directions and of
     * the other source along the rest.
     *
     * @param none the branch of the empty set
     * @param all the branch of all directions
     * @param squares the variation of the branch of the empty set
     * @param bits its estimate, nats
     * @param channels of either
     * @param given channels that are given in either
     */
    private Known least(
            Known none,
            Known all,
            ResidualSquares squares,
            double bits,
            int[] channels,
            int[] given) {
        Ends ends = Ends.ofLesser(none.ends(), all.ends());
        double deviation = advantage[targets - 1] > 0 ? all.deviation() : none.deviation();
        double sum = bits;
        for (int k = 1; k < targets; k++) {
            sum -= advantage[k - 1];
            double share = (double) k / targets;
            double size = (1 - share) * channels[0] + share * channels[1];
            double left = samples - (1 - share) * given[0] - share * given[1];
            double variance = minusDifference(squares, k).variance();
            if (size > 0) {
                SampleInformation law =
                        SampleInformation.ofTargets(targets, size, left).matched(sum, variance);
                Ends low = nested.solver().information(Math.max(0, sum + law.bias()), law);
                Ends high =
                        excess[k] == 0
                                ? low
                                : nested.solver()
                                        .information(
                                                Math.max(0, sum + excess[k] + law.bias()), law);
                ends = Ends.ofLesser(ends, new Ends(low.lower(), high.upper()));
            } else {
                ends = Ends.ZERO;
            }
            if (advantage[k - 1] > 0 && advantage[k] <= 0) {
                deviation = deviation(variance, targets * size);
            }
        }
        return new Known(ends, deviation);
    }

    private Ends positivePart(double delta, double deviation) {
        return deviation > 0
                ? nested.solver().positivePart(delta, deviation)
                : new Ends(Math.max(0, delta), Math.max(0, delta));
    }

    private double corrected(ModalitySet subset) {
        return covariance.natsCorrected(subset, samples);
    }

    private double deviation(double variance, double noise) {
        double channels = covariance.channels(first) + covariance.channels(second);
        return secondOrder(variance, noise, samples, channels);
    }

    /**
     * Standard deviation to the second order: the plug-in estimate of n times the variance is too
     * large by noise/n, and noise alone varies by half of that.
     */
    static double secondOrder(double variance, double noise, double samples, double channels) {
        double residual = samples - 1 - 0.5 * channels;
        double signal = variance - noise / samples;
        return Math.sqrt(Math.max(0, signal) / residual + 0.5 * noise / (residual * residual));
    }
}
