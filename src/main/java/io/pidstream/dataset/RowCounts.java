package io.pidstream.dataset;

/**
 * What became of the rows of a data set.
 *
 * @param rows all rows
 * @param used those with all modalities and targets
 * @param incomplete those with a target, in which a modality is absent
 * @param unlabelled those without a target
 * @param unusable those in which something is not what it should be
 */
public record RowCounts(long rows, long used, long incomplete, long unlabelled, long unusable) {}
