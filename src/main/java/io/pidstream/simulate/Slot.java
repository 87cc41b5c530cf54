package io.pidstream.simulate;

import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import java.time.Instant;
import java.util.List;

/**
 * The output of a plant at one time.
 *
 * @param time the time
 * @param readings readings measured now: by asset, then by modality
 * @param labels labels of earlier slots that became known since the previous slot
 */
public record Slot(Instant time, List<Reading> readings, List<Label> labels) {
    public Slot {
        readings = List.copyOf(readings);
        labels = List.copyOf(labels);
    }
}
