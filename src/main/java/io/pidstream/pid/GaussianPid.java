package io.pidstream.pid;

import io.pidstream.stats.Shrinkage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Partial information decomposition of a scalar target and 2 to {@value #MOST_MODALITIES} groups of
 * channels that are jointly Gaussian. For a scalar target all follows from the mutual informations
 * of the target with the subsets of groups, which are in closed form (Barrett 2015; Kay &amp; Ince
 * 2018); nothing iterates.
 */
public final class GaussianPid {
    /** Most modalities: there are 2^K − 1 subsets. */
    public static final int MOST_MODALITIES = 6;

    private static final double LN_2 = 0.6931471805599453;

    /**
     * A target with at most this share of its variance unexplained is a function of the channels.
     */
    private static final double EXPLAINED = 1e-12;

    /**
     * Below this pivot, and with fewer than this many samples a channel, rounding and sampling
     * meet: shrink.
     */
    private static final double NEARLY_SINGULAR = 1e-9;

    private static final int FEW_SAMPLES = 10;

    private GaussianPid() {}

    /**
     * Decomposes what the modalities know about the target. Where the covariance has no
     * decomposition (not a covariance, constant target, infinite information, too few samples) the
     * result is {@link Decomposition.Status#UNDEFINED} and says why.
     *
     * @param covariance [1 + Σ sizes]² row-major: the target first, then the modalities' channels
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
            List<String> modalities,
            int[] sizes,
            double effectiveSamples,
            PidDefinition definition) {
        requireLayout(covariance, modalities, sizes, effectiveSamples);
        List<String> notes = new ArrayList<>();
        try {
            Channels channels = new Channels(covariance, modalities, sizes, notes);
            SubsetRegression regression = regress(channels, effectiveSamples, notes);
            requireSamples(regression, modalities, effectiveSamples);
            double[] information = informations(regression, modalities, effectiveSamples);
            return decomposition(
                    information, regression, modalities, effectiveSamples, definition, notes);
        } catch (UndefinedInformation e) {
            return Decomposition.undefined(
                    e.getMessage(), definition, effectiveSamples, modalities, notes);
        }
    }

    private static void requireLayout(
            double[] covariance, List<String> modalities, int[] sizes, double effectiveSamples) {
        int k = modalities.size();
        if (k < 2
                || k > MOST_MODALITIES
                || new HashSet<>(modalities).size() < k
                || sizes.length != k) {
            throw new IllegalArgumentException(
                    "modalities are "
                            + modalities
                            + " with "
                            + sizes.length
                            + " sizes, must be 2 to "
                            + MOST_MODALITIES
                            + " distinct names with a size each");
        }
        int dimension = 1;
        for (int m = 0; m < k; m++) {
            String name = modalities.get(m);
            if (name.isBlank() || name.indexOf('+') >= 0 || sizes[m] < 1) {
                throw new IllegalArgumentException(
                        "modality "
                                + m
                                + " is \""
                                + name
                                + "\" with "
                                + sizes[m]
                                + " channels, must have a name without + and at least 1 channel");
            }
            dimension += sizes[m];
        }
        if (covariance.length != dimension * dimension) {
            throw new IllegalArgumentException(
                    "covariance has " + covariance.length + " values, expected " + dimension + "²");
        }
        if (!(effectiveSamples >= 0)) {
            throw new IllegalArgumentException(
                    "effective number of samples is " + effectiveSamples);
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
        int n = channels.size() + 1;
        double[] joint = joint(channels);
        double intensity = Shrinkage.intensity(joint, n, effectiveSamples);
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
        double[] correlation = channels.correlation().clone();
        for (int i = 0; i < target.length; i++) {
            target[i] *= 1 - intensity;
            for (int j = 0; j < target.length; j++) {
                correlation[i * target.length + j] *= i == j ? 1 : 1 - intensity;
            }
        }
        return new SubsetRegression(channels, correlation, target);
    }

    private static double[] joint(Channels channels) {
        int d = channels.size();
        double[] joint = new double[(d + 1) * (d + 1)];
        joint[0] = 1;
        for (int i = 0; i < d; i++) {
            joint[i + 1] = channels.target()[i];
            joint[(i + 1) * (d + 1)] = channels.target()[i];
            System.arraycopy(channels.correlation(), i * d, joint, (i + 1) * (d + 1) + 1, d);
        }
        return joint;
    }

    private static void requireSamples(
            SubsetRegression regression, List<String> modalities, double effectiveSamples) {
        int channels = regression.rank((1 << modalities.size()) - 1);
        // The correction for a single channel needs more than 2.
        int needed = Math.max(2 * channels, 4);
        if (effectiveSamples < needed) {
            throw new UndefinedInformation(
                    "too few samples: "
                            + effectiveSamples
                            + " effective samples for "
                            + channels
                            + " channels, at least "
                            + needed
                            + " are needed");
        }
    }

    /** I_S for every mask, bits, at least 0 and at least that of every subset. */
    private static double[] informations(
            SubsetRegression regression, List<String> modalities, double effectiveSamples) {
        double[] information = new double[1 << modalities.size()];
        for (int mask = 1; mask < information.length; mask++) {
            double explained = regression.explained(mask);
            if (!(explained <= 1 - EXPLAINED)) {
                throw new UndefinedInformation(
                        notBelowOne(
                                explained, new SubsetValues(modalities, new double[0]).key(mask)));
            }
            // I = −½ log₂(1 − R²)
            double bits = -0.5 * StrictMath.log1p(-explained) / LN_2;
            information[mask] = Math.max(0, bits - bias(regression.rank(mask), effectiveSamples));
            for (int bit = 1; bit < mask; bit <<= 1) {
                if ((mask & bit) != 0) {
                    information[mask] = Math.max(information[mask], information[mask ^ bit]);
                }
            }
        }
        return information;
    }

    private static String notBelowOne(double explained, String subset) {
        if (explained > 1 + Channels.NOT_A_COVARIANCE) {
            return "covariance is not positive semidefinite: "
                    + subset
                    + " explains "
                    + explained
                    + " of the target's variance";
        }
        return "the target is a function of "
                + subset
                + ", their information is infinite: unexplained is "
                + (1 - explained)
                + " of its variance";
    }

    /**
     * What d independent channels seem to know about an independent target, in n samples, bits:
     * b(1) + b(d) − b(d + 1) with b(d) = ½ Σ_{k=1..d} log₂(1 − k/n) (Cai, Liang &amp; Zhou 2015),
     * all but two terms of which cancel.
     */
    static double bias(int channels, double samples) {
        return 0.5
                * (StrictMath.log1p(-1 / samples) - StrictMath.log1p(-(channels + 1) / samples))
                / LN_2;
    }

    private static Decomposition decomposition(
            double[] information,
            SubsetRegression regression,
            List<String> modalities,
            double effectiveSamples,
            PidDefinition definition,
            List<String> notes) {
        int all = information.length - 1;
        double[] standardError = new double[information.length];
        for (int mask = 1; mask <= all; mask++) {
            // The delta method on R², whose variance is 4 R² (1 − R²)² / n.
            standardError[mask] = Math.sqrt(regression.explained(mask) / effectiveSamples) / LN_2;
        }
        double[] shares = shapley(information, modalities.size());
        Map<String, Double> conditional = new LinkedHashMap<>();
        Map<String, Double> shapley = new LinkedHashMap<>();
        Map<String, Atoms> atoms = new LinkedHashMap<>();
        for (int m = 0; m < modalities.size(); m++) {
            String name = modalities.get(m);
            double rest = information[all ^ 1 << m];
            conditional.put(name, information[all] - rest);
            shapley.put(name, shares[m]);
            atoms.put(name, definition.atoms(information[1 << m], rest, information[all]));
        }
        return new Decomposition(
                Decomposition.Status.OK,
                null,
                definition,
                effectiveSamples,
                new SubsetValues(modalities, information),
                new SubsetValues(modalities, standardError),
                conditional,
                shapley,
                atoms,
                notes);
    }

    /** φᵢ = Σ_{S ∌ i} |S|! (K − |S| − 1)! / K! (I_{S ∪ i} − I_S) */
    private static double[] shapley(double[] information, int k) {
        double[] weight = new double[k];
        weight[0] = 1.0 / k;
        for (int size = 1; size < k; size++) {
            weight[size] = weight[size - 1] * size / (k - size);
        }
        double[] shares = new double[k];
        for (int mask = 0; mask < information.length; mask++) {
            for (int m = 0; m < k; m++) {
                if ((mask >> m & 1) == 0) {
                    shares[m] +=
                            weight[Integer.bitCount(mask)]
                                    * (information[mask | 1 << m] - information[mask]);
                }
            }
        }
        return shares;
    }
}
