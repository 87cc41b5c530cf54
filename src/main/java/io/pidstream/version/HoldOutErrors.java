package io.pidstream.version;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prediction errors on held-out rows, per target, in the target's unit.
 *
 * @param mae mean absolute error
 * @param rmse root mean squared error
 */
public record HoldOutErrors(List<Double> mae, List<Double> rmse) {
    public HoldOutErrors {
        mae = List.copyOf(mae);
        rmse = List.copyOf(rmse);
    }

    /** A prediction of a row's target, in the target's unit. */
    public interface Prediction {
        double of(int row, int target);
    }

    public static HoldOutErrors of(TrainingSamples rows, int targets, Prediction prediction) {
        Double[] mae = new Double[targets];
        Double[] rmse = new Double[targets];
        for (int t = 0; t < targets; t++) {
            double absolute = 0;
            double squared = 0;
            for (int i = 0; i < rows.size(); i++) {
                double error = prediction.of(i, t) - rows.targets(i)[t];
                absolute += Math.abs(error);
                squared += error * error;
            }
            mae[t] = absolute / rows.size();
            rmse[t] = Math.sqrt(squared / rows.size());
        }
        return new HoldOutErrors(List.of(mae), List.of(rmse));
    }

    public static HoldOutErrors of(TrainingSamples rows, int targets, EncodedBatch predicted) {
        return of(rows, targets, predicted::prediction);
    }

    /**
     * Whether the root mean squared error is smaller, as a geometric mean over the targets, which
     * does not depend on their units.
     */
    public boolean isBetterThan(HoldOutErrors other) {
        double logRatio = 0;
        for (int t = 0; t < rmse.size(); t++) {
            if (other.rmse.get(t) == 0) {
                return false;
            }
            logRatio += Math.log(rmse.get(t) / other.rmse.get(t));
        }
        return logRatio < 0;
    }

    /** Adds {@code holdOutMae} and {@code holdOutRmse}, or with a prefix such as {@code active}. */
    public void putInto(Map<String, Double> metrics, String prefix, List<String> targets) {
        for (int t = 0; t < targets.size(); t++) {
            String suffix = targets.size() == 1 ? "" : "." + targets.get(t);
            metrics.put(name(prefix, "Mae") + suffix, mae.get(t));
            metrics.put(name(prefix, "Rmse") + suffix, rmse.get(t));
        }
    }

    private static String name(String prefix, String error) {
        return prefix.isEmpty() ? "holdOut" + error : prefix + "HoldOut" + error;
    }

    /** The root mean squared errors as text. */
    public String text() {
        return String.join(
                ", ", rmse.stream().map(e -> String.format(Locale.ROOT, "%.4g", e)).toList());
    }
}
