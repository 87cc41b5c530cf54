package io.pidstream.admit;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.event.PlacedLabel;
import java.util.Objects;

/**
 * What a source hands to the job: a valid reading, a valid label, or the dead letter that a record
 * became. Exactly one is not null.
 *
 * <p>Sources validate, because a record with an absurd time must not reach the watermark.
 */
public record Inbound(Reading reading, PlacedLabel placed, DeadLetter deadLetter) {
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

    /** The label without its place; null if this is none. */
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
}
