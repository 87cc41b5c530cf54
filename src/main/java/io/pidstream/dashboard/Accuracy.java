package io.pidstream.dashboard;

import java.util.List;

/**
 * How well one target was predicted.
 *
 * @param labels labelled predictions that are included
 * @param meanAbsoluteError in the unit of the target; NaN without labels
 * @param coverage share of true values inside their interval, 0 to 1; NaN without labels
 * @param spread mean absolute deviation of the true values from their mean, in the unit of the
 *     target: the error of always predicting that mean; NaN if it is not known
 */
public record Accuracy(long labels, double meanAbsoluteError, double coverage, double spread) {
    /** All labels of several series together. */
    static Accuracy over(List<Accuracy> series) {
        long labels = 0;
        double errors = 0;
        double covered = 0;
        double spreads = 0;
        for (Accuracy each : series) {
            if (each.labels > 0) {
                labels += each.labels;
                errors += each.labels * each.meanAbsoluteError;
                covered += each.labels * each.coverage;
                spreads += each.labels * each.spread;
            }
        }
        return new Accuracy(labels, errors / labels, covered / labels, spreads / labels);
    }
}
