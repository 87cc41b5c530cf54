package io.pidstream.dataset;

/**
 * The size of a sample, in rows and in effectively independent rows.
 *
 * @param rows rows in it
 * @param dependence which of them may depend on each other
 * @param blockRows rows per block for the estimate of dependence; 0 if it was not estimated
 * @param blocks number of blocks used
 * @param inflation number of rows that count as one independent row; 1 if no dependence is known
 */
public record SampleSize(
        long rows, RowDependence dependence, long blockRows, long blocks, double inflation) {
    /** Effective number of independent rows. */
    public double effective() {
        return rows / inflation;
    }

    /** Whether there were too few rows to estimate dependence. */
    public boolean isUntold() {
        return dependence != RowDependence.NONE && blocks == 0;
    }
}
