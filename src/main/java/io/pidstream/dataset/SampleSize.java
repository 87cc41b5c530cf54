package io.pidstream.dataset;

/**
 * How many independent rows a sample counts as.
 *
 * @param rows rows in it
 * @param dependence which of them were taken to depend on each other
 * @param blockRows rows in a block from which that was told; 0 where it was not
 * @param blocks blocks that told something
 * @param inflation how many rows count as one; 1 where none is known to depend on another
 */
public record SampleSize(
        long rows, RowDependence dependence, long blockRows, long blocks, double inflation) {
    /** Number of independent rows that it counts as. */
    public double effective() {
        return rows / inflation;
    }

    /** Whether dependence was looked for, but there were too few rows to see any. */
    public boolean isUntold() {
        return dependence != RowDependence.NONE && blocks == 0;
    }
}
