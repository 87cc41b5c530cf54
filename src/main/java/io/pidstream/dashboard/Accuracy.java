package io.pidstream.dashboard;

/**
 * How well one target was predicted.
 *
 * @param labels labelled predictions that are included
 * @param meanAbsoluteError in the unit of the target; NaN without labels
 * @param coverage share of true values inside their interval, 0 to 1; NaN without labels
 * @param spread mean absolute deviation of the true values from their mean, in the unit of the
 *     target: the error of always predicting that mean; NaN if it is not known
 */
public record Accuracy(long labels, double meanAbsoluteError, double coverage, double spread) {}
