package io.pidstream.inspect;

import java.util.List;
import java.util.stream.Collectors;

/** Values in YAML, quoted where they would mean something else. */
final class Yaml {
    private static final int WIDTH = 100;

    private Yaml() {}

    static String text(String value) {
        boolean plain =
                value.matches("[A-Za-z_/][A-Za-z0-9_.()/-]*")
                        && !value.matches("(?i)y|n|yes|no|on|off|true|false|null|nan|inf");
        if (plain) {
            return value;
        }
        return "\""
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                + "\"";
    }

    /**
     * A list in brackets, over several lines where it is long.
     *
     * @param indent of the following lines
     */
    static String list(List<String> values, int indent) {
        String one = values.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
        if (one.length() + indent <= WIDTH) {
            return one;
        }
        StringBuilder lines = new StringBuilder("[");
        int width = indent;
        for (int i = 0; i < values.size(); i++) {
            String value = text(values.get(i)) + (i < values.size() - 1 ? "," : "]");
            if (width + value.length() > WIDTH || i == 0) {
                lines.append('\n').append(" ".repeat(indent));
                width = indent;
            } else {
                lines.append(' ');
            }
            lines.append(value);
            width += value.length() + 1;
        }
        return lines.toString();
    }
}
