package io.pidstream.tables;

/** A set of leaves of one table that is emptied in ascending order. */
public final class LeafSet {
    private final long[] words = new long[TableLayout.MOST_LEAVES / Long.SIZE];

    public void add(int leaf) {
        words[leaf / Long.SIZE] |= 1L << leaf;
    }

    /** Takes the first leaf; −1 if there is none. */
    public int next() {
        for (int w = 0; w < words.length; w++) {
            if (words[w] != 0) {
                int leaf = w * Long.SIZE + Long.numberOfTrailingZeros(words[w]);
                words[w] &= words[w] - 1;
                return leaf;
            }
        }
        return -1;
    }
}
