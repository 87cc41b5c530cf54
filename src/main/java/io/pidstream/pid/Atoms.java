package io.pidstream.pid;

/**
 * The partial information decomposition of two sources, in bits; the four sum to their joint
 * information about the target.
 *
 * @param unique information that only the first source has
 * @param rest information that only the second source, or all the others taken as one, has
 * @param redundant information that both have
 * @param synergistic information available only from both together
 */
public record Atoms(double unique, double rest, double redundant, double synergistic) {
    /** Rounding error of informations of up to 20 bits, which may make atoms negative. */
    private static final double ROUNDING = 1e-12;

    /** The redundancy is the only degree of freedom; the informations determine the rest. */
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
