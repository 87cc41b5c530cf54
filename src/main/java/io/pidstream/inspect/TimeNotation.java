package io.pidstream.inspect;

import io.pidstream.time.TimeFormat;
import io.pidstream.time.WrittenTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;

/** How times are written. */
sealed interface TimeNotation {
    /** What {@link #millis} gives for a text that is no time. */
    long NONE = Long.MIN_VALUE;

    /**
     * Milliseconds from 1970, UTC unless the text has an offset.
     *
     * @return {@link #NONE} if the text is not a time of this format
     */
    long millis(String text);

    /** As a reader of files reads it; a time without an offset counts as UTC. */
    private static long read(TimeFormat reader, String text) {
        try {
            WrittenTime time = reader.parse(text);
            return time.local() == null
                    ? time.instant().toEpochMilli()
                    : time.local().toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    /** The value of the key {@code csv.time-format}, in YAML. */
    String yaml();

    /** ISO 8601: a date, or a date and a time, with or without an offset. */
    record Iso(TimeFormat reader) implements TimeNotation {
        Iso() {
            this(TimeFormat.of(TimeFormat.ISO));
        }

        @Override
        public long millis(String text) {
            // Quick, as most texts that are asked about are no times.
            return text.length() < "2024-01-31".length() || text.charAt(4) != '-'
                    ? NONE
                    : read(reader, text);
        }

        @Override
        public String yaml() {
            return TimeFormat.ISO;
        }
    }

    /** A pattern by the letters of {@link java.time.format.DateTimeFormatter}. */
    record Letters(String pattern, TimeFormat reader) implements TimeNotation {
        /** Null if a reader of files does not take the pattern. */
        static Letters of(String pattern) {
            try {
                return new Letters(pattern, TimeFormat.of(pattern));
            } catch (IllegalArgumentException e) {
                // Such as a pattern without a year, which a text of that shape suggested.
                return null;
            }
        }

        @Override
        public long millis(String text) {
            return read(reader, text);
        }

        @Override
        public String yaml() {
            return pattern;
        }
    }

    /**
     * Numbers that count from 1970.
     *
     * @param unit how the unit is called in a configuration
     */
    record Count(String unit, Duration one) implements TimeNotation {
        static final Count SECONDS = new Count("s", Duration.ofSeconds(1));
        static final Count MILLISECONDS = new Count("ms", Duration.ofMillis(1));
        static final Count MICROSECONDS = new Count("us", Duration.ofNanos(1000));
        static final Count NANOSECONDS = new Count("ns", Duration.ofNanos(1));

        @Override
        public long millis(String text) {
            double count = Numerals.PLAIN.parse(text);
            double millis = count * (one.toNanos() / 1e6);
            return Double.isNaN(count) || Math.abs(millis) > 1e15 ? NONE : Math.round(millis);
        }

        @Override
        public String yaml() {
            return "{unit: " + unit + "}";
        }
    }

    /** Days from the end of 1899, as spreadsheets count. */
    record SpreadsheetDays(Numerals numerals) implements TimeNotation {
        private static final int DAYS_UNTIL_1970 = 25_569;
        private static final double MILLIS_A_DAY = 86_400_000;

        @Override
        public long millis(String text) {
            double days = numerals.parse(text);
            return Double.isNaN(days) ? NONE : Math.round((days - DAYS_UNTIL_1970) * MILLIS_A_DAY);
        }

        @Override
        public String yaml() {
            return "excel";
        }
    }
}
