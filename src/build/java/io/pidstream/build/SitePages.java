package io.pidstream.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the source of the site from the pages of the repository, where they link to each other as
 * files: the README becomes the first page, those of deploy/ and docker/ pages beside the others.
 * Links are rewritten, files that a page links to are copied, and every heading gets the anchor
 * that it has in the repository's view. The build fails where a link leads nowhere.
 */
public final class SitePages {
    private static final String SITE = "src/site/";
    private static final Path MARKDOWN = Path.of(SITE, "markdown");
    private static final Path RESOURCES = Path.of(SITE, "resources");

    /** A code span, which is left as it is, or a link's target. */
    private static final Pattern LINK =
            Pattern.compile("`[^`]*`|(?<=]\\()(?<target>[^)\\s]+)(?=\\))");

    private static final Pattern HEADING = Pattern.compile("(?<marks>#{1,6}) +(?<text>.*)");

    /** Pages of more sections than that begin with a list of them. */
    private static final int FEW_SECTIONS = 4;

    private static final String CONTENTS = "%n<p class=\"contents\">On this page: %s</p>%n";
    private static final String CONTENT = "<a href=\"#%s\">%s</a> &#160; ";

    private final Path output;

    /** File in the repository to page of the site, without ending. */
    private final Map<Path, Path> pages = new TreeMap<>();

    private SitePages(Path output) throws IOException {
        this.output = output;
        pages.put(Path.of("README.md"), Path.of("index"));
        pages.put(Path.of("docker", "README.md"), Path.of("deploy", "docker"));
        for (Path file : files(Path.of("deploy"))) {
            if (file.endsWith("README.md")) {
                pages.put(file, Path.of("deploy", file.getName(1).toString()));
            }
        }
        for (Path file : files(MARKDOWN)) {
            Path page = MARKDOWN.relativize(file);
            pages.put(
                    file,
                    page.endsWith("README.md")
                            ? page.resolveSibling("index")
                            : page.resolveSibling(
                                    page.getFileName().toString().replaceFirst("\\.md$", "")));
        }
    }

    /**
     * @param args the directory to write to
     */
    public static void main(String[] args) throws IOException {
        new SitePages(Path.of(args[0])).write();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void write() throws IOException {
        clear();
        copy(Path.of(SITE, "site.xml"), output.resolve("site.xml"));
        for (Path file : files(RESOURCES)) {
            copy(file, output.resolve("resources").resolve(RESOURCES.relativize(file)));
        }
        for (Map.Entry<Path, Path> page : pages.entrySet()) {
            Path target = output.resolve("markdown").resolve(page.getValue() + ".md");
            Files.createDirectories(target.getParent());
            Files.writeString(target, text(page.getKey(), page.getValue()));
        }
    }

    /** So that a page that is no more does not stay on the site. */
    private void clear() throws IOException {
        if (Files.exists(output)) {
            List<Path> old;
            try (Stream<Path> files = Files.walk(output)) {
                old = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : old) {
                Files.delete(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private String text(Path file, Path page) throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder contents = new StringBuilder();
        Map<String, Integer> anchors = new HashMap<>();
        boolean code = false;
        int afterTitle = -1;
        for (String line : Files.readAllLines(file)) {
            boolean fence = line.strip().startsWith("```");
            code ^= fence;
            Matcher heading = HEADING.matcher(line);
            if (code || fence || !heading.matches()) {
                text.append(code || fence ? line : linked(line, file, page)).append('\n');
                continue;
            }
            String anchor = anchor(heading.group("text"), anchors);
            String marks = heading.group("marks");
            text.append(marks).append(" <a id=\"%s\"></a>".formatted(anchor));
            text.append(linked(heading.group("text"), file, page)).append('\n');
            if (marks.equals("#") && afterTitle < 0) {
                afterTitle = text.length();
            } else if (marks.equals("##")) {
                contents.append(CONTENT.formatted(anchor, plain(heading.group("text"))));
            }
        }
        if (contents.toString().split("</a>", -1).length > FEW_SECTIONS) {
            text.insert(afterTitle, CONTENTS.formatted(contents));
        }
        return text.toString();
    }

    private static String plain(String text) {
        return text.replaceAll("[`*]", "").replaceAll("\\[(.*?)]\\(.*?\\)", "$1");
    }

    private static String anchor(String heading, Map<String, Integer> anchors) {
        String anchor =
                heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
        int before = anchors.merge(anchor, 1, Integer::sum) - 1;
        return before == 0 ? anchor : anchor + "-" + before;
    }

    private String linked(String line, Path file, Path page) throws IOException {
        StringBuilder text = new StringBuilder();
        Matcher link = LINK.matcher(line);
        while (link.find()) {
            String target = link.group("target");
            link.appendReplacement(
                    text,
                    Matcher.quoteReplacement(
                            target == null || target.matches("[a-z]+:.*|#.*")
                                    ? link.group()
                                    : onSite(target, file, page)));
        }
        return link.appendTail(text).toString();
    }

    /** The target of a link as it is on the site. */
    private String onSite(String target, Path file, Path page) throws IOException {
        String[] parts = target.split("#", 2);
        Path linked = file.resolveSibling(parts[0]).normalize();
        if (Files.isDirectory(linked)) {
            linked = linked.resolve("README.md");
        }
        if (!Files.isRegularFile(linked)) {
            throw new IllegalStateException("%s: %s leads nowhere".formatted(file, target));
        }
        Path place;
        if (pages.containsKey(linked)) {
            place = Path.of(pages.get(linked) + ".html");
        } else if (linked.startsWith(RESOURCES)) {
            place = RESOURCES.relativize(linked);
        } else {
            place = Path.of("files").resolve(linked);
            copy(linked, output.resolve("resources").resolve(place));
        }
        Path from = page.getParent() == null ? Path.of("") : page.getParent();
        String relative = from.relativize(place).toString().replace('\\', '/');
        return parts.length == 2 ? relative + "#" + parts[1] : relative;
    }
}
