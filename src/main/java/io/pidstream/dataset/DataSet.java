package io.pidstream.dataset;

import java.util.List;

/**
 * A data set and its decomposition.
 *
 * @param name of the configuration
 * @param file name of the file
 * @param assets number of assets with rows that were used
 * @param counts what became of the rows
 * @param problems what is wrong with the first rows that are unusable
 * @param results of all rows together, then perhaps of each asset's
 */
public record DataSet(
        String name,
        String file,
        DataVariables variables,
        int assets,
        RowCounts counts,
        List<String> problems,
        List<DataDecomposition> results) {

    /** Of all rows together. */
    public DataDecomposition together() {
        return results.get(0);
    }

    /** Of each asset's rows, in the order of name. */
    public List<DataDecomposition> perAsset() {
        return results.subList(1, results.size());
    }
}
