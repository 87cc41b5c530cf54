package io.pidstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.time.Durations;
import io.pidstream.time.TimeFormat;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The types of keys that only files have. */
final class CsvTypes {
    private static final String TAB = "tab";

    private CsvTypes() {}

    /** One character; {@code tab} for a tabulator. */
    static KeyType<Character> delimiter() {
        return scalar(
                "one character that is neither a letter, a digit nor a quote; or tab",
                ',',
                CsvTypes::delimiter,
                delimiter -> delimiter == '\t' ? TAB : String.valueOf(delimiter));
    }

    private static char delimiter(String text) {
        if (text.equals(TAB)) {
            return '\t';
        }
        boolean valid = text.length() == 1 && !Character.isLetterOrDigit(text.charAt(0));
        if (!valid || "\"\r\n".contains(text)) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }

    /**
     * @param characters those that are valid
     */
    static KeyType<Character> oneOf(String characters) {
        return scalar(
                "one of " + String.join(" ", characters.split("")).replace("  ", " (a space)"),
                characters.charAt(0),
                text -> {
                    if (text.length() != 1 || !characters.contains(text)) {
                        throw new IllegalArgumentException(text);
                    }
                    return text.charAt(0);
                },
                String::valueOf);
    }

    static KeyType<String> encoding() {
        return scalar(
                "a character set such as UTF-8, ISO-8859-1 or windows-1252",
                "UTF-8",
                text -> Charset.forName(text).name(),
                name -> name);
    }

    static KeyType<ZoneId> zone() {
        return scalar(
                "a zone such as Europe/Berlin, UTC or +01:00",
                ZoneId.of("UTC"),
                ZoneId::of,
                ZoneId::getId);
    }

    /** A format of {@link TimeFormat#of}, with its reason where a pattern is invalid. */
    static KeyType<String> timeFormat() {
        String expected =
                "iso, excel, a pattern such as dd.MM.yyyy HH:mm, or {unit: s} for a number";
        return scalar(
                expected,
                TimeFormat.ISO,
                text -> {
                    TimeFormat.of(text);
                    return text;
                },
                format -> format);
    }

    /** What a number counts. */
    static KeyType<Duration> unit() {
        return scalar(
                "s, ms, us, ns or a duration above zero",
                Duration.ofSeconds(1),
                text -> {
                    Duration unit = Durations.parseUnit(text);
                    if (unit.isZero() || unit.isNegative()) {
                        throw new IllegalArgumentException(text);
                    }
                    return unit;
                },
                Duration::toString);
    }

    /** A text, or a list of up to two. */
    static KeyType<List<String>> columns() {
        ListType<String> two = ListType.of(KeyTypes.text(), "columns", 1, 2);
        return new KeyType<>() {
            @Override
            public String expected() {
                return "a column, or a list of two";
            }

            @Override
            public Optional<List<String>> read(JsonNode value, Report report) {
                return value.isArray()
                        ? two.read(value, report)
                        : KeyTypes.text().read(value, report).map(List::of);
            }

            @Override
            public Object write(List<String> value) {
                return value.size() == 1 ? value.get(0) : value;
            }

            @Override
            public List<String> placeholder() {
                return List.of();
            }
        };
    }

    /**
     * @param parse throws an unchecked exception if the text is invalid
     */
    private static <T> KeyType<T> scalar(
            String expected, T placeholder, Function<String, T> parse, Function<T, Object> write) {
        return new KeyType<>() {
            @Override
            public String expected() {
                return expected;
            }

            @Override
            public Optional<T> read(JsonNode value, Report report) {
                try {
                    if (value.isValueNode()) {
                        return Optional.of(parse.apply(value.asText()));
                    }
                    report.problem("", value, expected);
                } catch (IllegalArgumentException | DateTimeException e) {
                    boolean isPlain = e.getMessage().equals(value.asText());
                    report.problem("", value, isPlain ? expected : expected + why(e));
                }
                return Optional.empty();
            }

            @Override
            public Object write(T value) {
                return write.apply(value);
            }

            @Override
            public T placeholder() {
                return placeholder;
            }
        };
    }

    private static String why(Exception e) {
        return "; " + e.getMessage();
    }
}
