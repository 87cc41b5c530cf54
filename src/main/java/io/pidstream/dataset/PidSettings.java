package io.pidstream.dataset;

import io.pidstream.pid.PidDefinition;

/**
 * How a data set is decomposed.
 *
 * @param definition definition of redundancy
 * @param confidence confidence level of the intervals
 * @param tolerance largest rise of the residual standard deviation, as a share, at which modalities
 *     can be left out
 * @param dependence which rows may depend on each other
 * @param block rows per block for the estimate of dependence; 0 to choose from the data
 * @param perAsset whether every asset is also decomposed by itself
 */
public record PidSettings(
        PidDefinition definition,
        double confidence,
        double tolerance,
        RowDependence dependence,
        int block,
        boolean perAsset) {
    /** Rows per block of a sample. */
    public long blockOf(SampleSize size, int assets) {
        return dependence == RowDependence.TIME
                ? size.blockRows() / Math.max(1, assets)
                : size.blockRows();
    }
}
