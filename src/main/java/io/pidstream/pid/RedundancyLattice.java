package io.pidstream.pid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The redundancy lattice of three modalities (Williams &amp; Beer 2010) with the minimum mutual
 * information as redundancy (Barrett 2015). Its 18 nodes are the sets of sources, subsets of
 * modalities, of which none contains another: {@code {a}{b+c}} is what a knows and b and c together
 * know too.
 */
final class RedundancyLattice {
    static final int MODALITIES = 3;

    /** A node: bit s set means that the subset of mask s is one of its sources. */
    private static final int[] NODES = nodes();

    /** Of each node, those below it: bit m set means node m. */
    private static final int[] BELOW = below();

    /** Sources in the order in which a node names them. */
    private static final int[] BY_SIZE = {1, 2, 4, 3, 5, 6, 7};

    private RedundancyLattice() {}

    /**
     * The information of each node that no node below it has, bits; all sum to the joint
     * information. With I∩(α) = min over sources of α of I, the part of α is I∩(α) less the largest
     * I∩(β) of any β below: what Möbius inversion gives for a minimum (Williams &amp; Beer 2010),
     * without its sums of 17 terms, and never negative.
     *
     * @param information of the three modalities and all their subsets
     * @return by name, from the bottom of the lattice to its top
     */
    static Map<String, Double> parts(SubsetValues information) {
        String[] sources = new String[1 << MODALITIES];
        for (int source : BY_SIZE) {
            sources[source] = '{' + information.key(source) + '}';
        }
        double[] shared = new double[NODES.length];
        Map<String, Double> parts = new LinkedHashMap<>();
        for (int n = 0; n < NODES.length; n++) {
            StringBuilder name = new StringBuilder();
            shared[n] = Double.POSITIVE_INFINITY;
            for (int source : BY_SIZE) {
                if ((NODES[n] >> source & 1) == 1) {
                    name.append(sources[source]);
                    shared[n] = Math.min(shared[n], information.get(source));
                }
            }
            double below = 0;
            for (int m = 0; m < n; m++) {
                if ((BELOW[n] >> m & 1) == 1) {
                    below = Math.max(below, shared[m]);
                }
            }
            parts.put(name.toString(), shared[n] - below);
        }
        return parts;
    }

    /**
     * A node of the lattice.
     *
     * @param name as in {@link #parts}
     * @param sources masks
     * @param covered sources of each node that it covers: that is below it with none between
     */
    record Node(String name, int[] sources, List<int[]> covered) {}

    /** The nodes in the order of {@link #parts}. */
    static List<Node> nodes(SubsetValues names) {
        List<String> inOrder = List.copyOf(parts(names).keySet());
        List<Node> nodes = new ArrayList<>();
        for (int n = 0; n < NODES.length; n++) {
            List<int[]> covered = new ArrayList<>();
            for (int m = 0; m < n; m++) {
                if ((BELOW[n] >> m & 1) == 1 && !isBetween(m, n)) {
                    covered.add(sources(NODES[m]));
                }
            }
            nodes.add(new Node(inOrder.get(n), sources(NODES[n]), covered));
        }
        return nodes;
    }

    private static boolean isBetween(int lower, int upper) {
        for (int m = lower + 1; m < upper; m++) {
            if ((BELOW[upper] >> m & 1) == 1 && (BELOW[m] >> lower & 1) == 1) {
                return true;
            }
        }
        return false;
    }

    private static int[] sources(int node) {
        return IntStream.range(1, 1 << MODALITIES).filter(s -> (node >> s & 1) == 1).toArray();
    }

    private static int[] below() {
        int[] below = new int[NODES.length];
        for (int n = 0; n < NODES.length; n++) {
            for (int m = 0; m < n; m++) {
                below[n] |= isBelow(NODES[m], NODES[n]) ? 1 << m : 0;
            }
        }
        return below;
    }

    private static int[] nodes() {
        List<Integer> nodes = new ArrayList<>();
        for (int node = 2; node < 1 << (1 << MODALITIES); node += 2) {
            if (isAntichain(node)) {
                nodes.add(node);
            }
        }
        nodes.sort(
                Comparator.<Integer>comparingLong(node -> countBelow(nodes, node))
                        .thenComparingInt(node -> node));
        return nodes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long countBelow(List<Integer> nodes, int node) {
        return nodes.stream().filter(other -> isBelow(other, node)).count();
    }

    private static boolean isAntichain(int node) {
        for (int a = 1; a < 1 << MODALITIES; a++) {
            for (int b = 1; b < 1 << MODALITIES; b++) {
                if (a != b && (node >> a & 1) == 1 && (node >> b & 1) == 1 && (a & b) == a) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether every source of the upper node contains one of the lower. */
    private static boolean isBelow(int lower, int upper) {
        if (lower == upper) {
            return false;
        }
        for (int b = 1; b < 1 << MODALITIES; b++) {
            if ((upper >> b & 1) == 0) {
                continue;
            }
            boolean contains = false;
            for (int a = 1; a < 1 << MODALITIES; a++) {
                contains |= (lower >> a & 1) == 1 && (a & b) == a;
            }
            if (!contains) {
                return false;
            }
        }
        return true;
    }
}
