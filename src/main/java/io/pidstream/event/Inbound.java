package io.pidstream.event;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import java.util.Objects;

/**
 * What a source hands to the job: a valid reading, a valid label, or the dead letter that a record
 * became. Exactly one is not null.
 *
 * <p>Sources validate, because a record with an absurd time must not reach the watermark.
 */
public record Inbound(Reading reading, Label label, DeadLetter deadLetter) {
    /** Event time given to a dead letter; a watermark generator ignores it. */
    public static final long NO_TIME = Long.MIN_VALUE;

    public static Inbound of(Reading reading) {
        return new Inbound(Objects.requireNonNull(reading), null, null);
    }

    public static Inbound of(Label label) {
        return new Inbound(null, Objects.requireNonNull(label), null);
    }

    public static Inbound of(DeadLetter deadLetter) {
        return new Inbound(null, null, Objects.requireNonNull(deadLetter));
    }

    /**
     * Event time, milliseconds since 1970: a reading's {@code time}, a label's {@code recordedAt},
     * {@link #NO_TIME} for a dead letter.
     */
    public long eventTime() {
        if (reading != null) {
            return reading.getTime().toEpochMilli();
        }
        return label != null ? label.getRecordedAt().toEpochMilli() : NO_TIME;
    }
}
