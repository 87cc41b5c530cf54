package io.pidstream.pid;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A set of modalities: those that are present in a frame, or a subset whose information is asked
 * for. Modalities are numbered from 0 in the order of the configuration.
 *
 * @param bits bit m is set if modality m is in the set
 */
public record ModalitySet(int bits) implements Comparable<ModalitySet> {
    public static final ModalitySet NONE = new ModalitySet(0);

    /**
     * By size, then by the order of the configuration: {@code a, b, c, a+b, a+c, b+c, a+b+c}. Of
     * two sets of one size, the one with the earlier modality has the larger reversed number.
     */
    static final Comparator<ModalitySet> BY_SIZE =
            Comparator.comparingInt(ModalitySet::size)
                    .thenComparing(ModalitySet::reversed, Comparator.reverseOrder());

    /** The set of some modalities, such as {@code of(0, 2)} for the first and the third. */
    public static ModalitySet of(int... members) {
        ModalitySet set = NONE;
        for (int modality : members) {
            set = set.with(modality);
        }
        return set;
    }

    /**
     * The set of the modalities with the given names. Names of no modality are ignored.
     *
     * @param modalities all modalities in configuration order
     */
    public static ModalitySet ofNames(Collection<String> names, List<String> modalities) {
        ModalitySet set = NONE;
        for (int m = 0; m < modalities.size(); m++) {
            if (names.contains(modalities.get(m))) {
                set = set.with(m);
            }
        }
        return set;
    }

    /** All of so many modalities. */
    public static ModalitySet all(int count) {
        return new ModalitySet(count(count) - 1);
    }

    /** All sets of so many modalities, the empty one included, in their order. */
    public static List<ModalitySet> subsets(int count) {
        return IntStream.range(0, count(count)).mapToObj(ModalitySet::new).toList();
    }

    /** All non-empty sets of so many modalities, in their order. */
    public static List<ModalitySet> nonEmptySubsets(int count) {
        return subsets(count).subList(1, count(count));
    }

    /** How many sets there are of so many modalities, the empty one included. */
    public static int count(int modalities) {
        return 1 << modalities;
    }

    public boolean contains(int modality) {
        return (bits >> modality & 1) != 0;
    }

    public boolean containsAll(ModalitySet other) {
        return (bits & other.bits) == other.bits;
    }

    /** Whether the two sets have a modality in common. */
    public boolean intersects(ModalitySet other) {
        return (bits & other.bits) != 0;
    }

    public ModalitySet with(int modality) {
        return new ModalitySet(bits | 1 << modality);
    }

    public ModalitySet without(int modality) {
        return new ModalitySet(bits & ~(1 << modality));
    }

    public ModalitySet union(ModalitySet other) {
        return new ModalitySet(bits | other.bits);
    }

    /** Those of so many modalities that are not in this set. */
    public ModalitySet complement(int count) {
        return new ModalitySet(bits ^ count(count) - 1);
    }

    /** Number of modalities in the set. */
    public int size() {
        return Integer.bitCount(bits);
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    /** Whether the set is the first modalities of the configuration, without a gap. */
    public boolean isPrefix() {
        return (bits & bits + 1) == 0;
    }

    /** The first modality of the set. */
    public int first() {
        return Integer.numberOfTrailingZeros(bits);
    }

    /** The numbers of the modalities, ascending. */
    public IntStream members() {
        return IntStream.range(0, Integer.SIZE).filter(this::contains);
    }

    /** All subsets of this set but itself, the largest number first, down to the empty one. */
    public List<ModalitySet> properParts() {
        List<ModalitySet> parts = new ArrayList<>();
        for (int part = bits; part > 0; ) {
            part = part - 1 & bits;
            parts.add(new ModalitySet(part));
        }
        return parts;
    }

    /** Names of the modalities in the set, in their order. */
    public List<String> names(List<String> modalities) {
        List<String> names = new ArrayList<>(size());
        for (int m = 0; m < modalities.size(); m++) {
            if (contains(m)) {
                names.add(modalities.get(m));
            }
        }
        return names;
    }

    /** Names of the modalities in the set, joined by {@code +}. */
    public String key(List<String> modalities) {
        return String.join("+", names(modalities));
    }

    private long reversed() {
        return Integer.toUnsignedLong(Integer.reverse(bits));
    }

    /** By number: the order in which arrays over all sets are laid out. */
    @Override
    public int compareTo(ModalitySet other) {
        return Integer.compare(bits, other.bits);
    }

    @Override
    public String toString() {
        return members().boxed().toList().toString();
    }
}
