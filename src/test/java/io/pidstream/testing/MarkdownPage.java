package io.pidstream.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation, as the repository shows it.
 *
 * @param file the page
 * @param links targets of its links and pictures
 * @param anchors what a link can name after #
 */
public record MarkdownPage(Path file, List<String> links, Set<String> anchors) {
    private static final Pattern LINK = Pattern.compile("`[^`]*`|\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

    /** Reads a page; what is in its code is neither link nor heading. */
    public static MarkdownPage read(Path file) throws IOException {
        List<String> links = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new TreeSet<>();
        boolean code = false;
        for (String line : Files.readAllLines(file)) {
            if (line.strip().startsWith("```")) {
                code = !code;
            } else if (!code) {
                Matcher link = LINK.matcher(line);
                while (link.find()) {
                    if (link.group(1) != null) {
                        links.add(link.group(1));
                    }
                }
                Matcher heading = HEADING.matcher(line);
                if (heading.matches()) {
                    anchors.add(anchor(heading.group(1), seen));
                }
            }
        }
        return new MarkdownPage(file, List.copyOf(links), anchors);
    }

    /** Letters, digits, hyphens and underscores in lower case; the same again gets a number. */
    private static String anchor(String heading, Map<String, Integer> seen) {
        String anchor =
                heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        return before == 0 ? anchor : anchor + "-" + before;
    }
}
