package io.pidstream.event;

import java.io.Serializable;
import java.util.List;

/**
 * A named group of sensor channels that arrive together.
 *
 * @param name name, as in topics and explanations
 * @param channels names of its channels, in the order of a reading's values
 */
public record Modality(String name, List<String> channels) implements Serializable {
    public Modality {
        channels = List.copyOf(channels);
    }
}
