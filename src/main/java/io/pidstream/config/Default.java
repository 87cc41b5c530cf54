package io.pidstream.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The value of a key if the file has none.
 *
 * @param text for the page on configuration; null if it is derived from the value
 * @param isLiteral whether the text is valid in the file
 * @param isRequired whether the file must have a value
 * @param value the value, which may depend on those of other keys; null if there is none
 */
record Default<T>(String text, boolean isLiteral, boolean isRequired, Function<Values, T> value) {
    /** The values of other keys. */
    interface Values {
        <T> T get(Key<T> key);

        /** The mappings of a list. */
        List<? extends Values> items(Section<?> list);
    }

    static <T> Default<T> of(T value) {
        return new Default<>(null, true, false, read -> value);
    }

    static <T> Default<T> required() {
        return new Default<>("required", false, true, read -> null);
    }

    /** No value; the record holds null. */
    static <T> Default<T> none() {
        return new Default<>("none", false, false, read -> null);
    }

    /**
     * @param text how the value depends on other keys, or its usual value
     */
    static <T> Default<T> derived(String text, Function<Values, T> value) {
        return new Default<>(text, !text.contains(" "), false, value);
    }

    /**
     * @param text in the customary form: P365D, where Java would print PT8760H
     */
    static Default<Duration> duration(String text) {
        Duration duration = Duration.parse(text);
        return new Default<>(text, true, false, read -> duration);
    }

    /** A multiple of {@code alignment.period}. */
    static Default<Duration> periods(int count) {
        return derived(
                count + " periods", read -> read.get(AlignmentSection.PERIOD).multipliedBy(count));
    }

    /** Multiples of {@code alignment.period}. */
    static Default<List<Duration>> periods(int first, int... more) {
        List<Integer> counts =
                IntStream.concat(IntStream.of(first), IntStream.of(more)).boxed().toList();
        String text = counts.toString().replaceAll("[\\[\\]]", "") + " periods";
        return derived(
                text,
                read -> {
                    Duration period = read.get(AlignmentSection.PERIOD);
                    return counts.stream().map(period::multipliedBy).toList();
                });
    }

    String text(KeyType<T> type) {
        return text == null ? plain(type.write(value.apply(null))) : text;
    }

    /** A value in the form that a person would write. */
    static String plain(Object value) {
        if (value instanceof Double number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        return value instanceof Enum<?> constant ? KeyTypes.text(constant) : String.valueOf(value);
    }
}
