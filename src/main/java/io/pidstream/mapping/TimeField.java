package io.pidstream.mapping;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where a time is, and how it is written.
 *
 * @param field path of the field; null if the time is elsewhere
 * @param unit of a number since 1970: s, ms, us or ns; null if it is not one
 * @param format of a text: iso, or a pattern; null if it is a number
 * @param zone time zone of a text without one; null for UTC
 * @param delay for {@code recorded-at}: so long after the time of measurement; null if it is
 *     elsewhere
 */
public record TimeField(String field, String unit, String format, String zone, Duration delay)
        implements Serializable {
    /** The timestamp of the Kafka record. */
    public static final TimeField RECORD = new TimeField(null, null, null, null, null);

    public static TimeField after(Duration delay) {
        return new TimeField(null, null, null, null, delay);
    }

    /** Whether it is the timestamp of the Kafka record. */
    public boolean isRecord() {
        return field == null && delay == null;
    }
}
