package io.pidstream.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in a text. */
public final class Durations {
    /** What a duration looks like, for messages. */
    public static final String EXPECTED = "a duration such as 24h, 90m, 30s, 7d, PT1H or P2D";

    private static final Pattern SHORT =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ns|us|µs|ms|s|m|min|h|d)");

    private Durations() {}

    /**
     * @param text a number and a unit, such as {@code 24h}, {@code 90m}, {@code 30s}, {@code 7d} or
     *     {@code 500ms}, or the form of ISO 8601
     * @throws DateTimeException if it is neither, or too long
     */
    public static Duration parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = SHORT.matcher(plain);
        if (!matcher.matches()) {
            return Duration.parse(plain);
        }
        try {
            return EpochFormat.times(matcher.group(1), unit(matcher.group(2)));
        } catch (ArithmeticException e) {
            throw new DateTimeException(text + " is too long", e);
        }
    }

    /**
     * What a number counts: {@code s}, {@code ms}, {@code us}, {@code ns} or a duration.
     *
     * @throws DateTimeException if it is none of them
     */
    public static Duration parseUnit(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        return plain.matches("ns|us|µs|ms|s|m|min|h|d") ? unit(plain) : parse(text);
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ns" -> Duration.ofNanos(1);
            case "us", "µs" -> Duration.ofNanos(1_000);
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m", "min" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
