package io.pidstream.event;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What versions can encode: the modalities of the sensors, and the target's own past beside them.
 *
 * @param sensors the modalities of the configuration
 * @param past the target's own past as a modality; null if it is none
 */
public record EncodableModalities(Modalities sensors, Modality past) implements Serializable {
    /** The modalities of a version: with the past if the last of its names is that of the past. */
    public Modalities of(List<String> names) {
        boolean withPast = past != null && names.get(names.size() - 1).equals(past.name());
        return withPast ? all() : sensors;
    }

    /** All of them. */
    public Modalities all() {
        return past == null ? sensors : sensors.with(past);
    }

    /** The channels by modality, in order, that a version with these names has to have. */
    public Map<String, List<String>> channelsOf(List<String> names) {
        Map<String, List<String>> channels = new LinkedHashMap<>();
        of(names).all().forEach(m -> channels.put(m.name(), m.channels()));
        return channels;
    }
}
