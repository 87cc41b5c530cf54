package io.pidstream.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.config.Key;
import io.pidstream.config.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys that a configuration may have. */
final class ConfigurationKeys {
    /** Whatever is below them is passed on to somebody else. */
    private static final List<String> PASSED_ON =
            List.of(
                    "flink.",
                    "kafka.properties.",
                    "sources[].channels.",
                    "sources[].only.",
                    "sources[].targets.");

    private final Set<String> keys;

    private ConfigurationKeys(Set<String> keys) {
        this.keys = keys;
    }

    /** The keys, and the sections that they are in. */
    static ConfigurationKeys known() {
        Set<String> keys = new TreeSet<>();
        for (Key<?> key : Keys.all()) {
            String path = key.path();
            for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
                keys.add(path.substring(0, dot).replaceFirst("\\[]$", ""));
            }
            keys.add(path);
        }
        return new ConfigurationKeys(keys);
    }

    boolean has(String key) {
        return keys.contains(key)
                || PASSED_ON.stream().anyMatch(key::startsWith)
                || (key.endsWith(".*") && keys.contains(key.substring(0, key.length() - 2)));
    }

    int count() {
        return keys.size();
    }

    /** The keys of a YAML text that are not known, if it is a part of a configuration at all. */
    List<String> unknownOf(JsonNode yaml) {
        List<String> unknown = new ArrayList<>();
        collect("", yaml, unknown);
        return unknown;
    }

    private void collect(String parent, JsonNode node, List<String> unknown) {
        node.fields()
                .forEachRemaining(
                        field -> {
                            String key = parent + field.getKey();
                            if (!has(key)) {
                                unknown.add(key);
                            } else if (field.getValue().isArray()) {
                                field.getValue()
                                        .forEach(item -> collect(key + "[].", item, unknown));
                            } else {
                                collect(key + ".", field.getValue(), unknown);
                            }
                        });
    }
}
