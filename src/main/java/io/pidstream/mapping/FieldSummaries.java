package io.pidstream.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What fields messages have, with their types, ranges and examples. */
public final class FieldSummaries {
    private static final int MOST_FIELDS = 1_000;
    private static final int MOST_EXAMPLES = 3;
    private static final int MOST_ITEMS = 3;
    private static final int LONGEST_EXAMPLE = 40;

    private final Map<String, Field> fields = new LinkedHashMap<>();

    /** One field. */
    public static final class Field {
        private final Set<String> types = new TreeSet<>();
        private final Set<String> examples = new LinkedHashSet<>();
        private long records;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        private void add(JsonNode value) {
            records++;
            types.add(value.getNodeType().name().toLowerCase(Locale.ROOT));
            if (value.isNumber()) {
                min = Math.min(min, value.doubleValue());
                max = Math.max(max, value.doubleValue());
            }
            String text = value.asText();
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(
                        text.length() <= LONGEST_EXAMPLE
                                ? text
                                : text.substring(0, LONGEST_EXAMPLE) + "…");
            }
        }

        /** Types of JSON. */
        public Set<String> types() {
            return types;
        }

        /** Its first values. */
        public Set<String> examples() {
            return examples;
        }

        /** How often it was there. */
        public long records() {
            return records;
        }

        /** Whether it had numbers. */
        public boolean hasRange() {
            return min <= max;
        }

        /** The smallest number. */
        public double min() {
            return min;
        }

        /** The largest number. */
        public double max() {
            return max;
        }
    }

    /** Adds a message; of an array, its items; of an envelope of Kafka Connect, the payload. */
    public void add(JsonNode message) {
        JsonNode plain = JsonMessages.unwrapped(message);
        List<JsonNode> records = new ArrayList<>();
        if (plain.isArray()) {
            plain.forEach(records::add);
        } else {
            records.add(plain);
        }
        records.forEach(record -> add(record, JsonPointer.empty()));
    }

    private void add(JsonNode node, JsonPointer path) {
        if (node.isObject()) {
            node.properties().forEach(e -> add(e.getValue(), path.appendProperty(e.getKey())));
        } else if (node.isArray()) {
            for (int i = 0; i < Math.min(node.size(), MOST_ITEMS); i++) {
                add(node.get(i), path.appendIndex(i));
            }
        } else if (fields.containsKey(path.toString()) || fields.size() < MOST_FIELDS) {
            fields.computeIfAbsent(path.toString(), p -> new Field()).add(node);
        }
    }

    /** By path, in the order in which they came. */
    public Map<String, Field> fields() {
        return fields;
    }
}
