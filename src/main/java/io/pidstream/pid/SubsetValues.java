package io.pidstream.pid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One number for every non-empty subset of some modalities. A subset is a bit mask, bit i for
 * modality i of the configuration, or the names joined by +. Immutable.
 */
public final class SubsetValues {
    private final List<String> modalities;

    /** By mask; position 0 is not used. Empty when there are no values. */
    private final double[] values;

    /** Takes the array over; [2^K], or [0] for none. */
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

    /** Whether there are no values, as when a decomposition is undefined. */
    public boolean isEmpty() {
        return values.length == 0;
    }

    /**
     * The value of a subset.
     *
     * @param mask bit i set: modality i is in the subset; 1 to 2^K − 1
     */
    public double get(int mask) {
        if (mask < 1 || mask >= values.length) {
            throw new IllegalArgumentException("no value for subset " + mask + " of " + modalities);
        }
        return values[mask];
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
        return get((1 << modalities.size()) - 1);
    }

    /** The name of a subset: its modalities joined by + in configuration order. */
    public String key(int mask) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < modalities.size(); i++) {
            if ((mask >> i & 1) == 1) {
                names.add(modalities.get(i));
            }
        }
        return String.join("+", names);
    }

    /** All values by name, in the order of size, then configuration. */
    public Map<String, Double> asMap() {
        List<Integer> masks = new ArrayList<>();
        for (int mask = 1; mask < values.length; mask++) {
            masks.add(mask);
        }
        // Of two subsets of one size, the one with the earlier modality has the higher bit when
        // reversed.
        masks.sort(
                Comparator.<Integer>comparingInt(Integer::bitCount)
                        .thenComparing(
                                Comparator.<Integer>comparingLong(
                                                m -> Integer.toUnsignedLong(Integer.reverse(m)))
                                        .reversed()));
        Map<String, Double> map = new LinkedHashMap<>();
        masks.forEach(mask -> map.put(key(mask), values[mask]));
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
