package io.pidstream.pid;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A set of modalities: those that are present in a frame, or a coalition whose information is asked
 * for. Modalities are numbered from 0 in the order of the configuration.
 *
 * @param bits bit m is set if modality m is in the set
 */
public record ModalitySet(int bits) implements Comparable<ModalitySet> {
    public static final ModalitySet NONE = new ModalitySet(0);

    /** The modality alone. */
    public static ModalitySet of(int modality) {
        return new ModalitySet(1 << modality);
    }

    /** All of so many modalities. */
    public static ModalitySet all(int count) {
        return new ModalitySet((1 << count) - 1);
    }

    /** All sets of so many modalities, the empty one included, in their order. */
    public static Stream<ModalitySet> subsets(int count) {
        return IntStream.range(0, 1 << count).mapToObj(ModalitySet::new);
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

    public ModalitySet with(int modality) {
        return new ModalitySet(bits | 1 << modality);
    }

    public ModalitySet without(int modality) {
        return new ModalitySet(bits & ~(1 << modality));
    }

    /** Those of so many modalities that are not in this set. */
    public ModalitySet complement(int count) {
        return new ModalitySet(bits ^ (1 << count) - 1);
    }

    /** Number of modalities in the set. */
    public int size() {
        return Integer.bitCount(bits);
    }

    public boolean isEmpty() {
        return bits == 0;
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
