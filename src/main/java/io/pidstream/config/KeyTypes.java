package io.pidstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.mapping.FieldPath;
import io.pidstream.time.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The types of keys. */
final class KeyTypes {
    static final Duration MILLISECOND = Duration.ofMillis(1);

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private KeyTypes() {}

    static KeyType<String> text() {
        return text(text -> true, "a text");
    }

    static KeyType<String> text(String pattern, String expected) {
        return text(text -> text.matches(pattern), expected);
    }

    static KeyType<String> text(Predicate<String> accepted, String expected) {
        return new Scalar<>(expected, "", text -> text) {
            @Override
            public Optional<String> read(JsonNode value, Report report) {
                if (!value.isValueNode() || value.asText().isEmpty()) {
                    return refused(value, report);
                }
                return accepted.test(value.asText())
                        ? Optional.of(value.asText())
                        : refused(value.asText(), report);
            }
        };
    }

    /** The path of a field of messages. */
    static KeyType<String> path() {
        return new Scalar<>(FieldPath.EXPECTED, "", text -> text) {
            @Override
            public Optional<String> read(JsonNode value, Report report) {
                Optional<String> text = text().read(value, report);
                Optional<String> problem = text.flatMap(FieldPath::problem);
                problem.ifPresent(expected -> report.problem("", text.get(), expected));
                return problem.isPresent() ? Optional.empty() : text;
            }
        };
    }

    /**
     * A mapping of texts to texts.
     *
     * @param what what they are, for messages
     */
    static KeyType<Map<String, String>> texts(String what) {
        return new Scalar<>("a mapping of " + what, Map.of(), texts -> texts) {
            @Override
            public Optional<Map<String, String>> read(JsonNode value, Report report) {
                if (!value.isObject()) {
                    return refused(value, report);
                }
                Map<String, String> flat = new LinkedHashMap<>();
                flatten("", value, flat);
                return Optional.of(flat);
            }
        };
    }

    /** A text that {@link ConfigFile#write} hides unless it contains a placeholder. */
    static KeyType<String> secret() {
        return new Scalar<>("a text", "", HiddenSecrets::text) {
            @Override
            public Optional<String> read(JsonNode value, Report report) {
                return text().read(value, report);
            }
        };
    }

    /** A text whose secret is not in the file, but in a variable or another file. */
    static KeyType<String> placedSecret() {
        String expected = "a text with ${env:NAME} or ${file:/path} for the secret";
        return new Scalar<>(expected, "", HiddenSecrets::text) {
            @Override
            public Optional<String> read(JsonNode value, Report report) {
                return value.asText().matches(".*\\$\\{(env|file):[^}]+}.*")
                        ? Optional.of(value.asText())
                        : refused("(hidden)", report);
            }
        };
    }

    static KeyType<Boolean> flag() {
        return new Scalar<>("true or false", false, flag -> flag) {
            @Override
            public Optional<Boolean> read(JsonNode value, Report report) {
                return value.isBoolean() ? Optional.of(value.asBoolean()) : refused(value, report);
            }
        };
    }

    static KeyType<Integer> integer(int least, int most) {
        return new Scalar<>(
                "a whole number from %d to %d".formatted(least, most), least, number -> number) {
            @Override
            public Optional<Integer> read(JsonNode value, Report report) {
                boolean fits = value.isIntegralNumber() && value.canConvertToInt();
                return fits && value.asInt() >= least && value.asInt() <= most
                        ? Optional.of(value.asInt())
                        : refused(value, report);
            }
        };
    }

    /** Numbers between two bounds, both excluded. */
    static KeyType<Double> between(double above, double below) {
        return number(
                "a number above %s and below %s"
                        .formatted(Default.plain(above), Default.plain(below)),
                number -> number > above && number < below);
    }

    /** Numbers between two bounds, the lower included, the upper excluded. */
    static KeyType<Double> from(double least, double below) {
        return number(
                "a number of at least %s and below %s"
                        .formatted(Default.plain(least), Default.plain(below)),
                number -> number >= least && number < below);
    }

    /** Any number. */
    static KeyType<Double> number() {
        return number("a number", Double::isFinite);
    }

    private static KeyType<Double> number(String expected, Predicate<Double> accepted) {
        return new Scalar<>(expected, 0.0, number -> number) {
            @Override
            public Optional<Double> read(JsonNode value, Report report) {
                return value.isNumber() && accepted.test(value.asDouble())
                        ? Optional.of(value.asDouble())
                        : refused(value, report);
            }
        };
    }

    static KeyType<Duration> duration(Duration least) {
        String range = "a duration from " + least + " to P" + LONGEST.toDays() + "D";
        return new Scalar<>(range, Duration.ofHours(1), Duration::toString) {
            @Override
            public Optional<Duration> read(JsonNode value, Report report) {
                try {
                    Duration duration = Durations.parse(value.asText());
                    return duration.compareTo(least) >= 0 && duration.compareTo(LONGEST) <= 0
                            ? Optional.of(duration)
                            : refused(value, report);
                } catch (DateTimeException e) {
                    report.problem("", value, Durations.EXPECTED);
                    return Optional.empty();
                }
            }
        };
    }

    /** The constants of an enum, in lower case and with hyphens. */
    static <E extends Enum<E>> KeyType<E> choice(Class<E> type) {
        return choice(Arrays.asList(type.getEnumConstants()), KeyTypes::text);
    }

    static KeyType<String> choice(List<String> names) {
        return choice(names, name -> name);
    }

    private static <T> KeyType<T> choice(List<T> values, Function<T, Object> text) {
        String expected =
                "one of "
                        + String.join(
                                ", ", values.stream().map(text).map(String::valueOf).toList());
        return new Scalar<>(expected, values.get(0), text) {
            @Override
            public Optional<T> read(JsonNode value, Report report) {
                Optional<T> chosen =
                        values.stream()
                                .filter(v -> text.apply(v).equals(value.asText()))
                                .findFirst();
                return chosen.isPresent() ? chosen : refused(value, report);
            }
        };
    }

    /** A constant as in the file. */
    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A mapping whose keys belong to another program; nested mappings are joined by dots. */
    static KeyType<Map<String, String>> passedOn() {
        return new Scalar<>("a mapping of keys to values", Map.of(), HiddenSecrets::values) {
            @Override
            public Optional<Map<String, String>> read(JsonNode value, Report report) {
                if (!value.isObject()) {
                    return refused(value, report);
                }
                Map<String, String> flat = new LinkedHashMap<>();
                flatten("", value, flat);
                return Optional.of(flat);
            }
        };
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> flat) {
        node.fields()
                .forEachRemaining(
                        entry -> {
                            String key = prefix + entry.getKey();
                            if (entry.getValue().isObject()) {
                                flatten(key + ".", entry.getValue(), flat);
                            } else {
                                flat.put(key, entry.getValue().asText());
                            }
                        });
    }

    /** A type of one value. */
    private abstract static class Scalar<T> implements KeyType<T> {
        private final String expected;
        private final T placeholder;
        private final Function<T, Object> written;

        Scalar(String expected, T placeholder, Function<T, Object> written) {
            this.expected = expected;
            this.placeholder = placeholder;
            this.written = written;
        }

        @Override
        public final String expected() {
            return expected;
        }

        @Override
        public final T placeholder() {
            return placeholder;
        }

        @Override
        public final Object write(T value) {
            return written.apply(value);
        }

        final Optional<T> refused(Object value, Report report) {
            report.problem("", value, expected);
            return Optional.empty();
        }
    }
}
