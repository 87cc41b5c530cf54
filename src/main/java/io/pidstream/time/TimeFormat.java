package io.pidstream.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * How times are written: ISO 8601, a pattern, a count from 1970, or the days of a spreadsheet.
 * Immutable and safe for several threads.
 */
public abstract class TimeFormat {
    /** Name of ISO 8601; see {@link IsoFormat}. */
    public static final String ISO = "iso";

    /** Name of the days of a spreadsheet: since 1899-12-30, with a fraction. */
    public static final String EXCEL = "excel";

    private static final int LAST_YEAR = 9999;

    TimeFormat() {}

    /**
     * @param format {@link #ISO}, {@link #EXCEL}, or a pattern with the letters of {@link
     *     java.time.format.DateTimeFormatter}
     * @throws IllegalArgumentException saying what is wrong with the pattern
     */
    public static TimeFormat of(String format) {
        return switch (format) {
            case ISO -> new IsoFormat();
            case EXCEL -> new SpreadsheetFormat();
            default -> new PatternFormat(format);
        };
    }

    /**
     * Numbers, with or without a fraction, that count from 1970.
     *
     * @param unit what is counted
     */
    public static TimeFormat since1970(Duration unit) {
        return new EpochFormat(unit);
    }

    /**
     * @param text without space around it
     * @throws DateTimeException if the text is not such a time, or is not in the years 0 to 9999
     */
    public final WrittenTime parse(String text) {
        WrittenTime time = read(text);
        int year =
                time.local() == null
                        ? time.instant().atOffset(ZoneOffset.UTC).getYear()
                        : time.local().getYear();
        if (year < 0 || year > LAST_YEAR) {
            throw new DateTimeException("%s is in the year %d".formatted(text, year));
        }
        return time;
    }

    abstract WrittenTime read(String text);

    /** What a text should be, for messages: "a time like …". */
    public abstract String expected();
}
