package io.pidstream.forecast;

/**
 * Which feature of a learner each feature of some of its experts is a part of: they may read some
 * of the features only, or several pieces of each.
 */
final class FeatureParts {
    /** Contributions are not split. */
    static final FeatureParts NONE = new FeatureParts(new int[0], 0);

    private final int[] of;
    private final int count;

    /**
     * @param of per feature of the experts, the learner's feature
     * @param count number of the learner's features
     */
    FeatureParts(int[] of, int count) {
        this.of = of;
        this.count = count;
    }

    int of(int feature) {
        return of[feature];
    }

    /** Number of parts of a forecast; 0 if it is not split. */
    int count() {
        return count;
    }
}
