package io.pidstream.pid;

/** Decomposes the information of two disjoint subsets of modalities, taken as two sources. */
final class PairDecomposition {
    /** Largest acceptable bound on the error of a redundancy, bits. */
    private static final double LARGEST_GAP = 1e-6;

    private final SubsetInformation information;
    private final PidDefinition definition;
    private double gap;

    PairDecomposition(SubsetInformation information, PidDefinition definition) {
        this.information = information;
        this.definition = definition;
    }

    /**
     * @param ofFirst the modalities of the first source
     * @param ofSecond those of the second
     * @throws UndefinedInformation if the directions of the target are not accurate enough
     */
    Atoms of(ModalitySet ofFirst, ModalitySet ofSecond) {
        double first = information.of(ofFirst);
        double second = information.of(ofSecond);
        double joint = information.of(ofFirst.union(ofSecond));
        if (information.targets() == 1) {
            return definition.atoms(first, second, joint);
        }
        TargetDirections directions =
                new TargetDirections(
                        information.residual(ofFirst),
                        information.residual(ofSecond),
                        information.targets());
        if (!(directions.gap() <= LARGEST_GAP)) {
            throw new UndefinedInformation(
                    "the directions of the target cause an error of up to "
                            + directions.gap()
                            + " bit, at most "
                            + LARGEST_GAP
                            + " is allowed");
        }
        gap = Math.max(gap, directions.gap());
        double redundant = definition.redundancy(first, second, joint, directions);
        // For an exact covariance this only removes rounding errors; for samples, corrected
        // informations limit the redundancy.
        double least = Math.max(0, first + second - joint);
        double most = Math.min(first, second);
        return Atoms.of(first, second, joint, Math.min(Math.max(redundant, least), most));
    }

    /** The largest bound on the error of a redundancy so far, bits; 0 for a scalar target. */
    double gap() {
        return gap;
    }
}
