package io.pidstream.dataset;

import io.pidstream.admit.Refusals;
import java.util.List;

/**
 * A data set and its decomposition.
 *
 * @param name of the configuration
 * @param file name of the file
 * @param assets number of assets with rows that were used
 * @param counts numbers of rows by how they were used
 * @param problems why rows are unusable
 * @param results of all rows together, then, if requested, of each asset
 */
public record DataSet(
        String name,
        String file,
        DataVariables variables,
        int assets,
        RowCounts counts,
        Refusals problems,
        List<DataDecomposition> results) {

    /** The result of all rows together. */
    public DataDecomposition together() {
        return results.get(0);
    }

    /** The result of each asset, sorted by name. */
    public List<DataDecomposition> perAsset() {
        return results.subList(1, results.size());
    }
}
