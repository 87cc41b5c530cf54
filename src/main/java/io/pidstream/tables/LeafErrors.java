package io.pidstream.tables;

import io.pidstream.pid.ModalitySet;
import java.util.ArrayList;
import java.util.List;

/**
 * Errors of the labels of one instant, and their sums by leaf. A table that lacks one of its
 * modalities in a frame has no part in its label.
 *
 * <p>Not thread-safe.
 */
public final class LeafErrors {
    private static final int PER_WORD = 8;

    private final TableLayout layout;
    private final int outputs;
    private final List<ModalitySet> present = new ArrayList<>(1);
    private final List<long[]> leaves = new ArrayList<>(1);
    private final List<double[]> errors = new ArrayList<>(1);

    /** Of the tables of one word, [tables, leaves, outputs]: all 0 but within {@link #each}. */
    private final double[] sum;

    private final int[] hits;

    /** Takes what is known of one leaf. */
    public interface Visitor {
        /**
         * @param hits number of labels that fall into the leaf
         * @param sums of their errors, per output; valid until the method returns
         */
        void visit(int table, int leaf, int hits, double[] sums);
    }

    /**
     * @param outputs number of errors of every label
     */
    public LeafErrors(TableLayout layout, int outputs) {
        this.layout = layout;
        this.outputs = outputs;
        hits = new int[PER_WORD * layout.leaves];
        sum = new double[hits.length * outputs];
    }

    /**
     * Adds a label.
     *
     * @param of leaves of every table, see {@link TableLayout#leaf}
     * @param errorsOfLabel [outputs]; not copied
     */
    public void add(ModalitySet presentInFrame, long[] of, double... errorsOfLabel) {
        present.add(presentInFrame);
        leaves.add(of);
        errors.add(errorsOfLabel);
    }

    public void clear() {
        present.clear();
        leaves.clear();
        errors.clear();
    }

    /** Visits all leaves with labels, table by table, in ascending order. */
    public void each(Visitor visitor) {
        if (leaves.size() == 1) {
            eachOfOne(visitor);
            return;
        }
        long[][] of = leaves.toArray(long[][]::new);
        double[][] errorsOf = errors.toArray(double[][]::new);
        boolean complete = present.stream().allMatch(layout::isComplete);
        long[] touched = new long[(hits.length + Long.SIZE - 1) / Long.SIZE];
        double[] sums = new double[outputs];
        // The tables of a word together: a label's word is read once, and their sums stay near.
        for (int from = 0; from < TableLayout.TABLES; from += PER_WORD) {
            int tables = Math.min(PER_WORD, TableLayout.TABLES - from);
            for (int i = 0; i < of.length; i++) {
                long word = of[i][TableLayout.word(from)];
                for (int k = 0; k < tables; k++) {
                    if (complete || layout.isComplete(present.get(i), from + k)) {
                        int at = k * layout.leaves + TableLayout.leafInWord(word, k);
                        touched[at / Long.SIZE] |= 1L << at;
                        hits[at]++;
                        for (int output = 0; output < outputs; output++) {
                            sum[at * outputs + output] += errorsOf[i][output];
                        }
                    }
                }
            }
            for (int w = 0; w < touched.length; w++) {
                for (; touched[w] != 0; touched[w] &= touched[w] - 1) {
                    int at = w * Long.SIZE + Long.numberOfTrailingZeros(touched[w]);
                    System.arraycopy(sum, at * outputs, sums, 0, outputs);
                    visitor.visit(from + at / layout.leaves, at % layout.leaves, hits[at], sums);
                    hits[at] = 0;
                    for (int output = 0; output < outputs; output++) {
                        sum[at * outputs + output] = 0;
                    }
                }
            }
        }
    }

    private void eachOfOne(Visitor visitor) {
        for (int t = 0; t < TableLayout.TABLES; t++) {
            if (layout.isComplete(present.get(0), t)) {
                visitor.visit(t, TableLayout.leaf(leaves.get(0), t), 1, errors.get(0));
            }
        }
    }
}
