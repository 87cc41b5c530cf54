package io.pidstream.version;

import java.util.ArrayList;
import java.util.List;

/** Predictions of held-out rows, in the targets' units, by what was trained without them. */
public final class HeldOutPredictions {
    /** Per target, one per row. */
    private final List<double[]> byTarget;

    /**
     * @param byTarget per target, one per row; the arrays are kept, not copied
     */
    public HeldOutPredictions(List<double[]> byTarget) {
        this.byTarget = List.copyOf(byTarget);
    }

    /** Those of a version that was trained without the rows. */
    public static HeldOutPredictions of(EncodedBatch predicted, int targets) {
        List<double[]> byTarget = new ArrayList<>();
        for (int t = 0; t < targets; t++) {
            double[] values = new double[predicted.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = predicted.prediction(i, t);
            }
            byTarget.add(values);
        }
        return new HeldOutPredictions(byTarget);
    }

    /** The prediction of a row's target. */
    public double of(int row, int target) {
        return byTarget.get(target)[row];
    }

    /**
     * @param rows the rows that were predicted, in the same order
     */
    public HoldOutErrors errors(TrainingSamples rows) {
        return HoldOutErrors.of(rows, byTarget.size(), this::of);
    }
}
