package io.pidstream.trees;

/**
 * What a target's trees predict for one frame with all its modalities, with each alone, and without
 * each; from this the shares of the modalities. All values are of the standardised target.
 */
final class Coalitions {
    private final double all;
    private final double[] alone;
    private final double[] shares;

    /**
     * @param present whether a modality is present
     */
    Coalitions(TargetTrees trees, StandardFrame frame, boolean[] present) {
        int k = present.length;
        this.all = trees.value(frame, present);
        this.alone = new double[k];
        this.shares = new double[k];
        double[] first = new double[k];
        int count = 0;
        int read = 0;
        for (int m = 0; m < k; m++) {
            boolean[] given = new boolean[k];
            given[m] = present[m];
            count += present[m] ? 1 : 0;
            read += present[m] && m != trees.leftOut() ? 1 : 0;
            alone[m] = present[m] ? trees.alone(m, frame) : Double.NaN;
            first[m] = present[m] ? trees.value(frame, given) : 0;
        }
        double left = all;
        for (int m = 0; m < k; m++) {
            shares[m] =
                    present[m]
                            ? 0.5
                                    * (first[m]
                                            + all
                                            - without(m, count, first, trees, frame, present))
                            : Double.NaN;
            left -= present[m] ? shares[m] : 0;
        }
        for (int m = 0; m < k; m++) {
            shares[m] += m == trees.leftOut() ? 0 : left / read;
        }
    }

    private static double without(
            int modality,
            int count,
            double[] first,
            TargetTrees trees,
            StandardFrame frame,
            boolean[] present) {
        boolean[] given = present.clone();
        given[modality] = false;
        if (count == 2) {
            // The other one is alone, which is known.
            for (int m = 0; m < given.length; m++) {
                if (given[m]) {
                    return first[m];
                }
            }
        }
        return trees.value(frame, given);
    }

    /** The prediction with all present modalities. */
    double all() {
        return all;
    }

    /** What a modality predicts by its own trees; NaN if it is absent. */
    double alone(int modality) {
        return alone[modality];
    }

    /** The share of a modality in the prediction; NaN if it is absent. */
    double share(int modality) {
        return shares[modality];
    }
}
