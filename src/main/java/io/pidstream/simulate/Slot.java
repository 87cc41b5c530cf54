package io.pidstream.simulate;

import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import java.time.Instant;
import java.util.List;

/**
 * What a plant sends at one moment.
 *
 * @param time the moment
 * @param readings measured now: by asset, then by modality
 * @param labels that became known since the moment before, about earlier slots
 */
public record Slot(Instant time, List<Reading> readings, List<Label> labels) {
    public Slot {
        readings = List.copyOf(readings);
        labels = List.copyOf(labels);
    }
}
