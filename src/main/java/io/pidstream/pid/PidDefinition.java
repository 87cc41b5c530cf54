package io.pidstream.pid;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What counts as redundant between two sources of a target, all jointly Gaussian.
 *
 * <p>All definitions agree on the informations I₁, I₂ and I₁₂; they differ in the one degree of
 * freedom that remains. If the sources are independent given the target, there is no synergy with
 * I_dep; with MMI the smaller information is always redundant. If one source is a noisier copy of
 * the other, both definitions agree.
 */
public enum PidDefinition {
    /**
     * For a scalar target, minimum mutual information: R = min(I₁, I₂), and one unique atom is 0.
     * Barrett (2015) shows that every decomposition whose redundancy and unique atoms depend only
     * on the joint distributions of the target with each source, such as that of Bertschinger et
     * al. (2014), equals this one for a scalar target: the source with the smaller correlation can
     * be regarded as a noisier copy of the other, and a copy has no unique information. The same
     * holds for ~_G (Venkatesh et al. 2023), which restricts that of Bertschinger to Gaussian
     * distributions.
     *
     * <p>For a target of several dimensions this is ~_G, where the same holds along every direction
     * of the target: each source may have unique information, along its own directions. The minimum
     * of the informations would be wrong: two sources that each determine one of two independent
     * dimensions would be redundant.
     */
    MMI("mmi") {
        @Override
        double redundancy(double first, double second, double joint) {
            return Math.min(first, second);
        }

        @Override
        double redundancy(double first, double second, double joint, TargetDirections directions) {
            return Math.min(first, second)
                    - Math.min(directions.onlyFirst(), directions.onlySecond());
        }
    },

    /**
     * Dependency constraints (Kay &amp; Ince 2018), in closed form for a scalar target and for one
     * of several dimensions: the unique information of a source is the least that it adds in any of
     * the maximum entropy models that keep some of the dependencies. Both unique atoms may be
     * positive.
     */
    IDEP("idep") {
        @Override
        double redundancy(double first, double second, double joint) {
            // For sources independent given the target, the signal-to-noise ratios 2^(2I) − 1 add.
            double ifIndependent = 0.5 * log2(exp2(2 * first) + exp2(2 * second) - 1);
            return overlap(first, second, joint, ifIndependent);
        }

        @Override
        double redundancy(double first, double second, double joint, TargetDirections directions) {
            return overlap(first, second, joint, directions.ifIndependent());
        }

        /**
         * unq₁ = min{I₁, I₁₂ − I₂, I_m − I₂} with I_m the joint information of sources independent
         * given the target, so R = I₁ − unq₁ = max{0, I₁ + I₂ − I₁₂, I₁ + I₂ − I_m}. As I_m ≤ I₁ +
         * I₂, the 0 is the largest only by rounding.
         */
        private static double overlap(
                double first, double second, double joint, double ifIndependent) {
            double overlap = first + second - Math.min(joint, ifIndependent);
            return Math.min(Math.max(0, overlap), Math.min(first, second));
        }
    };

    private static final double LN_2 = 0.6931471805599453;

    private final String text;

    PidDefinition(String text) {
        this.text = text;
    }

    /**
     * The decomposition of two sources of a scalar target.
     *
     * @param first information of the first source about the target, bits, not negative
     * @param second information of the second source
     * @param joint information of both, at least the larger of these
     */
    public Atoms atoms(double first, double second, double joint) {
        return Atoms.of(first, second, joint, redundancy(first, second, joint));
    }

    /** Redundancy about a scalar target. */
    abstract double redundancy(double first, double second, double joint);

    /** Redundancy about a target of several dimensions. */
    abstract double redundancy(
            double first, double second, double joint, TargetDirections directions);

    /** The name in configurations and outputs: {@code mmi} or {@code idep}. */
    public String text() {
        return text;
    }

    /**
     * The definition of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PidDefinition of(String text) {
        for (PidDefinition definition : values()) {
            if (definition.text.equals(text)) {
                return definition;
            }
        }
        String known =
                Arrays.stream(values()).map(PidDefinition::text).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "definition is \"" + text + "\", must be one of: " + known);
    }

    @Override
    public String toString() {
        return text;
    }

    private static double exp2(double x) {
        return StrictMath.exp(x * LN_2);
    }

    private static double log2(double x) {
        return StrictMath.log(x) / LN_2;
    }
}
