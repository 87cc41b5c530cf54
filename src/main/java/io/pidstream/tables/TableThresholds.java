package io.pidstream.tables;

import io.pidstream.format.FormatException;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Where the thresholds of the tables lie, and which leaves a frame falls into. */
public final class TableThresholds {
    /** Thresholds of a channel are kept while none has moved this far among the ranks. */
    private static final double TOLERANCE = 0.2;

    private final TableLayout layout;

    /** Per threshold; NaN, which no value is above, until the channel has varied. */
    private final double[] threshold;

    /** Follows from the thresholds. */
    private LeafSearch search;

    public TableThresholds(TableLayout layout) {
        this.layout = layout;
        threshold = new double[layout.feature.length];
        Arrays.fill(threshold, Double.NaN);
        search = new LeafSearch(layout, threshold);
    }

    /** The leaf of every table, see {@link TableLayout#leaf}; must not be modified. */
    public long[] leaves(FrameInputs frame) {
        return frame.leaves(search);
    }

    /** The leaves of sampled rows, which are looked up once only. */
    public long[][] leaves(List<? extends SampledRow> rows) {
        return rows.stream().map(row -> search.leaves(row.inputs())).toArray(long[][]::new);
    }

    /** Where a threshold lies; NaN until its channel has varied. */
    double place(int j) {
        return threshold[j];
    }

    /**
     * Places the thresholds of channels whose distribution has changed.
     *
     * @param grids per feature, see {@code RowSample.grid}; null to leave its thresholds
     * @return per table, whether any of its thresholds has moved
     */
    public boolean[] place(double[][] grids) {
        boolean[] shifted = new boolean[grids.length];
        for (int j = 0; j < threshold.length; j++) {
            int feature = layout.feature[j];
            double[] grid = grids[feature];
            shifted[feature] |= grid != null && !isInPlace(grid, j);
        }
        boolean[] moved = new boolean[TableLayout.TABLES];
        for (int j = 0; j < threshold.length; j++) {
            int feature = layout.feature[j];
            if (shifted[feature]) {
                double place = threshold(grids[feature], layout.rank[j]);
                moved[j / layout.bits] |= place != threshold[j];
                threshold[j] = place;
            }
        }
        search = new LeafSearch(layout, threshold);
        return moved;
    }

    private boolean isInPlace(double[] grid, int j) {
        return Math.abs(rank(grid, threshold[j]) - layout.rank[j]) <= TOLERANCE;
    }

    private static double threshold(double[] grid, double rank) {
        if (grid.length == 1) {
            return Double.NaN;
        }
        double position = rank * (grid.length - 1);
        int below = Math.min((int) position, grid.length - 2);
        return grid[below] + (position - below) * (grid[below + 1] - grid[below]);
    }

    /** The place of a value among the values of a grid, in [0, 1]. */
    private static double rank(double[] grid, double value) {
        if (Double.isNaN(value)) {
            return grid.length < 2 ? Double.NaN : -1;
        }
        int at = Arrays.binarySearch(grid, value);
        if (at >= 0) {
            return grid.length == 1 ? 0.5 : (double) at / (grid.length - 1);
        }
        int above = -at - 1;
        if (above == 0) {
            return -1;
        }
        if (above == grid.length) {
            return 2;
        }
        double within = (value - grid[above - 1]) / (grid[above] - grid[above - 1]);
        return (above - 1 + within) / (grid.length - 1);
    }

    public void writeTo(DataOutput out) throws IOException {
        Wire.write(out, threshold);
    }

    public void readFrom(DataInput in) throws IOException {
        double[] thresholds = Wire.readDoubles(in);
        FormatException.requireSame("thresholds", thresholds.length, threshold.length);
        System.arraycopy(thresholds, 0, threshold, 0, threshold.length);
        search = new LeafSearch(layout, threshold);
    }
}
