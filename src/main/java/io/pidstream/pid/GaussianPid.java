package io.pidstream.pid;

import io.pidstream.stats.Shrinkage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Partial information decomposition of a target and 2 to {@value #MOST_MODALITIES} groups of
 * channels that are jointly Gaussian. The target may have several dimensions; with one, the
 * decomposition follows from its mutual informations with the subsets of groups (Barrett 2015; Kay
 * &amp; Ince 2018). Both cases have a closed form, without iteration.
 */
public final class GaussianPid {
    /** Most modalities: there are 2^K − 1 subsets. */
    public static final int MOST_MODALITIES = 6;

    private static final double LN_2 = 0.6931471805599453;

    /**
     * Below this pivot rounding errors matter; with too few samples per channel the correlations
     * are shrunk.
     */
    private static final double NEARLY_SINGULAR = 1e-9;

    private static final int FEW_SAMPLES = 10;

    private GaussianPid() {}

    /**
     * Decomposes what the modalities know about a scalar target: {@link #decompose(double[], int,
     * List, int[], double, PidDefinition)} with one dimension.
     */
    public static Decomposition decompose(
            double[] covariance,
            List<String> modalities,
            int[] sizes,
            double effectiveSamples,
            PidDefinition definition) {
        return decompose(covariance, 1, modalities, sizes, effectiveSamples, definition);
    }

    /**
     * Decomposes what the modalities know about the target. Where the covariance has no
     * decomposition (not a covariance, constant target, infinite information, too few samples) the
     * result is {@link Decomposition.Status#UNDEFINED} and says why.
     *
     * @param covariance [t + Σ sizes]² row-major: the target first, then the modalities' channels
     * @param targetDimensions number of dimensions of the target t, at least 1. Those that are
     *     constant or determined by others are left out
     * @param modalities distinct names without +, 2 to 6, in configuration order
     * @param sizes number of channels of each, at least 1
     * @param effectiveSamples effective number of samples behind the covariance, (Σw)² / Σw²;
     *     infinity for an exact covariance: no bias correction, standard errors 0
     * @param definition definition of redundancy
     * @throws IllegalArgumentException if names, sizes and lengths do not fit, or effectiveSamples
     *     is negative or NaN
     */
    public static Decomposition decompose(
            double[] covariance,
            int targetDimensions,
            List<String> modalities,
            int[] sizes,
            double effectiveSamples,
            PidDefinition definition) {
        Variables variables = new Variables(targetDimensions, modalities, sizes);
        variables.requireCovariance(covariance);
        if (!(effectiveSamples >= 0)) {
            throw new IllegalArgumentException(
                    "effective number of samples is " + effectiveSamples);
        }
        List<String> notes = new ArrayList<>();
        try {
            Channels channels = new Channels(covariance, variables, notes);
            SubsetRegression regression = regress(channels, effectiveSamples, notes);
            requireSamples(regression, modalities, effectiveSamples);
            SubsetInformation information =
                    new SubsetInformation(regression, modalities, effectiveSamples);
            return decomposition(information, modalities, effectiveSamples, definition, notes);
        } catch (UndefinedInformation e) {
            return Decomposition.undefined(
                    e.getMessage(), definition, effectiveSamples, modalities, notes);
        }
    }

    private static SubsetRegression regress(
            Channels channels, double effectiveSamples, List<String> notes) {
        SubsetRegression regression =
                new SubsetRegression(channels, channels.correlation(), channels.target());
        for (int channel : regression.dependent()) {
            notes.add(
                    "channel "
                            + channels.nameOf(channel)
                            + " is determined by the modalities before its own: it adds nothing to"
                            + " them");
        }
        boolean fewSamples = effectiveSamples < (double) FEW_SAMPLES * channels.size();
        if (regression.smallestPivot() >= NEARLY_SINGULAR || !fewSamples) {
            return regression;
        }
        int joint = channels.targets() + channels.size();
        double intensity = Shrinkage.intensity(joint(channels), joint, effectiveSamples);
        notes.add(
                "correlations shrunk by "
                        + intensity
                        + ": the smallest pivot is "
                        + regression.smallestPivot()
                        + " and there are "
                        + effectiveSamples
                        + " effective samples for "
                        + channels.size()
                        + " channels");
        // The diagonal stays 1.
        double[] target = channels.target().clone();
        for (int i = 0; i < target.length; i++) {
            target[i] *= 1 - intensity;
        }
        int n = channels.size();
        double[] correlation = channels.correlation().clone();
        for (int p = 0; p < correlation.length; p++) {
            correlation[p] *= p % (n + 1) == 0 ? 1 : 1 - intensity;
        }
        return new SubsetRegression(channels, correlation, target);
    }

    /** Correlations of the target's dimensions, which have none among themselves, and channels. */
    private static double[] joint(Channels channels) {
        int n = channels.size();
        int targets = channels.targets();
        int d = targets + n;
        double[] joint = new double[d * d];
        for (int t = 0; t < targets; t++) {
            joint[t * d + t] = 1;
            for (int i = 0; i < n; i++) {
                joint[t * d + targets + i] = channels.target()[t * n + i];
                joint[(targets + i) * d + t] = channels.target()[t * n + i];
            }
        }
        for (int i = 0; i < n; i++) {
            System.arraycopy(channels.correlation(), i * n, joint, (targets + i) * d + targets, n);
        }
        return joint;
    }

    private static void requireSamples(
            SubsetRegression regression, List<String> modalities, double effectiveSamples) {
        int channels = regression.rank(ModalitySet.all(modalities.size()));
        int targets = regression.targets();
        int needed = leastSamples(targets, channels);
        if (effectiveSamples < needed) {
            throw new UndefinedInformation(
                    "too few samples: "
                            + effectiveSamples
                            + " effective samples for "
                            + channels
                            + " channels"
                            + (targets == 1 ? "" : " and " + targets + " target dimensions")
                            + ", at least "
                            + needed
                            + " are needed");
        }
    }

    /** Fewest effective samples that are decomposed. */
    static int leastSamples(int targets, int channels) {
        // The correction for a single channel needs more than one sample a dimension, and one.
        return 2 * Math.max(channels + targets - 1, targets + 1);
    }

    /** {@link #bias(int, int, double)} of a scalar target. */
    static double bias(int channels, double samples) {
        return bias(1, channels, samples);
    }

    /**
     * What d independent channels seem to know about an independent target of t dimensions, in n
     * samples, bits: b(t) + b(d) − b(t + d) with b(d) = ½ Σ_{k=1..d} log₂(1 − k/n) (Cai, Liang
     * &amp; Zhou 2015), all but 2t terms of which cancel.
     */
    static double bias(int targets, int channels, double samples) {
        double nats = 0;
        for (int k = 1; k <= targets; k++) {
            nats += StrictMath.log1p(-k / samples) - StrictMath.log1p(-(channels + k) / samples);
        }
        return 0.5 * nats / LN_2;
    }

    private static Decomposition decomposition(
            SubsetInformation information,
            List<String> modalities,
            double effectiveSamples,
            PidDefinition definition,
            List<String> notes) {
        int k = modalities.size();
        ModalitySet all = ModalitySet.all(k);
        double[] shares = information.shapley();
        PairDecomposition split = new PairDecomposition(information, definition);
        SubsetValues values = information.values();
        Map<String, Atoms> pairs = pairs(split, values);
        Map<String, Double> conditional = new LinkedHashMap<>();
        Map<String, Double> shapley = new LinkedHashMap<>();
        Map<String, Atoms> atoms = new LinkedHashMap<>();
        for (int m = 0; m < k; m++) {
            String name = modalities.get(m);
            conditional.put(name, information.of(all) - information.of(all.without(m)));
            shapley.put(name, shares[m]);
            atoms.put(name, split.of(ModalitySet.of(m), all.without(m)));
        }
        boolean hasLattice =
                k == RedundancyLattice.MODALITIES
                        && information.targets() == 1
                        && definition == PidDefinition.MMI;
        return new Decomposition(
                Decomposition.Status.OK,
                null,
                definition,
                effectiveSamples,
                values,
                information.standardErrors(),
                conditional,
                shapley,
                atoms,
                notes,
                pairs,
                hasLattice ? RedundancyLattice.parts(values) : Map.of(),
                split.gap());
    }

    private static Map<String, Atoms> pairs(PairDecomposition split, SubsetValues values) {
        int k = values.modalities().size();
        Map<String, Atoms> pairs = new LinkedHashMap<>();
        for (int i = 0; i < k; i++) {
            for (int j = i + 1; j < k; j++) {
                pairs.put(
                        values.key(ModalitySet.of(i, j)),
                        split.of(ModalitySet.of(i), ModalitySet.of(j)));
            }
        }
        return pairs;
    }
}
