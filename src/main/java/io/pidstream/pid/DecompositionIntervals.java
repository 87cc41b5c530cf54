package io.pidstream.pid;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Uncertainty of a {@link Decomposition}: standard errors and intervals of its informations and of
 * all quantities derived from them, in bits.
 *
 * <p>Each interval covers its true value with the stated probability, for independent Gaussian
 * samples; dependent samples count as fewer, see {@link SerialDependence}. If the true value is 0,
 * the interval is one-sided: it excludes 0 only with probability 1 − confidence. If it is far from
 * 0, the interval is two-sided with equal tails. Informations and conditional informations are
 * exact; see {@link SampleInformation} and {@link IntervalSolver}. For the atoms see {@link
 * AtomUncertainty}. Every interval also contains the estimate.
 *
 * <p>All are computed on demand. Not thread-safe.
 */
public final class DecompositionIntervals {
    private final Decomposition decomposition;
    private final InformationCovariance covariance;
    private final NestedInformation nested;
    private final double confidence;
    private final double samples;
    private final ModalitySet all;

    private DecompositionIntervals(
            Decomposition decomposition,
            InformationCovariance covariance,
            double samples,
            double confidence) {
        this.decomposition = decomposition;
        this.covariance = covariance;
        this.confidence = confidence;
        this.samples = samples;
        this.nested = new NestedInformation(covariance, new IntervalSolver(confidence), samples);
        this.all = ModalitySet.all(decomposition.modalities().size());
    }

    /**
     * The intervals of a decomposition.
     *
     * @param covariance [t + Σ sizes]² row-major, the decomposed one; its remaining dimensions are
     *     those of the target
     * @param sizes number of channels of each modality
     * @param decomposition of that covariance; its effective number of samples is used
     * @param confidence probability that an interval contains the truth, such as 0.95
     * @throws IllegalArgumentException if the decomposition is undefined, the sizes do not fit, or
     *     the channels explain all of the target's variance
     */
    public static DecompositionIntervals of(
            double[] covariance, int[] sizes, Decomposition decomposition, double confidence) {
        requireDefined(sizes, decomposition);
        return new DecompositionIntervals(
                decomposition,
                InformationCovariance.of(covariance, targets(covariance, sizes), sizes),
                decomposition.effectiveSamples(),
                confidence);
    }

    /** Dimensions of the covariance that are not channels. */
    private static int targets(double[] covariance, int[] sizes) {
        int dimension = (int) Math.round(Math.sqrt(covariance.length));
        int targets = dimension - IntStream.of(sizes).sum();
        if (targets < 1 || dimension * dimension != covariance.length) {
            throw new IllegalArgumentException(
                    "covariance has "
                            + covariance.length
                            + " values for modalities of sizes "
                            + Arrays.toString(sizes));
        }
        return targets;
    }

    /**
     * The intervals of a decomposition of dependent samples. Empty if the covariance had to be
     * shrunk because the channels explain all of the target, and if there are fewer independent
     * samples than a decomposition needs: errors cannot be estimated then.
     *
     * @param samples the equivalent number of independent samples; see {@link
     *     SerialDependence#effectiveSamples}
     */
    public static Optional<DecompositionIntervals> ifKnown(
            double[] covariance,
            int[] sizes,
            Decomposition decomposition,
            double samples,
            double confidence) {
        requireDefined(sizes, decomposition);
        return InformationCovariance.ifUnexplained(covariance, targets(covariance, sizes), sizes)
                .filter(known -> samples >= leastSamples(known))
                .map(
                        known ->
                                new DecompositionIntervals(
                                        decomposition, known, samples, confidence));
    }

    private static double leastSamples(InformationCovariance known) {
        ModalitySet all = ModalitySet.all(known.modalities());
        return GaussianPid.leastSamples(known.targets(), known.channels(all));
    }

    private static void requireDefined(int[] sizes, Decomposition decomposition) {
        if (!decomposition.isDefined()) {
            throw new IllegalArgumentException(
                    "no intervals, the decomposition is undefined: " + decomposition.reason());
        }
        if (sizes.length != decomposition.modalities().size()) {
            throw new IllegalArgumentException(
                    sizes.length + " sizes for the modalities " + decomposition.modalities());
        }
    }

    /** Number of independent samples on which the intervals are based. */
    public double samples() {
        return samples;
    }

    /** Probability with which an interval contains the truth. */
    public double confidence() {
        return confidence;
    }

    /** The decomposition that the intervals are of. */
    public Decomposition decomposition() {
        return decomposition;
    }

    /** The covariance of the errors of the informations. */
    public InformationCovariance covariance() {
        return covariance;
    }

