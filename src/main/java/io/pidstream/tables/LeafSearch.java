package io.pidstream.tables;

import io.pidstream.stats.Ascending;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the leaves of all tables at once: the thresholds of a channel that a value exceeds are the
 * first ones in ascending order, so the bits that they set in the leaves are known beforehand.
 * Eight leaves share a word, so a channel costs a search and a few words instead of a comparison
 * for each of its thresholds.
 *
 * <p>Bits are kept for every {@value #STRIDE}th place in the order; those of the thresholds from
 * there on are set one by one. All places would take eight times the memory, and more of the cache.
 */
final class LeafSearch {
    private static final int STRIDE = 8;
    private static final int WORDS = TableLayout.WORDS;

    /** Those with thresholds that have a place. */
    private final int[] features;

    /** Per feature, its thresholds in ascending order. */
    private final double[][] ascending;

    /** Per feature and threshold in that order, the word and the bit that it sets there. */
    private final int[][] words;

    private final long[][] bits;

    /** Per feature, [thresholds / STRIDE + 1, WORDS]: the bits of all thresholds before. */
    private final long[][] before;

    /**
     * @param threshold [tables, bits]; NaN for one that no value exceeds
     */
    LeafSearch(TableLayout layout, double[] threshold) {
        features =
                IntStream.range(0, threshold.length)
                        .filter(j -> !Double.isNaN(threshold[j]))
                        .map(j -> layout.feature[j])
                        .distinct()
                        .toArray();
        ascending = new double[features.length][];
        words = new int[features.length][];
        bits = new long[features.length][];
        before = new long[features.length][];
        for (int f = 0; f < features.length; f++) {
            int feature = features[f];
            int[] order =
                    IntStream.range(0, threshold.length)
                            .filter(j -> layout.feature[j] == feature)
                            .filter(j -> !Double.isNaN(threshold[j]))
                            .boxed()
                            .sorted((i, j) -> Double.compare(threshold[i], threshold[j]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            ascending[f] = Arrays.stream(order).mapToDouble(j -> threshold[j]).toArray();
            words[f] = Arrays.stream(order).map(j -> TableLayout.word(j / layout.bits)).toArray();
            bits[f] = Arrays.stream(order).mapToLong(layout::bitInWord).toArray();
            before[f] = before(words[f], bits[f]);
        }
    }

    private static long[] before(int[] words, long[] bits) {
        long[] before = new long[(words.length / STRIDE + 1) * WORDS];
        long[] set = new long[WORDS];
        for (int n = 0; n <= words.length; n++) {
            if (n % STRIDE == 0) {
                System.arraycopy(set, 0, before, n / STRIDE * WORDS, WORDS);
            }
            if (n < words.length) {
                set[words[n]] |= bits[n];
            }
        }
        return before;
    }

    /** The leaf of every table, see {@link TableLayout#leaf}. */
    long[] leaves(double[] inputs) {
        long[] leaves = new long[WORDS];
        for (int f = 0; f < features.length; f++) {
            int exceeded = Ascending.countBelow(ascending[f], inputs[features[f]]);
            int block = exceeded / STRIDE;
            long[] set = before[f];
            int from = block * WORDS;
            for (int w = 0; w < WORDS; w++) {
                leaves[w] |= set[from + w];
            }
            for (int n = block * STRIDE; n < exceeded; n++) {
                leaves[words[f][n]] |= bits[f][n];
            }
        }
        return leaves;
    }
}
