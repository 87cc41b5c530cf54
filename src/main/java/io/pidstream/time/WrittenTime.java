package io.pidstream.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * A time as it was written: either an instant, because the text has an offset or counts from 1970,
 * or the local time of a place that the text does not name.
 *
 * @param instant the instant; null if the time is local
 * @param local the local time; null if the time is an instant
 */
public record WrittenTime(Instant instant, LocalDateTime local) {
    public WrittenTime {
        if ((instant == null) == (local == null)) {
            throw new IllegalArgumentException(
                    "expected an instant or a local time: %s, %s".formatted(instant, local));
        }
    }

    static WrittenTime of(Instant instant) {
        return new WrittenTime(instant, null);
    }

    static WrittenTime of(LocalDateTime local) {
        return new WrittenTime(null, local);
    }

    WrittenTime plus(Duration duration) {
        return instant == null ? of(local.plus(duration)) : of(instant.plus(duration));
    }

    /**
     * The instant, by itself. A local time that the zone has twice is taken as its first
     * occurrence; one that the zone skips is moved by the length of the gap. {@link ZonedTimes}
     * tells the occurrences of a sequence apart.
     *
     * @param zone of a local time
     */
    public Instant in(ZoneId zone) {
        return instant == null ? local.atZone(zone).toInstant() : instant;
    }
}
