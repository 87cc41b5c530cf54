package io.pidstream.time;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** A pattern with the letters of {@link DateTimeFormatter}; names of months and days in English. */
final class PatternFormat extends TimeFormat {
    /** A time whose fields all differ, so that letters of the wrong field do not go unnoticed. */
    private static final ZonedDateTime EXAMPLE =
            ZonedDateTime.of(2024, 12, 30, 17, 45, 59, 120_000_000, ZoneId.of("Europe/Paris"));

    private static final int HOUR_AFTER_THE_LAST = 24;

    private final String pattern;
    private final DateTimeFormatter formatter;

    PatternFormat(String pattern) {
        this.pattern = pattern;
        this.formatter =
                new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(withPlainYears(pattern))
                        .toFormatter(Locale.ENGLISH)
                        .withResolverStyle(ResolverStyle.STRICT); // There is no 30 February.
        check();
    }

    /** A strict formatter knows a year of an era, yyyy, only beside its era. */
    private static String withPlainYears(String pattern) {
        String[] parts = pattern.split("'", -1);
        if (pattern.indexOf('G') >= 0) {
            return pattern;
        }
        for (int i = 0; i < parts.length; i += 2) {
            parts[i] = parts[i].replace('y', 'u');
        }
        return String.join("'", parts);
    }

    /** Reads an example back: a date that is lost here is lost in every row. */
    private void check() {
        TemporalAccessor parsed;
        String text;
        try {
            text = formatter.format(EXAMPLE);
            parsed = formatter.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "%s cannot be read back: %s".formatted(pattern, e.getMessage()), e);
        }
        if (!EXAMPLE.toLocalDate().equals(parsed.query(TemporalQueries.localDate()))) {
            throw new IllegalArgumentException(
                    "%s has no whole date: year yyyy, month MM, day dd".formatted(pattern));
        }
        String letters = pattern.replaceAll("'[^']*'", "");
        if (letters.indexOf('D') >= 0 && letters.matches(".*[ML].*")) {
            throw new IllegalArgumentException(
                    "%s has the day of the year, D, beside a month; the day is dd"
                            .formatted(pattern));
        }
        if (parsed.query(TemporalQueries.localTime()) == null
                && letters.matches(".*[hHkKmsSAnNa].*")) {
            throw new IllegalArgumentException(
                    "%s has no whole time: hour HH (or hh with a), minute mm".formatted(pattern));
        }
    }

    @Override
    WrittenTime read(String text) {
        TemporalAccessor parsed;
        try {
            parsed = formatter.parse(text);
        } catch (DateTimeParseException e) {
            TemporalAccessor fields = formatter.parseUnresolved(text, new ParsePosition(0));
            if (fields == null
                    || !fields.isSupported(ChronoField.HOUR_OF_DAY)
                    || fields.getLong(ChronoField.HOUR_OF_DAY) != HOUR_AFTER_THE_LAST) {
                throw e;
            }
            parsed = endOfDay(text, fields);
        }
        return ParsedTimes.of(parsed, text);
    }

    /**
     * The hour 24 ends a day, as in data of energy and weather. A strict formatter has no such
     * hour; another one has, but a 30 February, too.
     */
    private TemporalAccessor endOfDay(String text, TemporalAccessor fields) {
        TemporalAccessor next = formatter.withResolverStyle(ResolverStyle.SMART).parse(text);
        LocalDate day = next.query(TemporalQueries.localDate()).minusDays(1);
        if (fields.isSupported(ChronoField.DAY_OF_MONTH)
                && fields.getLong(ChronoField.DAY_OF_MONTH) != day.getDayOfMonth()) {
            throw new DateTimeException("there is no such day: " + text);
        }
        return next;
    }

    @Override
    public String expected() {
        return "a time like %s (%s)".formatted(pattern, formatter.format(EXAMPLE));
    }
}
