package io.pidstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration file, or one mapping of a list in it. Reads the values of keys and collects
 * problems instead of stopping at the first.
 */
final class ConfigNode implements Default.Values {
    private static final String MAPPING = "a mapping of keys to values";

    private final JsonNode node;

    /**
     * Prefix of this mapping's keys in the file, such as {@code modalities[1].}; empty at the top.
     */
    private final String prefix;

    /** The prefix in the paths of keys, such as {@code modalities[].}. */
    private final String pattern;

    private final List<String> problems;
    private final Map<Key<?>, Object> values = new HashMap<>();

    private ConfigNode(JsonNode node, String prefix, String pattern, List<String> problems) {
        this.node = node;
        this.prefix = prefix;
        this.pattern = pattern;
        this.problems = problems;
    }

    /** The file; reports keys that do not exist. */
    static ConfigNode root(JsonNode node, List<String> problems) {
        if (!node.isObject()) {
            problems.add("the file is not a mapping of keys to values");
            return new ConfigNode(MissingNode.getInstance(), "", "", problems);
        }
        ConfigNode root = new ConfigNode(node, "", "", problems);
        root.checkNames(node, "", "");
        return root;
    }

    private void checkNames(JsonNode mapping, String prefix, String pattern) {
        Set<String> known =
                Keys.names(pattern.isEmpty() ? "" : pattern.substring(0, pattern.length() - 1));
        mapping.fields()
                .forEachRemaining(
                        field -> {
                            String name = field.getKey();
                            if (known.contains(name)) {
                                checkValue(field.getValue(), prefix + name, pattern + name);
                            } else {
                                problem(
                                        prefix + name,
                                        "unknown key",
                                        "one of %s; did you mean %s?"
                                                .formatted(
                                                        String.join(", ", known),
                                                        Spelling.nearest(name, known)));
                            }
                        });
    }

    private void checkValue(JsonNode value, String place, String path) {
        if (!Keys.names(path + "[]").isEmpty()) {
            if (!value.isArray() && !value.isNull()) {
                problem(place, value, listOf(path));
            }
            for (int i = 0; value.isArray() && i < value.size(); i++) {
                checkMapping(value.get(i), place + "[" + i + "]", path + "[]");
            }
        } else if (!Keys.names(path).isEmpty() && (value.isObject() || !Keys.has(path))) {
            checkMapping(value, place, path);
        }
    }

    private static String listOf(String path) {
        List<String> names = List.copyOf(Keys.names(path + "[]"));
        return "a list, each '- {%s: …}'"
                .formatted(String.join(": …, ", names.subList(0, Math.min(2, names.size()))));
    }

    /** Whether something else stands where a list should; that is reported as such. */
    boolean isNoList(Section<?> list) {
        JsonNode value = node.path(list.path());
        return !value.isMissingNode() && !value.isNull() && !value.isArray();
    }

    private void checkMapping(JsonNode value, String place, String path) {
        if (value.isObject()) {
            checkNames(value, place + ".", path + ".");
        } else if (!value.isNull()) {
            problem(place, value, MAPPING);
        }
    }

    /**
     * The value of a key, or its default; a placeholder if a problem was reported. Each key is read
     * and reported once.
     */
    @Override
    @SuppressWarnings("unchecked") // The value has its key's type.
    public <T> T get(Key<T> key) {
        if (!values.containsKey(key)) {
            values.put(key, read(key));
        }
        return (T) values.get(key);
    }

    private <T> T read(Key<T> key) {
        Optional<T> value = has(key) ? key.type().read(find(key), report(key)) : Optional.empty();
        if (value.isPresent()) {
            return value.get();
        }
        if (!key.fallback().isRequired()) {
            return key.fallback().value().apply(this);
        }
        if (!has(key)) {
            problem(key, "missing", key.expected() + "; it is required");
        }
        return key.type().placeholder();
    }

    /** The value of a key that has no default and is required because of another key's value. */
    <T> T require(Key<T> key) {
        T value = get(key);
        if (value == null && !has(key)) {
            problem(key, "missing", key.expected() + "; it is required");
        }
        return value == null ? key.type().placeholder() : value;
    }

    private KeyType.Report report(Key<?> key) {
        return (item, value, expected) -> problem(place(key) + item, value, expected);
    }

    void problem(Key<?> key, Object value, String expected) {
        problem(place(key), value, expected);
    }

    void problem(String place, Object value, String expected) {
        problems.add("%s: %s: expected %s".formatted(place, value, expected));
    }

    boolean has(Key<?> key) {
        JsonNode value = find(key);
        return !value.isMissingNode() && !value.isNull();
    }

    /** Whether the value of a key is a mapping where a single value is possible, too. */
    boolean hasMapping(Key<?> key) {
        return find(key).isObject();
    }

    /** The value of a key in the file, for messages. */
    JsonNode find(Key<?> key) {
        if (!Keys.has(key.path())) {
            throw new IllegalStateException(key + " is not among all keys");
        }
        return node.at("/" + name(key).replace('.', '/'));
    }

    private String name(Key<?> key) {
        return key.path().substring(pattern.length());
    }

    /** A name in this mapping, as it is called in the file. */
    String place(String name) {
        return prefix + name;
    }

    private String place(Key<?> key) {
        return prefix + name(key);
    }

    @Override
    public List<ConfigNode> items(Section<?> list) {
        List<ConfigNode> items = new ArrayList<>();
        JsonNode array = node.path(list.path());
        for (int i = 0; array.isArray() && i < array.size(); i++) {
            if (array.get(i).isObject()) {
                items.add(
                        new ConfigNode(
                                array.get(i),
                                "%s%s[%d].".formatted(prefix, list.path(), i),
                                pattern + list.path() + "[].",
                                problems));
            }
        }
        return items;
    }
}
