package io.pidstream.admit;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.event.EventFormats;
import io.pidstream.event.PlacedLabel;
import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/**
 * Output of a source: a valid reading, a valid label, or a dead letter. Exactly one is not null.
 *
 * <p>Validation happens in the source, because a record with an invalid time must not affect the
 * watermark.
 */
public record Inbound(Reading reading, PlacedLabel placed, DeadLetter deadLetter) {
    public static final Format<Inbound> FORMAT =
            Formats.of(
                    Part.of(
                            "admit/inbound",
                            2,
                            EventFormats.READING.part(),
                            PlacedLabel.FORMAT.part(),
                            EventFormats.DEAD_LETTER.part()),
                    Inbound.class,
                    Inbound::writeTo,
                    Inbound::readFrom);

    private static final int READING = 1;
    private static final int LABEL = 2;
    private static final int DEAD_LETTER = 3;

    /** Event time given to a dead letter; a watermark generator ignores it. */
    public static final long NO_TIME = Long.MIN_VALUE;

    public static Inbound of(Reading reading) {
        return new Inbound(Objects.requireNonNull(reading), null, null);
    }

    public static Inbound of(PlacedLabel placed) {
        return new Inbound(null, Objects.requireNonNull(placed), null);
    }

    public static Inbound of(DeadLetter deadLetter) {
        return new Inbound(null, null, Objects.requireNonNull(deadLetter));
    }

    /** The label without its position; null if this is not a label. */
    public Label label() {
        return placed == null ? null : placed.label();
    }

    /**
     * Event time, milliseconds since 1970: a reading's {@code time}, a label's {@code recordedAt},
     * {@link #NO_TIME} for a dead letter.
     */
    public long eventTime() {
        if (reading != null) {
            return reading.getTime().toEpochMilli();
        }
        return placed != null ? placed.label().getRecordedAt().toEpochMilli() : NO_TIME;
    }

    private void writeTo(DataOutput out) throws IOException {
        if (reading != null) {
            out.writeByte(READING);
            EventFormats.READING.write(reading, out);
        } else if (placed != null) {
            out.writeByte(LABEL);
            PlacedLabel.FORMAT.write(placed, out);
        } else {
            out.writeByte(DEAD_LETTER);
            EventFormats.DEAD_LETTER.write(deadLetter, out);
        }
    }

    private static Inbound readFrom(DataInput in, Versions versions) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case READING -> of(EventFormats.READING.read(in, versions));
            case LABEL -> of(PlacedLabel.FORMAT.read(in, versions));
            case DEAD_LETTER -> of(EventFormats.DEAD_LETTER.read(in, versions));
            default -> throw new IOException("tag " + tag + " of an inbound record is unknown");
        };
    }
}
