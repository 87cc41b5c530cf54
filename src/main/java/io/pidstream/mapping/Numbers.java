package io.pidstream.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers as messages have them. */
final class Numbers {
    private static final String EXPECTED = "a number, a number as text, true, false or null";

    private static final List<String> ALWAYS_MISSING = List.of("", "NaN", "null");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final Set<String> missingTexts;
    private final double[] missingNumbers;

    /**
     * @param missing what else stands for a missing value, texts in any case and numbers
     */
    Numbers(List<String> missing) {
        missingTexts =
                Stream.concat(ALWAYS_MISSING.stream(), missing.stream())
                        .map(mark -> mark.strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        missingNumbers =
                missing.stream()
                        .filter(Numbers::isNumber)
                        .mapToDouble(Double::parseDouble)
                        .toArray();
    }

    /**
     * A value: a number, a number as text, true as 1 and false as 0.
     *
     * @param field path of the field, for the message
     * @return null for a missing value: no field, null, NaN, an empty text, or a mark
     */
    Double read(JsonNode node, String field) throws Mismatch {
        switch (node.getNodeType()) {
            case NUMBER -> {
                return orMissing(node.doubleValue());
            }
            case BOOLEAN -> {
                return node.booleanValue() ? 1.0 : 0.0;
            }
            case STRING -> {
                return ofText(node.textValue().strip(), field);
            }
            case MISSING, NULL -> {
                return null;
            }
            default ->
                    throw Mismatch.of(field, node.isArray() ? "an array" : "an object", EXPECTED);
        }
    }

    private Double ofText(String text, String field) throws Mismatch {
        if (missingTexts.contains(text.toLowerCase(Locale.ROOT))) {
            return null;
        }
        if (isNumber(text)) {
            return orMissing(Double.parseDouble(text));
        }
        throw Mismatch.of(field, Mismatch.quote(text), EXPECTED);
    }

    /** Java also reads "1d" and "0x1p3". */
    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    private Double orMissing(double value) {
        boolean marked = Arrays.stream(missingNumbers).anyMatch(mark -> mark == value);
        return marked || Double.isNaN(value) ? null : value;
    }
}
