package io.pidstream.record;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Orders the keys of an explanation's maps, which are modalities or sets of them joined by {@code
 * +}: fewer modalities first, then by their places in the configuration, then by name.
 */
public final class ModalityOrder implements Comparator<String> {
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * @param modalities names in the order of the configuration
     */
    public ModalityOrder(List<String> modalities) {
        for (String modality : modalities) {
            places.put(modality, places.size());
        }
    }

    public <V> SortedMap<String, V> sorted(Map<String, V> map) {
        SortedMap<String, V> sorted = new TreeMap<>(this);
        sorted.putAll(map);
        return sorted;
    }

    @Override
    public int compare(String a, String b) {
        List<String> left = Arrays.asList(a.split("\\+", -1));
        List<String> right = Arrays.asList(b.split("\\+", -1));
        if (left.size() != right.size()) {
            return Integer.compare(left.size(), right.size());
        }
        for (int i = 0; i < left.size(); i++) {
            int byPlace = Integer.compare(place(left.get(i)), place(right.get(i)));
            if (byPlace != 0) {
                return byPlace;
            }
        }
        return a.compareTo(b);
    }

    private int place(String modality) {
        return places.getOrDefault(modality, Integer.MAX_VALUE);
    }
}
