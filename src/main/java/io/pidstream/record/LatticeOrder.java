package io.pidstream.record;

import io.pidstream.pid.ModalitySet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Orders the atoms of a redundancy lattice, such as {@code {a}{b+c}}, from the bottom of the
 * lattice to its top: by the number of atoms below; among equals, by their sources, of which those
 * of later modalities count more. The same order as in the output of {@code pid}.
 */
final class LatticeOrder {
    private LatticeOrder() {}

    /**
     * @param key as given
     * @param sources of the atom, each a set of modalities
     */
    private record Atom(String key, List<ModalitySet> sources) {
        /** Whether each source of the other has a source of this one as a subset. */
        boolean isBelow(Atom other) {
            return other.sources.stream()
                    .allMatch(theirs -> sources.stream().anyMatch(theirs::containsAll));
        }

        /** Bit s: the set with bits s is a source. */
        long mask() {
            return sources.stream().mapToLong(source -> 1L << source.bits()).sum();
        }
    }

    static <V> Map<String, V> sorted(Map<String, V> atoms, ModalityOrder order) {
        Set<String> names = new TreeSet<>(order);
        atoms.keySet().forEach(key -> sources(key).forEach(names::addAll));
        List<String> modalities = List.copyOf(names);
        List<Atom> sorted = new ArrayList<>();
        for (String key : atoms.keySet()) {
            List<ModalitySet> sources =
                    sources(key).stream().map(s -> ModalitySet.ofNames(s, modalities)).toList();
            sorted.add(new Atom(key, sources));
        }
        List<Atom> all = List.copyOf(sorted);
        sorted.sort(
                Comparator.comparingLong(
                                (Atom atom) -> all.stream().filter(a -> a.isBelow(atom)).count())
                        .thenComparingLong(Atom::mask)
                        .thenComparing(Atom::key));
        Map<String, V> result = new LinkedHashMap<>();
        sorted.forEach(atom -> result.put(atom.key(), atoms.get(atom.key())));
        return result;
    }

    /** The modalities of each source. */
    private static List<List<String>> sources(String key) {
        String inner =
                key.startsWith("{") && key.endsWith("}") ? key.substring(1, key.length() - 1) : key;
        return Arrays.stream(inner.split("\\}\\{", -1))
                .map(source -> Arrays.asList(source.split("\\+", -1)))
                .toList();
    }
}
