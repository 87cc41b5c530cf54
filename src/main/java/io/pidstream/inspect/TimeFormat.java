package io.pidstream.inspect;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How times are written. */
sealed interface TimeFormat {
    /** What {@link #millis} gives for a text that is no time. */
    long NONE = Long.MIN_VALUE;

    /**
     * Milliseconds from 1970, UTC unless the text has an offset.
     *
     * @return {@link #NONE} if the text is not a time of this format
     */
    long millis(String text);

    /** The value of the key {@code csv.time-format}, in YAML. */
    String yaml();

    /** ISO 8601: a date, or a date and a time, with or without an offset. */
    record Iso() implements TimeFormat {
        private static final Pattern SHAPE =
                Pattern.compile(
                        "([+-]?\\d{4}-\\d{2}-\\d{2})"
                                + "(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?)"
                                + " ?(Z|[+-]\\d{2}(?::?\\d{2})?)?)?");

        @Override
        public long millis(String text) {
            Matcher parts = SHAPE.matcher(text);
            if (!parts.matches()) {
                return NONE;
            }
            try {
                LocalDate date = LocalDate.parse(parts.group(1));
                String time = parts.group(2);
                LocalDateTime local =
                        time == null
                                ? date.atStartOfDay()
                                : date.atTime(LocalTime.parse(time.replace(',', '.')));
                String offset = parts.group(3);
                return local.toInstant(offset == null ? ZoneOffset.UTC : ZoneOffset.of(offset))
                        .toEpochMilli();
            } catch (DateTimeException e) {
                // Such as the 31st of June.
                return NONE;
            }
        }

        @Override
        public String yaml() {
            return "iso";
        }
    }

    /** A pattern by the letters of {@link DateTimeFormatter}. */
    record Letters(String pattern, DateTimeFormatter formatter) implements TimeFormat {
        static Letters of(String pattern) {
            DateTimeFormatterBuilder builder =
                    new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
            if (!pattern.matches(".*[Hhk].*")) {
                builder.parseDefaulting(ChronoField.HOUR_OF_DAY, 0);
            }
            return new Letters(pattern, builder.toFormatter(Locale.ROOT));
        }

        @Override
        public long millis(String text) {
            try {
                TemporalAccessor parsed =
                        formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
                return parsed instanceof OffsetDateTime time
                        ? time.toInstant().toEpochMilli()
                        : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC).toEpochMilli();
            } catch (DateTimeException e) {
                return NONE;
            }
        }

        @Override
        public String yaml() {
            return pattern;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Letters letters && letters.pattern.equals(pattern);
        }

        @Override
        public int hashCode() {
            return pattern.hashCode();
        }
    }

    /**
     * Numbers that count from 1970.
     *
     * @param unit how the unit is called in a configuration
     */
    record Count(String unit, Duration one) implements TimeFormat {
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
    record SpreadsheetDays(Numerals numerals) implements TimeFormat {
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
