package io.pidstream.tables;

import java.util.Arrays;

/**
 * The inputs of a frame and the leaves that they fall into. A frame is predicted, scored and
 * learned by the same tables, and finding its leaves takes most of the time of each.
 *
 * <p>Not thread-safe.
 */
public final class FrameInputs {
    /** Tables of two sizes, with the target's own past and without. */
    private static final int USUAL = 4;

    private final double[] values;
    private LeafSearch[] searches = new LeafSearch[0];
    private long[][] leaves = new long[0][];
    private int known;

    /**
     * @param values in their own units; not copied, must not be modified
     */
    public FrameInputs(double[] values) {
        this.values = values;
    }

    public double[] values() {
        return values;
    }

    /** The leaves by a search, see {@link TableLayout#leaf}; must not be modified. */
    long[] leaves(LeafSearch search) {
        for (int i = 0; i < known; i++) {
            if (searches[i] == search) {
                return leaves[i];
            }
        }
        if (known == searches.length) {
            int more = Math.max(USUAL, 2 * known);
            searches = Arrays.copyOf(searches, more);
            leaves = Arrays.copyOf(leaves, more);
        }
        searches[known] = search;
        leaves[known] = search.leaves(values);
        return leaves[known++];
    }
}
