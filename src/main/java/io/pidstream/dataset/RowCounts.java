package io.pidstream.dataset;

/**
 * The rows of a data set by how they were used.
 *
 * @param rows all rows
 * @param used rows with all modalities and targets
 * @param incomplete labelled rows in which a modality is absent
 * @param unlabelled rows without a target
 * @param notRunning rows of an asset that was not running
 * @param unusable invalid rows
 */
public record RowCounts(
        long rows, long used, long incomplete, long unlabelled, long notRunning, long unusable) {}
