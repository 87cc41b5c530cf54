package io.pidstream.time;

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * ISO 8601, and what is commonly taken for it: a date alone, or a date and a time with {@code T} or
 * a space between them; seconds, a fraction after a point or a comma, an offset, {@code Z}, {@code
 * UTC} and a zone in brackets are optional. The basic form, {@code 20240131T120000Z}, as well.
 */
final class IsoFormat extends TimeFormat {
    private static final int DATE_LENGTH = "2024-01-31".length();
    private static final int FRACTION_DIGITS = 9;

    private static final DateTimeFormatter EXTENDED =
            withOffset(
                    new DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendValue(ChronoField.YEAR, 4)
                            .appendLiteral('-')
                            .appendValue(ChronoField.MONTH_OF_YEAR, 1, 2, SignStyle.NOT_NEGATIVE)
                            .appendLiteral('-')
                            .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
                            .optionalStart()
                            .appendLiteral('T')
                            .appendValue(ChronoField.HOUR_OF_DAY, 1, 2, SignStyle.NOT_NEGATIVE)
                            .appendLiteral(':')
                            .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
                            .optionalStart()
                            .appendLiteral(':')
                            .appendValue(ChronoField.SECOND_OF_MINUTE, 2));

    private static final DateTimeFormatter BASIC =
            withOffset(
                    new DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendValue(ChronoField.YEAR, 4)
                            .appendValue(ChronoField.MONTH_OF_YEAR, 2)
                            .appendValue(ChronoField.DAY_OF_MONTH, 2)
                            .optionalStart()
                            .appendLiteral('T')
                            .appendValue(ChronoField.HOUR_OF_DAY, 2)
                            .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
                            .optionalStart()
                            .appendValue(ChronoField.SECOND_OF_MINUTE, 2));

    /** Ends the optional seconds and the optional time. */
    private static DateTimeFormatter withOffset(DateTimeFormatterBuilder toSeconds) {
        return toSeconds
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, FRACTION_DIGITS, true)
                .optionalEnd()
                .optionalEnd()
                .optionalStart()
                .appendLiteral(' ')
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HH:MM", "Z")
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HHMM", "Z")
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HH", "Z")
                .optionalEnd()
                .optionalStart()
                .appendLiteral('[')
                .parseCaseSensitive()
                .appendZoneRegionId()
                .appendLiteral(']')
                .optionalEnd()
                .optionalEnd()
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT); // There is no 30 February.
    }

    @Override
    WrittenTime read(String text) {
        String plain = plain(text);
        boolean basic = plain.length() > 4 && Character.isDigit(plain.charAt(4));
        DateTimeFormatter format = basic ? BASIC : EXTENDED;
        String midnight = basic ? "T2400" : "T24:00";
        if (!plain.contains(midnight)) {
            return ParsedTimes.of(format.parse(plain), text);
        }
        String startOfDay = plain.replace(midnight, midnight.replace("24", "00"));
        return ParsedTimes.of(format.parse(startOfDay), text).plus(Duration.ofDays(1));
    }

    /** With T, a decimal point, and Z for UTC. */
    private static String plain(String text) {
        String plain = text.replace(',', '.');
        int space = plain.indexOf(' ');
        if (space > 0 && space <= DATE_LENGTH) {
            plain = plain.substring(0, space) + 'T' + plain.substring(space + 1).stripLeading();
        }
        String upper = plain.toUpperCase(Locale.ROOT);
        if (upper.endsWith("UTC") || upper.endsWith("GMT")) {
            plain = plain.substring(0, plain.length() - 3).stripTrailing() + 'Z';
        }
        return plain;
    }

    @Override
    public String expected() {
        return "a time like 2024-01-31T12:00:00Z or 2024-01-31 12:00:00";
    }
}
