package io.pidstream.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.testing.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages link to each other as files, and the menu of the site lists all of them. */
class PagesTest {
    private static final Path SITE = Path.of("src/site");
    private static final Path MARKDOWN = SITE.resolve("markdown");
    private static final Path DECISIONS = MARKDOWN.resolve("decisions");
    private static final Pattern MENU = Pattern.compile("<item name=\"[^\"]+\" href=\"([^\"]+)\"");

    @Test
    void everyLinkLeadsToAFileAndToAHeadingOfIt() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            for (String link : MarkdownPage.read(page).links()) {
                if (!link.matches("[a-z]+:.*")) {
                    links++;
                    if (!leadsSomewhere(page, link)) {
                        broken.add(page + ": " + link);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (Files.isDirectory(target)) {
            target = target.resolve("README.md");
        }
        return Files.isRegularFile(target)
                && (parts.length == 1 || MarkdownPage.read(target).anchors().contains(parts[1]));
    }

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
        for (Path directory : List.of(MARKDOWN, Path.of("deploy"), Path.of("docker"))) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    @Test
    void theMenuOfTheSiteHasEveryPage() throws IOException {
        List<String> menu =
                MENU.matcher(Files.readString(SITE.resolve("site.xml")))
                        .results()
                        .map((MatchResult item) -> item.group(1))
                        .toList();
        assertThat(menu).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(onMenu());
    }

    /** All but the decisions, which have a page that lists them. */
    private static Set<String> onMenu() throws IOException {
        Set<String> places = new TreeSet<>();
        for (Path page : pages()) {
            if (page.startsWith(DECISIONS)) {
                places.add("decisions/index.html");
            } else if (page.startsWith(MARKDOWN)) {
                places.add(MARKDOWN.relativize(page).toString().replaceFirst("md$", "html"));
            } else if (page.startsWith("deploy")) {
                places.add("deploy/" + page.getName(1) + ".html");
            } else {
                places.add(page.startsWith("docker") ? "deploy/docker.html" : "index.html");
            }
        }
        return places;
    }

    @Test
    void everyDecisionIsListedByItsTitle() throws IOException {
        List<String> listed = MarkdownPage.read(DECISIONS.resolve("README.md")).links();
        String list = Files.readString(DECISIONS.resolve("README.md"));
        Set<String> decisions;
        try (Stream<Path> files = Files.list(DECISIONS)) {
            decisions =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("README.md"))
                            .collect(Collectors.toCollection(TreeSet::new));
        }
        assertThat(listed).containsExactlyElementsOf(decisions);
        for (String decision : decisions) {
            String title = Files.readAllLines(DECISIONS.resolve(decision)).get(0);
            assertThat(list)
                    .contains(title.replaceFirst("# (\\d+\\.) (.*)", "$1 [$2](") + decision + ")");
        }
    }
}
