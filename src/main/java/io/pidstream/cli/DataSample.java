package io.pidstream.cli;

import io.pidstream.pid.SerialDependence;
import io.pidstream.stats.Moments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Moments of the rows of a data set, and how far they depend on each other: successive rows, of an
 * asset or of all, form blocks whose means would scatter less if rows were independent.
 */
final class DataSample {
    private static final String ALL = "";

    private final int targets;
    private final int dimension;
    private final RowDependence dependence;
    private final long blockRows;

    private final Moments total;

    /** One per target. */
    private final List<SerialDependence> found = new ArrayList<>();

    /** The block that each asset is in; insertion order, so that sums do not depend on hashes. */
    private final Map<String, Moments> open = new LinkedHashMap<>();

    /**
     * Of no rows.
     *
     * @param targets number of variables that are targets; they come first
     * @param dimension number of variables
     * @param blockRows rows in a block, at least 1; of no meaning without dependence
     */
    DataSample(int targets, int dimension, RowDependence dependence, long blockRows) {
        this.targets = targets;
        this.dimension = dimension;
        this.dependence = dependence;
        this.blockRows = blockRows;
        this.total = empty();
        for (int t = 0; t < targets; t++) {
            found.add(new SerialDependence(Moments.NO_DECAY));
        }
    }

    private Moments empty() {
        return new Moments(dimension, Moments.NO_DECAY);
    }

    /**
     * Adds a row; rows come in the order of time.
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

    /**
     * Ends the blocks that are not full; those of half their size and more still tell something.
     */
    void end() {
        open.values().forEach(block -> endBlock(block, 2 * block.count() >= blockRows));
        open.clear();
    }

    private void endBlock(Moments block, boolean tells) {
        total.merge(block);
        for (int t = 0; t < targets && tells; t++) {
            found.get(t).add(ofTarget(block, t), ofTarget(total, t));
        }
    }

    private Moments ofTarget(Moments moments, int target) {
        if (targets == 1) {
            return moments;
        }
        int[] indices = new int[1 + dimension - targets];
        indices[0] = target;
        for (int i = 1; i < indices.length; i++) {
            indices[i] = targets + i - 1;
        }
        return moments.marginal(indices);
    }

    /** Moments of all rows of ended blocks. */
    Moments moments() {
        return total;
    }

    /** How much the rows count; of several targets, the one that counts least decides. */
    SampleSize size() {
        long blocks = 0;
        double inflation = 1;
        for (SerialDependence ofTarget : found) {
            blocks = Math.max(blocks, ofTarget.blocks());
            if (ofTarget.blocks() > 0) {
                inflation = Math.max(inflation, ofTarget.inflation());
            }
        }
        return new SampleSize(
                total.count(),
                dependence,
                dependence == RowDependence.NONE ? 0 : blockRows,
                blocks,
                inflation);
    }
}
