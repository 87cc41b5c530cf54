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
        int count = 0;
        for (int m = 0; m < k; m++) {
            boolean[] given = new boolean[k];
            given[m] = present[m];
            count += present[m] ? 1 : 0;
            alone[m] = present[m] ? trees.value(frame, given) : Double.NaN;
        }
        double left = all;
        for (int m = 0; m < k; m++) {
            shares[m] =
                    present[m]
                            ? 0.5 * (alone[m] + all - without(m, count, trees, frame, present))
                            : Double.NaN;
            left -= present[m] ? shares[m] : 0;
        }
        for (int m = 0; m < k; m++) {
            shares[m] += left / count;
        }
    }

    private double without(
            int modality, int count, TargetTrees trees, StandardFrame frame, boolean[] present) {
        boolean[] given = present.clone();
        given[modality] = false;
        if (count == 2) {
            // The other one is alone, which is known.
            for (int m = 0; m < given.length; m++) {
                if (given[m]) {
                    return alone[m];
                }
            }
        }
        return trees.value(frame, given);
    }

    /** The prediction with all present modalities. */
    double all() {
        return all;
    }

    /** The prediction with a modality alone; NaN if it is absent. */
    double alone(int modality) {
        return alone[modality];
    }

    /** The share of a modality in the prediction; NaN if it is absent. */
    double share(int modality) {
        return shares[modality];
    }
}
