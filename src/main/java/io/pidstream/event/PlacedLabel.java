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
 * @param topic its topic, or its file; null if a program kept it that read labels from one topic
 *     only
 * @param partition partition of its topic; −1 for a file
 * @param offset offset in the partition; for a file, the line number, from 1
 */
public record PlacedLabel(Label label, String topic, int partition, long offset) {
    private static final Part PART = Part.of("event/placed-label", 2, EventFormats.LABEL.part());

    public static final Format<PlacedLabel> FORMAT =
            Formats.of(PART, PlacedLabel.class, PlacedLabel::writeTo, PlacedLabel::readFrom);

    /** In the place of a topic that is not known; a topic has a name. */
    private static final String UNKNOWN = "";

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
        out.writeUTF(topic == null ? UNKNOWN : topic);
    }

    private static PlacedLabel readFrom(DataInput in, Versions versions) throws IOException {
        Label label = EventFormats.LABEL.read(in, versions);
        int partition = in.readInt();
        long offset = in.readLong();
        String topic = versions.of(PART) > 1 ? in.readUTF() : UNKNOWN;
        return new PlacedLabel(label, topic.equals(UNKNOWN) ? null : topic, partition, offset);
    }
}
