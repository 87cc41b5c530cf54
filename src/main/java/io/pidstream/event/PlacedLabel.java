package io.pidstream.event;

import io.pidstream.avro.Label;
import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/**
 * A valid label with its origin, which is needed if it is refused later.
 *
 * @param partition partition of its topic; −1 for a file
 * @param offset offset in the partition; for a file, the line number, from 1
 */
public record PlacedLabel(Label label, int partition, long offset) {
    public static final Format<PlacedLabel> FORMAT =
            Formats.of(
                    Part.of("event/placed-label", 1, EventFormats.LABEL.part()),
                    PlacedLabel.class,
                    PlacedLabel::writeTo,
                    PlacedLabel::readFrom);

    public PlacedLabel {
        Objects.requireNonNull(label);
    }

    public String asset() {
        return label.getAsset();
    }

    private void writeTo(DataOutput out) throws IOException {
        EventFormats.LABEL.write(label, out);
        out.writeInt(partition);
        out.writeLong(offset);
    }

    private static PlacedLabel readFrom(DataInput in, Versions versions) throws IOException {
        return new PlacedLabel(EventFormats.LABEL.read(in, versions), in.readInt(), in.readLong());
    }
}
