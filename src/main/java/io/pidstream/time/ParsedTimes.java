package io.pidstream.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;

/** The fields of a parsed text as a time. */
final class ParsedTimes {
    private ParsedTimes() {}

    /**
     * A date without time is its midnight. An offset is followed even where a zone is named as
     * well.
     *
     * @throws DateTimeException if there is no date
     */
    static WrittenTime of(TemporalAccessor parsed, String text) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date == null) {
            throw new DateTimeException("%s has no date".formatted(text));
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
        if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
            int seconds = parsed.get(ChronoField.OFFSET_SECONDS);
            return WrittenTime.of(local.toInstant(ZoneOffset.ofTotalSeconds(seconds)));
        }
        ZoneId zone = parsed.query(TemporalQueries.zone());
        return zone == null
                ? WrittenTime.of(local)
                : WrittenTime.of(local.atZone(zone).toInstant());
    }
}