    /** The information of a non-empty subset. */
    public Estimate information(ModalitySet subset) {
        return nested(subset, ModalitySet.NONE, decomposition.information().get(subset));
    }

    /** The information of every subset, in the order of the decomposition. */
    public Map<String, Estimate> information() {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        SubsetValues values = decomposition.information();
        ModalitySet.nonEmptySubsets(modalities().size()).stream()
                .sorted(ModalitySet.BY_SIZE)
                .forEach(subset -> estimates.put(values.key(subset), information(subset)));
        return Collections.unmodifiableMap(estimates);
    }

    /** The information lost without a subset, which is what it adds to all the others. */
    public Estimate lost(ModalitySet subset) {
        SubsetValues information = decomposition.information();
        ModalitySet others = subset.complement(modalities().size());
        double rest = others.isEmpty() ? 0 : information.get(others);
        return nested(all, others, information.get(all) - rest);
    }

    /** Per modality, the information that it adds to all the others. */
    public Map<String, Estimate> conditional() {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        for (int m = 0; m < modalities().size(); m++) {
            estimates.put(modalities().get(m), lost(ModalitySet.of(m)));
        }
        return Collections.unmodifiableMap(estimates);
    }

    private Estimate nested(ModalitySet whole, ModalitySet part, double bits) {
        return isExact() ? Estimate.exact(bits) : nested.of(whole, part).around(bits);
    }

    /** Per modality, its Shapley share of the joint information. */
    public Map<String, Estimate> shapley() {
        ShapleyUncertainty uncertainty = new ShapleyUncertainty(nested);
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        for (int m = 0; m < modalities().size(); m++) {
            String modality = modalities().get(m);
            double bits = decomposition.shapley().get(modality);
            estimates.put(
                    modality, isExact() ? Estimate.exact(bits) : uncertainty.of(m).around(bits));
        }
        return Collections.unmodifiableMap(estimates);
    }

    /** Per modality, its decomposition against all the others taken as one source. */
    public Map<String, AtomEstimates> atoms() {
        Map<String, AtomEstimates> estimates = new LinkedHashMap<>();
        for (int m = 0; m < modalities().size(); m++) {
            estimates.put(modalities().get(m), between(ModalitySet.of(m), all.without(m)));
        }
        return Collections.unmodifiableMap(estimates);
    }

    /** Of every two modalities, see {@link Decomposition#pairs}. */
    public Map<String, AtomEstimates> pairs() {
        Map<String, AtomEstimates> estimates = new LinkedHashMap<>();
        for (int i = 0; i < modalities().size(); i++) {
            for (int j = i + 1; j < modalities().size(); j++) {
                estimates.put(
                        decomposition.information().key(ModalitySet.of(i, j)),
                        between(ModalitySet.of(i), ModalitySet.of(j)));
            }
        }
        return Collections.unmodifiableMap(estimates);
    }

    /** Of every atom of {@link Decomposition#lattice}; empty if that is. */
    public Map<String, Estimate> lattice() {
        if (decomposition.lattice().isEmpty()) {
            return Map.of();
        }
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        if (isExact()) {
            decomposition
                    .lattice()
                    .forEach((atom, bits) -> estimates.put(atom, Estimate.exact(bits)));
        } else {
            LatticeUncertainty uncertainty =
                    new LatticeUncertainty(covariance, confidence, samples);
            for (RedundancyLattice.Node node : RedundancyLattice.nodes(modalities())) {
                double bits = decomposition.lattice().get(node.name());
                estimates.put(node.name(), uncertainty.of(node).around(bits));
            }
        }
        return Collections.unmodifiableMap(estimates);
    }

    /**
     * The decomposition of two disjoint subsets, each taken as one source, without the others.
     *
     * @throws IllegalArgumentException if a subset is empty or has an unknown modality, if they
     *     have a modality in common, or, for a target of several dimensions, if they are neither
     *     two modalities nor one and all the others
     */
    public AtomEstimates between(ModalitySet first, ModalitySet second) {
        if (first.isEmpty()
                || second.isEmpty()
                || first.intersects(second)
                || !all.containsAll(first.union(second))) {
            throw new IllegalArgumentException(
                    "subsets " + first + " and " + second + " of " + modalities());
        }
        Atoms atoms = decomposition.between(first, second, covariance.targets());
        if (isExact()) {
            return AtomEstimates.exact(atoms);
        }
        return covariance.targets() == 1
                ? new AtomUncertainty(nested, first, second).of(atoms, decomposition.definition())
                : new DirectionUncertainty(nested, first, second)
                        .of(atoms, decomposition.definition());
    }

    private List<String> modalities() {
        return decomposition.modalities();
    }

    private boolean isExact() {
        return samples == Double.POSITIVE_INFINITY;
    }
}
