package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.List;

/** Lines of YAML with comments. */
final class YamlLines {
    private static final int WIDTH = 110;

    private final StringBuilder yaml = new StringBuilder();

    static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    void gap() {
        yaml.append('\n');
    }

    void line(int indent, String text) {
        yaml.append(" ".repeat(indent)).append(text).append('\n');
    }

    /** Breaks long comments between words. */
    void comment(int indent, String text) {
        String prefix = " ".repeat(indent) + "# ";
        String rest = text.replace('\n', ' ').replace('\r', ' ');
        while (prefix.length() + rest.length() > WIDTH) {
            int cut = rest.lastIndexOf(' ', WIDTH - prefix.length());
            if (cut <= 0) {
                break;
            }
            yaml.append(prefix).append(rest, 0, cut).append('\n');
            rest = (text.startsWith("  ") ? "    " : "") + rest.substring(cut + 1);
        }
        yaml.append(prefix).append(rest).append('\n');
    }

    /** The marks of missing values; nothing where there are none. */
    void missing(int indent, Facts facts, Content content) {
        List<String> marks = new ArrayList<>();
        content.sentinels().keySet().forEach(value -> marks.add(Shares.plain(value)));
        marks.addAll(content.markers());
        if (!marks.isEmpty()) {
            comment(indent, sentence(facts.missing()));
            line(indent, "missing: " + Yaml.list(marks, indent + 2));
        }
    }

    @Override
    public String toString() {
        return yaml.toString();
    }
}
