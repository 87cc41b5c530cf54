package io.pidstream.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys that a configuration may have. */
final class ConfigurationKeys {
    private static final String UNKNOWN = "zz-unknown";

    /** Whatever is below them is passed on to somebody else. */
    private static final List<String> PASSED_ON = List.of("flink.", "kafka.properties.");

    private final Set<String> keys;

    private ConfigurationKeys(Set<String> keys) {
        this.keys = keys;
    }

    /** What the reader of configurations allows, as its own messages say. */
    static ConfigurationKeys known() {
        Set<String> keys = new TreeSet<>();
        explore("", keys);
        for (String key : allowed("modalities[0]", "{modalities: [{" + UNKNOWN + ": 1}]}")) {
            keys.add("modalities[]." + key);
        }
        return new ConfigurationKeys(keys);
    }

    private static void explore(String parent, Set<String> keys) {
        for (String name : allowed(parent, nested(parent))) {
            String key = parent.isEmpty() ? name : parent + "." + name;
            keys.add(key);
            explore(key, keys);
        }
    }

    private static String nested(String parent) {
        String yaml = "{" + UNKNOWN + ": 1}";
        List<String> path =
                new ArrayList<>(parent.isEmpty() ? List.of() : List.of(parent.split("\\.")));
        for (int i = path.size() - 1; i >= 0; i--) {
            yaml = "{" + path.get(i) + ": " + yaml + "}";
        }
        return yaml;
    }

    /** What the reader names instead of an unknown key; nothing where it takes any or none. */
    private static List<String> allowed(String parent, String yaml) {
        String key = parent.isEmpty() ? UNKNOWN : parent + "." + UNKNOWN;
        Pattern message =
                Pattern.compile(
                        Pattern.quote(key + ": unknown key: expected one of ")
                                + "(.*); did you mean .*");
        try {
            ConfigFile.parse(yaml, "page", Map.of());
        } catch (ConfigurationException e) {
            for (String problem : e.problems()) {
                Matcher known = message.matcher(problem);
                if (known.matches()) {
                    return List.of(known.group(1).split(", "));
                }
            }
        }
        return List.of();
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
