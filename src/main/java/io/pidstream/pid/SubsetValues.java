package io.pidstream.pid;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One number for every non-empty subset of some modalities. A subset is given as a {@link
 * ModalitySet} or by its names joined by +. Immutable.
 */
public final class SubsetValues {
    private final List<String> modalities;

    /** By {@link ModalitySet#bits}; position 0 is not used. Empty when there are no values. */
    private final double[] values;

    /** Does not copy the array; [2^K], or [0] without values. */
    SubsetValues(List<String> modalities, double[] values) {
        this.modalities = List.copyOf(modalities);
        this.values = values;
    }

    static SubsetValues none(List<String> modalities) {
        return new SubsetValues(modalities, new double[0]);
    }

    /** The modalities in configuration order. */
    public List<String> modalities() {
        return modalities;
    }

    /** Whether there are no values, because a decomposition is undefined. */
    public boolean isEmpty() {
        return values.length == 0;
    }

    /**
     * The value of a subset.
     *
     * @throws IllegalArgumentException if the subset is empty or has an unknown modality
     */
    public double get(ModalitySet subset) {
        if (subset.isEmpty() || subset.bits() >= values.length) {
            throw new IllegalArgumentException(
                    "no value for subset " + subset + " of " + modalities);
        }
        return values[subset.bits()];
    }

    /** The value of a subset given by the names joined by + in configuration order. */
    public double get(String key) {
        Double value = asMap().get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "no value for subset \"" + key + "\" of " + modalities);
        }
        return value;
    }

    /** The value of all modalities together. */
    public double all() {
        return get(ModalitySet.all(modalities.size()));
    }

    /** The name of a subset: its modalities joined by + in configuration order. */
    public String key(ModalitySet subset) {
        return subset.key(modalities);
    }

    /** All values by name, ordered by size of the subset, then by configuration. */
    public Map<String, Double> asMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        if (!isEmpty()) {
            ModalitySet.nonEmptySubsets(modalities.size()).stream()
                    .sorted(ModalitySet.BY_SIZE)
                    .forEach(subset -> map.put(key(subset), get(subset)));
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SubsetValues that
                && modalities.equals(that.modalities)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * modalities.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
