package io.pidstream.record;

import io.pidstream.event.Modality;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Orders names of channels with their modality, such as {@code gas.CO}: by the places of modality
 * and channel in the configuration, those that it does not have last, then by name.
 */
final class ChannelOrder implements Comparator<String> {
    private final Map<String, Integer> modalities = new HashMap<>();
    private final Map<String, Integer> channels = new HashMap<>();

    /**
     * @param configured in the order of the configuration; may be empty
     */
    ChannelOrder(List<Modality> configured) {
        for (Modality modality : configured) {
            modalities.put(modality.name(), modalities.size());
            for (String channel : modality.channels()) {
                channels.put(modality.name() + "." + channel, channels.size());
            }
        }
    }

    SortedMap<String, Double> sorted(Map<String, Double> parts) {
        SortedMap<String, Double> sorted = new TreeMap<>(this);
        sorted.putAll(parts);
        return sorted;
    }

    @Override
    public int compare(String a, String b) {
        int byModality =
                Integer.compare(place(modalities, modality(a)), place(modalities, modality(b)));
        if (byModality != 0) {
            return byModality;
        }
        int byChannel = Integer.compare(place(channels, a), place(channels, b));
        return byChannel != 0 ? byChannel : a.compareTo(b);
    }

    /** The name of a modality has no dot. */
    private static String modality(String channel) {
        int dot = channel.indexOf('.');
        return dot < 0 ? channel : channel.substring(0, dot);
    }

    private static int place(Map<String, Integer> places, String name) {
        return places.getOrDefault(name, Integer.MAX_VALUE);
    }
}
