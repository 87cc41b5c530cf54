package io.pidstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One mapping of the configuration file: typed access that collects problems instead of stopping at
 * the first.
 */
final class ConfigNode {
    private final JsonNode node;
    private final String path;
    private final List<String> problems;

    private ConfigNode(JsonNode node, String path, List<String> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    static ConfigNode root(JsonNode node, List<String> problems) {
        if (!node.isObject()) {
            problems.add("the file is not a mapping of keys to values");
            return new ConfigNode(MissingNode.getInstance(), "", problems);
        }
        return new ConfigNode(node, "", problems);
    }

    String key(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    void problem(String name, Object value, String expected) {
        problems.add("%s: %s: expected %s".formatted(key(name), value, expected));
    }

    /** Reports keys that nobody reads, with the nearest that somebody does. */
    void allow(String... known) {
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!Arrays.asList(known).contains(name)) {
                                problem(
                                        name,
                                        "unknown key",
                                        "one of "
                                                + String.join(", ", known)
                                                + "; did you mean "
                                                + nearest(name, known)
                                                + "?");
                            }
                        });
    }

    private static String nearest(String name, String... known) {
        return Arrays.stream(known)
                .min(Comparator.comparingInt(k -> distance(name.toLowerCase(Locale.ROOT), k)))
                .orElseThrow();
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    JsonNode get(String name) {
        return node.path(name);
    }

    ConfigNode child(String name) {
        JsonNode child = node.path(name);
        if (child.isMissingNode() || child.isNull()) {
            return new ConfigNode(MissingNode.getInstance(), key(name), problems);
        }
        if (!child.isObject()) {
            problem(name, child, "a mapping of keys to values");
            return new ConfigNode(MissingNode.getInstance(), key(name), problems);
        }
        return new ConfigNode(child, key(name), problems);
    }

    List<ConfigNode> children(String name) {
        List<ConfigNode> children = new ArrayList<>();
        int i = 0;
        for (JsonNode child : node.path(name)) {
            String childName = name + "[" + i++ + "]";
            if (child.isObject()) {
                children.add(new ConfigNode(child, key(childName), problems));
            } else {
                problem(childName, child, "a mapping of keys to values");
            }
        }
        return children;
    }

    String text(String name, String fallback) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            if (fallback == null) {
                problem(name, "missing", "a text; it is required");
                return "";
            }
            return fallback;
        }
        if (!value.isValueNode() || value.asText().isEmpty()) {
            problem(name, value, "a text");
            return fallback == null ? "" : fallback;
        }
        return value.asText();
    }

    boolean flag(String name, boolean fallback) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (!value.isBoolean()) {
            problem(name, value, "true or false");
        }
        return value.asBoolean(fallback);
    }

    int integer(String name, int fallback, int least, int most) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.asInt() < least
                || value.asInt() > most) {
            problem(name, value, "a whole number from %d to %d".formatted(least, most));
            return fallback;
        }
        return value.asInt();
    }

    double number(String name, double fallback, double above, double below) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (!value.isNumber() || !(value.asDouble() > above && value.asDouble() < below)) {
            problem(name, value, "a number above %s and below %s".formatted(above, below));
            return fallback;
        }
        return value.asDouble();
    }

    /** A duration of at least {@code least}; null (and a problem) if it is required and missing. */
    Duration duration(String name, Duration fallback, Duration least) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            if (fallback == null) {
                problem(name, "missing", "a duration such as PT1H; it is required");
                return Duration.ofHours(1);
            }
            return fallback;
        }
        return parseDuration(name, value, fallback == null ? Duration.ofHours(1) : fallback, least);
    }

    private Duration parseDuration(String name, JsonNode value, Duration fallback, Duration least) {
        try {
            Duration duration = Duration.parse(value.asText());
            if (duration.compareTo(least) < 0 || duration.toDays() > 36_500) {
                problem(name, value, "a duration from " + least + " to P36500D");
                return fallback;
            }
            return duration;
        } catch (DateTimeParseException e) {
            problem(name, value, "a duration such as PT1H, PT0.5S or P2D");
            return fallback;
        }
    }

    List<Duration> durations(String name, List<Duration> fallback, Duration least) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (!value.isArray() || value.isEmpty()) {
            problem(name, value, "a list of durations");
            return fallback;
        }
        List<Duration> durations = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            durations.add(parseDuration(name + "[" + i + "]", value.get(i), least, least));
        }
        return durations;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode value = node.path(name);
        if (!value.isArray()) {
            problem(name, value.isMissingNode() ? "missing" : value, "a list");
            return texts;
        }
        value.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    <E extends Enum<E>> E choice(String name, E fallback) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        for (E constant : fallback.getDeclaringClass().getEnumConstants()) {
            if (textOf(constant).equals(value.asText())) {
                return constant;
            }
        }
        problem(name, value, "one of " + choices(fallback.getDeclaringClass()));
        return fallback;
    }

    /** One of some names. */
    String choice(String name, List<String> names, String fallback) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (names.contains(value.asText())) {
            return value.asText();
        }
        problem(name, value, "one of " + String.join(", ", names));
        return fallback;
    }

    static <E extends Enum<E>> String choices(Class<E> type) {
        return String.join(
                ", ", Arrays.stream(type.getEnumConstants()).map(ConfigNode::textOf).toList());
    }

    static String textOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A mapping whose keys are somebody else's; nested mappings are joined by dots. */
    Map<String, String> passThrough(String name) {
        Map<String, String> flat = new LinkedHashMap<>();
        ConfigNode child = child(name);
        flatten("", child.node, flat);
        return flat;
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
}
