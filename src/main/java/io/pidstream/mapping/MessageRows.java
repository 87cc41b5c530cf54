package io.pidstream.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages as rows of texts: a row per record, with the path of each of its fields. Fields of a
 * message are those of each of its records too, as for a mapping.
 */
public final class MessageRows {
    private static final int MOST_FIELDS = 1_000;
    private static final int MOST_ITEMS = 64;

    /** Messages may be large arrays; more rows say nothing more. */
    private static final int MOST_ROWS = 200_000;

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Integer> fields = new LinkedHashMap<>();
    private String records;
    private boolean arrays;
    private boolean envelopes;

    /**
     * One record.
     *
     * @param fields texts by path; empty for null
     * @param key of the Kafka record, as an asset's name; empty if there is none
     * @param timestamp of the Kafka record, milliseconds since 1970
     */
    public record Row(Map<String, String> fields, String key, long timestamp) {}

    /**
     * Adds a message.
     *
     * @param key of the Kafka record; null if it has none
     * @param timestamp of the Kafka record, milliseconds since 1970
     */
    public void add(JsonNode message, byte[] key, long timestamp) {
        JsonNode plain = JsonMessages.unwrapped(message);
        envelopes |= !plain.equals(message);
        String asset = asset(key);
        if (plain.isArray()) {
            arrays = true;
            plain.forEach(record -> add(Map.of(), record, asset, timestamp));
            return;
        }
        JsonPointer path = arrayOfRecords(plain, JsonPointer.empty());
        if (path == null) {
            add(Map.of(), plain, asset, timestamp);
            return;
        }
        records = path.toString();
        Map<String, String> shared = new LinkedHashMap<>();
        flatten(plain, JsonPointer.empty(), path, shared);
        plain.at(path).forEach(record -> add(shared, record, asset, timestamp));
    }

    private void add(Map<String, String> shared, JsonNode record, String key, long timestamp) {
        if (!record.isObject() || rows.size() >= MOST_ROWS) {
            return;
        }
        Map<String, String> row = new LinkedHashMap<>(shared);
        flatten(record, JsonPointer.empty(), null, row);
        for (String path : row.keySet()) {
            if (fields.size() < MOST_FIELDS) {
                fields.putIfAbsent(path, fields.size());
            }
        }
        rows.add(new Row(row, key, timestamp));
    }

    private static String asset(byte[] key) {
        try {
            return key == null ? "" : AssetReader.ofKey(key);
        } catch (Mismatch e) {
            // A key that names nothing, such as bytes or an object: no mapping can use it.
            return "";
        }
    }

    /** The first field, from the top, with an array of objects; null if there is none. */
    private static JsonPointer arrayOfRecords(JsonNode node, JsonPointer path) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            if (value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
                return path.appendProperty(field.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonPointer found =
                    field.getValue().isObject()
                            ? arrayOfRecords(field.getValue(), path.appendProperty(field.getKey()))
                            : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void flatten(
            JsonNode node, JsonPointer path, JsonPointer except, Map<String, String> row) {
        if (path.equals(except) || (!node.isContainerNode() && row.size() >= MOST_FIELDS)) {
            return;
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            e ->
                                    flatten(
                                            e.getValue(),
                                            path.appendProperty(e.getKey()),
                                            except,
                                            row));
        } else if (node.isArray()) {
            for (int i = 0; i < Math.min(node.size(), MOST_ITEMS); i++) {
                flatten(node.get(i), path.appendIndex(i), except, row);
            }
        } else {
            row.put(path.toString(), text(node));
        }
    }

    private static String text(JsonNode node) {
        if (node.isNull() || (node.isDouble() && !Double.isFinite(node.doubleValue()))) {
            return "";
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? "1" : "0";
        }
        boolean whole = node.isIntegralNumber() || !node.isNumber();
        return whole ? node.asText().strip() : node.decimalValue().toPlainString();
    }

    /** The records, in the order of the timestamps of Kafka. */
    public List<Row> rows() {
        return rows.stream().sorted((a, b) -> Long.compare(a.timestamp(), b.timestamp())).toList();
    }

    /** Paths of all fields, in the order in which they came. */
    public List<String> fields() {
        return List.copyOf(fields.keySet());
    }

    /** Path of the array of records; null if a message is one record, or an array of them. */
    public String records() {
        return records;
    }

    /** Whether messages are arrays. */
    public boolean arrays() {
        return arrays;
    }

    /** Whether messages are in an envelope of Kafka Connect. */
    public boolean envelopes() {
        return envelopes;
    }
}
