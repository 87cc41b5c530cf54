package io.pidstream.dashboard;

import io.pidstream.yardstick.YardstickErrors;
import java.util.List;

/**
 * How well one target was predicted.
 *
 * @param labels labelled predictions that are included
 * @param meanAbsoluteError in the unit of the target; NaN without labels
 * @param coverage share of true values inside their interval, 0 to 1; NaN without labels
 * @param spread mean absolute deviation of the true values from their mean, in the unit of the
 *     target: the error of always predicting that mean; NaN if it is not known
 * @param foreseen the error that was expected of these predictions
 * @param yardsticks errors of simple predictors on these labels; must not be modified
 */
public record Accuracy(
        long labels,
        double meanAbsoluteError,
        double coverage,
        double spread,
        Foreseen foreseen,
        YardstickErrors yardsticks) {
    /** All labels of several series together. */
    static Accuracy over(List<Accuracy> series) {
        long labels = 0;
        double errors = 0;
        double covered = 0;
        double spreads = 0;
        long foreseen = 0;
        double expected = 0;
        double cameOut = 0;
        YardstickErrors yardsticks = new YardstickErrors();
        for (Accuracy each : series) {
            if (each.labels > 0) {
                labels += each.labels;
                errors += each.labels * each.meanAbsoluteError;
                covered += each.labels * each.coverage;
                spreads += each.labels * each.spread;
                yardsticks.merge(each.yardsticks);
                if (each.foreseen.labels() > 0) {
                    foreseen += each.foreseen.labels();
                    expected += each.foreseen.labels() * each.foreseen.expected();
                    cameOut += each.foreseen.labels() * each.foreseen.cameOut();
                }
            }
        }
        return new Accuracy(
                labels,
                errors / labels,
                covered / labels,
                spreads / labels,
                new Foreseen(foreseen, expected / foreseen, cameOut / foreseen),
                yardsticks);
    }
}
