package io.pidstream.tables;

import io.pidstream.pid.ModalitySet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which thresholds the tables look at, drawn once from a fixed seed: two modalities per table,
 * channels evenly, thresholds of a channel evenly over its ranks.
 */
public final class TableLayout {
    public static final int TABLES = 200;

    /** Most thresholds of a table: its leaf fits into a byte. */
    private static final int MOST_BITS = 8;

    /** Words of eight leaves each, see {@link #leaf}. */
    static final int WORDS = (TABLES + 7) / 8;

    private static final long SEED = 7;

    public final int bits;

    /** Number of leaves of a table. */
    public final int leaves;

    /** Per table, its first and second modality. */
    public final int[] first = new int[TABLES];

    public final int[] second = new int[TABLES];

    /** The modalities of all tables. */
    private final ModalitySet modalities;

    /** Per table, the number of thresholds of the second modality, which are the low bits. */
    public final int[] lowBits = new int[TABLES];

    /** Per threshold, [tables, bits]: its feature and its place among the values, in [0, 1]. */
    public final int[] feature;

    public final double[] rank;

    /**
     * @param features indices of the features that are read, ascending
     * @param modalityOf modality of every feature
     * @param bits thresholds per table
     */
    public TableLayout(int[] features, int[] modalityOf, int bits) {
        if (bits < 1 || bits > MOST_BITS) {
            throw new IllegalArgumentException(
                    "tables have %d thresholds, must be 1 to %d".formatted(bits, MOST_BITS));
        }
        this.bits = bits;
        leaves = 1 << bits;
        feature = new int[TABLES * bits];
        rank = new double[feature.length];
        draw(features, modalityOf, new Random(SEED));
        ModalitySet all = ModalitySet.NONE;
        for (int t = 0; t < TABLES; t++) {
            all = all.with(first[t]).with(second[t]);
        }
        modalities = all;
    }

    /** Whether no table lacks one of its modalities. */
    public boolean isComplete(ModalitySet present) {
        return present.containsAll(modalities);
    }

    /** Whether a table has both its modalities. */
    public boolean isComplete(ModalitySet present, int table) {
        return present.contains(first[table]) && present.contains(second[table]);
    }

    /**
     * The leaf of a table.
     *
     * @param leaves of all tables, a byte each, eight in a word
     */
    public static int leaf(long[] leaves, int table) {
        return leafInWord(leaves[word(table)], table);
    }

    /**
     * The leaf of a table.
     *
     * @param word that has it
     */
    static int leafInWord(long word, int table) {
        return (int) (word >>> shift(table)) & 0xff;
    }

    static int word(int table) {
        return table >>> 3;
    }

    private static int shift(int table) {
        return (table & 7) << 3;
    }

    /** The bit that a threshold sets in the word of its table. */
    long bitInWord(int j) {
        return (long) factor(j % bits) << shift(j / bits);
    }

    /** The bit of a leaf that says whether its threshold number {@code b} is exceeded. */
    int factor(int b) {
        return 1 << (bits - 1 - b);
    }

    /** The bits of the first modality. */
    public int ofFirst(int table, int leaf) {
        return leaf >> lowBits[table];
    }

    /** The bits of the second modality. */
    public int ofSecond(int table, int leaf) {
        return leaf & (1 << lowBits[table]) - 1;
    }

    /** Number of combinations of the first modality's bits. */
    public int sizeOfFirst(int table) {
        return 1 << (bits - lowBits[table]);
    }

    public int sizeOfSecond(int table) {
        return 1 << lowBits[table];
    }

    private void draw(int[] features, int[] modalityOf, Random random) {
        int[] modalities = Arrays.stream(features).map(i -> modalityOf[i]).distinct().toArray();
        List<int[]> pairs = new ArrayList<>();
        for (int a = 0; a < modalities.length; a++) {
            for (int b = a + 1; b < modalities.length; b++) {
                pairs.add(new int[] {modalities[a], modalities[b]});
            }
        }
        for (int t = 0; t < TABLES; t++) {
            int[] pair = pairs.get(t % pairs.size());
            first[t] = pair[0];
            second[t] = pair[1];
            List<Integer> channels = new ArrayList<>();
            for (int i : features) {
                if (modalityOf[i] == pair[0] || modalityOf[i] == pair[1]) {
                    channels.add(i);
                }
            }
            List<Integer> drawn = new ArrayList<>();
            while (drawn.size() < bits) {
                Collections.shuffle(channels, random);
                drawn.addAll(channels);
            }
            drawn = drawn.subList(0, bits);
            drawn.sort(
                    (i, j) -> Boolean.compare(modalityOf[i] != pair[0], modalityOf[j] != pair[0]));
            for (int j = 0; j < bits; j++) {
                feature[t * bits + j] = drawn.get(j);
                lowBits[t] += modalityOf[drawn.get(j)] == pair[0] ? 0 : 1;
            }
        }
        spread(features, random);
    }

    /** Spreads the thresholds of every channel evenly over its ranks. */
    private void spread(int[] features, Random random) {
        for (int i : features) {
            List<Integer> ofChannel = new ArrayList<>();
            for (int j = 0; j < feature.length; j++) {
                if (feature[j] == i) {
                    ofChannel.add(j);
                }
            }
            Collections.shuffle(ofChannel, random);
            double offset = random.nextDouble();
            for (int n = 0; n < ofChannel.size(); n++) {
                rank[ofChannel.get(n)] = (n + offset) / ofChannel.size();
            }
        }
    }
}
