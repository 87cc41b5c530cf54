package io.pidstream.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows every relative link of the built site; the build fails where one leads nowhere. */
public final class SiteLinks {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ANCHOR = Pattern.compile("id=\"([^\"]*)\"");

    private final Path site;
    private final Map<Path, Set<String>> anchors = new HashMap<>();
    private final Set<String> broken = new TreeSet<>();

    private SiteLinks(Path site) {
        this.site = site;
    }

    /**
     * @param args the directory of the site
     */
    public static void main(String[] args) throws IOException {
        SiteLinks links = new SiteLinks(Path.of(args[0]));
        List<Path> pages;
        try (Stream<Path> files = Files.walk(links.site)) {
            pages = files.filter(file -> file.toString().endsWith(".html")).toList();
        }
        for (Path page : pages) {
            links.follow(page);
        }
        if (pages.isEmpty() || !links.broken.isEmpty()) {
            throw new IllegalStateException(
                    "%d pages; links that lead nowhere:%n%s"
                            .formatted(pages.size(), String.join("\n", links.broken)));
        }
    }

    private void follow(Path page) throws IOException {
        for (String link : found(LINK, page)) {
            if (link.matches("[a-z]+:.*")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            if (!Files.isRegularFile(target)
                    || (parts.length == 2 && !anchors(target).contains(parts[1]))) {
                broken.add(site.relativize(page) + ": " + link);
            }
        }
    }

    private Set<String> anchors(Path page) throws IOException {
        Set<String> known = anchors.get(page);
        if (known == null) {
            known = found(ANCHOR, page);
            anchors.put(page, known);
        }
        return known;
    }

    private static Set<String> found(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page))
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toSet());
    }
}
