package io.pidstream.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/** Numbers as messages have them. */
final class Numbers {
    private static final String EXPECTED = "a number, a number as text, true, false or null";

    private Numbers() {}

    /**
     * A value: a number, a number as text, true as 1 and false as 0.
     *
     * @param field path of the field, for the message
     * @return null for a missing value: no field, null, NaN or an empty text
     */
    static Double read(JsonNode node, String field) throws Mismatch {
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

    private static Double ofText(String text, String field) throws Mismatch {
        if (text.isEmpty() || text.equals("NaN") || text.equals("null")) {
            return null;
        }
        // Java also reads "1d" and "0x1p3".
        if (text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
            try {
                return orMissing(Double.parseDouble(text));
            } catch (NumberFormatException e) {
                throw Mismatch.of(field, Mismatch.quote(text), EXPECTED);
            }
        }
        throw Mismatch.of(field, Mismatch.quote(text), EXPECTED);
    }

    private static Double orMissing(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
