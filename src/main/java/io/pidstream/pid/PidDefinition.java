package io.pidstream.pid;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What counts as redundant between two sources of a scalar target, jointly Gaussian. */
public enum PidDefinition {
    /**
     * Minimum mutual information (Barrett 2015): the smaller of the two informations is redundant.
     * One unique atom is 0.
     */
    MMI("mmi") {
        @Override
        double redundancy(double first, double second, double joint) {
            return Math.min(first, second);
        }
    },

    /**
     * Dependency constraints (Kay &amp; Ince 2018), in closed form; both unique atoms may be
     * positive.
     */
    IDEP("idep") {
        @Override
        double redundancy(double first, double second, double joint) {
            // unq1 = min{I1, I12 − I2, Im − I2}, so R = I1 − unq1 = max{0, I1 + I2 − I12, I1 + I2 −
            // Im}.
            // Im, the joint information were the sources independent given the target: their
            // signal-to-noise
            // ratios 2^(2I) − 1 add up. With Im <= I1 + I2 the 0 is never the largest but for
            // rounding.
            double ifIndependent = 0.5 * log2(exp2(2 * first) + exp2(2 * second) - 1);
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
     * The decomposition of two sources.
     *
     * @param first information of the first source about the target, bits, not negative
     * @param second information of the second source
     * @param joint information of both, at least the larger of these
     */
    public Atoms atoms(double first, double second, double joint) {
        return Atoms.of(first, second, joint, redundancy(first, second, joint));
    }

    abstract double redundancy(double first, double second, double joint);

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
