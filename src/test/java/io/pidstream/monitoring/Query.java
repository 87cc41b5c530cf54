package io.pidstream.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names and labels that an expression of Prometheus uses. */
final class Query {
    private static final Pattern SELECTOR =
            Pattern.compile("((?:flink|pidstream)[a-zA-Z0-9_:]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|on|group_left|without)\\s*\\(([^)]*)\\)");

    private Query() {}

    /** By name: the labels that are asked of it. */
    static Map<String, Set<String>> selectors(String expression) {
        Map<String, Set<String>> selectors = new TreeMap<>();
        Matcher selector = SELECTOR.matcher(expression);
        while (selector.find()) {
            Set<String> labels =
                    selectors.computeIfAbsent(selector.group(1), name -> new TreeSet<>());
            if (selector.group(2) != null) {
                Matcher matcher =
                        MATCHER.matcher(
                                selector.group(2).replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", ""));
                while (matcher.find()) {
                    labels.add(matcher.group(1));
                }
            }
        }
        return selectors;
    }

    /** Labels that it groups or joins by. */
    static List<String> groupings(String expression) {
        List<String> labels = new ArrayList<>();
        Matcher grouping = GROUPING.matcher(expression);
        while (grouping.find()) {
            for (String label : grouping.group(1).split(",", -1)) {
                if (!label.isBlank()) {
                    labels.add(label.strip());
                }
            }
        }
        return labels;
    }
}
