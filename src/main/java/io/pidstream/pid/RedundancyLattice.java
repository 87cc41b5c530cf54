package io.pidstream.pid;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The redundancy lattice of three modalities (Williams &amp; Beer 2010) with the minimum mutual
 * information as redundancy (Barrett 2015). Its 18 nodes are the sets of sources, subsets of
 * modalities, of which none contains another: {@code {a}{b+c}} is the information that both a and
 * the pair of b and c have.
 */
final class RedundancyLattice {
    static final int MODALITIES = 3;

    /** Sources in the order in which a node names them. */
    private static final List<ModalitySet> SOURCES =
            ModalitySet.nonEmptySubsets(MODALITIES).stream().sorted(ModalitySet.BY_SIZE).toList();

    /** The nodes from the bottom of the lattice to its top. */
    private static final List<Antichain> NODES = nodes();

    /** Of each node, the numbers of the nodes below it, ascending. */
    private static final int[][] BELOW =
            NODES.stream()
                    .map(node -> below(node, NODES).stream().mapToInt(NODES::indexOf).toArray())
                    .toArray(int[][]::new);

    private RedundancyLattice() {}

    /**
     * Sources of which none contains another.
     *
     * @param bits bit s is set if the subset of {@link ModalitySet#bits} s is one of them
     * @param sources in the order of their names
     */
    private record Antichain(int bits, List<ModalitySet> sources) {
        Antichain(int bits) {
            this(bits, SOURCES.stream().filter(s -> (bits >> s.bits() & 1) == 1).toList());
        }

        /** Whether every source of another node contains one of this node. */
        boolean isBelow(Antichain upper) {
            return bits != upper.bits
                    && upper.sources.stream()
                            .allMatch(s -> sources.stream().anyMatch(s::containsAll));
        }
    }

    /**
     * The information of each node that no node below it has, bits; all sum to the joint
     * information. With I∩(α) = min over sources of α of I, the part of α is I∩(α) minus the
     * largest I∩(β) of any β below: the result of Möbius inversion for a minimum (Williams &amp;
     * Beer 2010), without its sums of 17 terms, and never negative.
     *
     * @param information of the three modalities and all their subsets
     * @return by name, from the bottom of the lattice to its top
     */
    static Map<String, Double> parts(SubsetValues information) {
        double[] shared = new double[NODES.size()];
        Map<String, Double> parts = new LinkedHashMap<>();
        for (int n = 0; n < shared.length; n++) {
            shared[n] = Double.POSITIVE_INFINITY;
            for (ModalitySet source : NODES.get(n).sources) {
                shared[n] = Math.min(shared[n], information.get(source));
            }
            double below = 0;
            for (int lower : BELOW[n]) {
                below = Math.max(below, shared[lower]);
            }
            parts.put(name(NODES.get(n), information.modalities()), shared[n] - below);
        }
        return parts;
    }

    private static String name(Antichain node, List<String> modalities) {
        StringBuilder name = new StringBuilder();
        for (ModalitySet source : node.sources) {
            name.append('{').append(source.key(modalities)).append('}');
        }
        return name.toString();
    }

    /**
     * A node of the lattice.
     *
     * @param name as in {@link #parts}
     * @param covered sources of each node that it covers: below it, with no node between the two
     */
    record Node(String name, List<ModalitySet> sources, List<List<ModalitySet>> covered) {}

    /** The nodes in the order of {@link #parts}. */
    static List<Node> nodes(List<String> modalities) {
        return NODES.stream()
                .map(node -> new Node(name(node, modalities), node.sources, covered(node)))
                .toList();
    }

    private static List<List<ModalitySet>> covered(Antichain node) {
        List<Antichain> below = below(node, NODES);
        return below.stream()
                .filter(lower -> below.stream().noneMatch(lower::isBelow))
                .map(Antichain::sources)
                .toList();
    }

    private static List<Antichain> nodes() {
        // The empty set is no source, so bit 0 is never set.
        List<Antichain> nodes =
                IntStream.range(1, 1 << (ModalitySet.count(MODALITIES) - 1))
                        .mapToObj(sources -> new Antichain(sources << 1))
                        .filter(RedundancyLattice::isAntichain)
                        .toList();
        return nodes.stream()
                .sorted(
                        Comparator.<Antichain>comparingInt(node -> below(node, nodes).size())
                                .thenComparingInt(Antichain::bits))
                .toList();
    }

    private static boolean isAntichain(Antichain node) {
        List<ModalitySet> sources = node.sources;
        return sources.stream()
                .allMatch(a -> sources.stream().noneMatch(b -> !a.equals(b) && b.containsAll(a)));
    }

    private static List<Antichain> below(Antichain node, List<Antichain> nodes) {
        return nodes.stream().filter(other -> other.isBelow(node)).toList();
    }
}
