package io.pidstream.event;

import io.pidstream.avro.Label;
import java.util.Objects;

/**
 * A valid label, and where it came from, as it may turn out later that it cannot be learned.
 *
 * @param partition partition of its topic; −1 for a file
 * @param offset offset in the partition; for a file, the line number, from 1
 */
public record PlacedLabel(Label label, int partition, long offset) {
    public PlacedLabel {
        Objects.requireNonNull(label);
    }

    public String asset() {
        return label.getAsset();
    }
}
