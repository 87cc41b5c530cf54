package io.pidstream.dataset;

import io.pidstream.pid.DependencePerTarget;
import io.pidstream.stats.Moments;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Moments of the rows of a data set, and their serial dependence. Successive rows of an asset, or
 * of all assets, form blocks; dependence shows as a larger variance of the block means than
 * independent rows would have.
 */
final class DataSample {
    private static final String ALL = "";

    private final int dimension;
    private final RowDependence dependence;
    private final long blockRows;

    private final Moments total;

    /** One per target. */
    private final DependencePerTarget found;

    /** The open block of each asset; in insertion order, so that sums do not depend on hashes. */
    private final Map<String, Moments> open = new LinkedHashMap<>();

    /**
     * A sample without rows.
     *
     * @param targets number of targets; they are the first variables
     * @param dimension number of variables
     * @param blockRows rows per block, at least 1; ignored without dependence
     */
    DataSample(int targets, int dimension, RowDependence dependence, long blockRows) {

        this.dimension = dimension;
        this.dependence = dependence;
        this.blockRows = blockRows;
        this.total = empty();
        this.found = new DependencePerTarget(targets, Moments.NO_DECAY);
    }

    private Moments empty() {
        return new Moments(dimension, Moments.NO_DECAY);
    }

    /**
     * Adds a row; rows must be in time order.
     *
     * @param row [targets, channels]
     */
    void add(String asset, double[] row, long time) {
        if (dependence == RowDependence.NONE) {
            total.add(row, time);
            return;
        }
        String unit = dependence == RowDependence.ASSET ? asset : ALL;
        Moments block = open.computeIfAbsent(unit, key -> empty());
        block.add(row, time);
        if (block.count() == blockRows) {
            open.remove(unit);
            endBlock(block, true);
        }
    }

    /** Ends the blocks that are not full; those that are at least half full are used. */
    void end() {
        open.values().forEach(block -> endBlock(block, 2 * block.count() >= blockRows));
        open.clear();
    }

    private void endBlock(Moments block, boolean tells) {
        total.merge(block);
        if (tells) {
            found.add(block, total);
        }
    }

    /** Moments of all rows of completed blocks. */
    Moments moments() {
        return total;
    }

    /** Size of the sample: the smallest effective number over the targets. */
    SampleSize size() {
        return new SampleSize(
                total.count(),
                dependence,
                dependence == RowDependence.NONE ? 0 : blockRows,
                found.blocks(),
                found.inflation());
    }
}
