package io.pidstream.dataset;

import io.pidstream.pid.PidDefinition;

/**
 * How a data set is decomposed.
 *
 * @param definition definition of redundancy
 * @param confidence probability with which an interval contains the truth
 * @param tolerance rise of the error's standard deviation that may be caused by leaving modalities
 *     out, as a share
 * @param dependence which rows depend on each other
 * @param block rows of an asset in a block from which dependence is told; 0 to choose by the data
 * @param perAsset whether every asset is decomposed by itself, too
 */
public record PidSettings(
        PidDefinition definition,
        double confidence,
        double tolerance,
        RowDependence dependence,
        int block,
        boolean perAsset) {
    /** Rows of an asset in the blocks that a sample was made of. */
    public long blockOf(SampleSize size, int assets) {
        return dependence == RowDependence.TIME
                ? size.blockRows() / Math.max(1, assets)
                : size.blockRows();
    }
}
