package io.pidstream.pid;

/**
 * The partial information decomposition of two sources, in bits; the four sum to their joint
 * information about the target.
 *
 * @param unique information that only the first source has
 * @param rest information that only the second source, or all the others taken as one, has
 * @param redundant information that both have
 * @param synergistic information there only when both are read together
 */
public record Atoms(double unique, double rest, double redundant, double synergistic) {
    /** What rounding of informations of up to 20 bits can leave below 0. */
    private static final double ROUNDING = 1e-12;

    /** The one degree of freedom is the redundancy: all else follows from the informations. */
    static Atoms of(double first, double second, double joint, double redundant) {
        return new Atoms(
                notNegative("unique", first - redundant),
                notNegative("rest", second - redundant),
                notNegative("redundant", redundant),
                notNegative("synergistic", joint - first - second + redundant));
    }

    private static double notNegative(String atom, double bits) {
        if (!(bits >= -ROUNDING)) {
            throw new IllegalArgumentException(atom + " information is " + bits + " bit");
        }
        return Math.max(0.0, bits);
    }
}
