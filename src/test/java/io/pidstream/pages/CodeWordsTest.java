package io.pidstream.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.pidstream.event.AlertKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages set as code exists: keys, commands, options, metrics, classes, files, kinds. */
class CodeWordsTest {
    private static final Path MARKDOWN = Path.of("src/site/markdown");
    private static final Path SOURCES = Path.of("src/main/java/io/pidstream");
    private static final Pattern PACKAGE_ROW =
            Pattern.compile("(?m)^\\| `([a-z]+)` \\| [^|]+ \\|$");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?io\\.pidstream\\.([a-z]+)\\.");
    private static final Pattern KIND = Pattern.compile("\\b[A-Z]+_[A-Z]+\\b");
    private static final Pattern ALERTS_METRIC = Pattern.compile("openedAlerts\\{[^}]*}");
    private static final int MOST_LINES = 250;
    private static final int WIDEST = 140;

    @Test
    void everyCodeWordExists() throws IOException {
        CodeWords known = new CodeWords();
        List<String> unknown = new ArrayList<>();
        int words = 0;
        for (Path page : PagesTest.pages()) {
            String keyBefore = null;
            for (CodeWord word : CodeWord.of(page)) {
                words++;
                for (String missing : known.unknownOf(word, keyBefore)) {
                    unknown.add(word.page() + ":" + word.line() + ": " + missing);
                }
                keyBefore = known.keyOf(word) == null ? keyBefore : known.keyOf(word);
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(words).isGreaterThan(1000);
        assertThat(known.keys().count()).isGreaterThan(60);
    }

    @Test
    void wordsThatDoNotExistAreFound() throws IOException {
        CodeWords known = new CodeWords();
        for (String wrong :
                List.of(
                        "alertsOpened",
                        "learn.TargetLearner",
                        "FleetTeacher",
                        "learning.blocks",
                        "encoder.trial.warmup",
                        "--labels-delay",
                        "run server --local",
                        "tail predicted",
                        "models publishes",
                        "pidstream evaluate --speed 3",
                        "MODEL_REGRESED",
                        "learn/forecasts",
                        "deploy/standalone/jobs.sh",
                        "dead-lettres",
                        "prediction.jsonl")) {
            CodeWord word = new CodeWord(Path.of("page.md"), 1, wrong, null);
            assertThat(known.unknownOf(word, null)).as(wrong).hasSize(1);
        }
    }

    @Test
    void configurationsOnPagesHaveKeysThatExist() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        ConfigurationKeys keys = ConfigurationKeys.known();
        List<String> unknown = new ArrayList<>();
        int blocks = 0;
        for (Path page : PagesTest.pages()) {
            for (List<CodeWord> block : blocks(page)) {
                String text = block.stream().map(CodeWord::text).collect(Collectors.joining("\n"));
                JsonNode tree = yaml.readTree(text);
                if (keys.has(tree.fieldNames().next())) {
                    blocks++;
                    keys.unknownOf(tree).forEach(key -> unknown.add(block.get(0) + ": " + key));
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(blocks).isGreaterThan(4);
    }

    private static List<List<CodeWord>> blocks(Path page) throws IOException {
        List<List<CodeWord>> blocks = new ArrayList<>();
        CodeWord before = null;
        for (CodeWord word : CodeWord.of(page)) {
            if ("yaml".equals(word.language())) {
                if (before == null || word.line() != before.line() + 1) {
                    blocks.add(new ArrayList<>());
                }
                blocks.get(blocks.size() - 1).add(word);
                before = word;
            }
        }
        return blocks;
    }

    @Test
    void theReadmeIsShortAndFitsAScreen() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        assertThat(lines).hasSizeLessThanOrEqualTo(MOST_LINES);
        for (int i = 0; i < lines.size(); i++) {
            int width = lines.get(i).codePointCount(0, lines.get(i).length());
            assertThat(width).as("width of README.md:%d", i + 1).isLessThanOrEqualTo(WIDEST);
        }
    }

    @Test
    void thePackagesAreListedFromTheGroundUp() throws IOException {
        String page = Files.readString(MARKDOWN.resolve("architecture.md"));
        String table = page.substring(page.indexOf("## Packages"), page.indexOf("## State"));
        List<String> listed =
                PACKAGE_ROW
                        .matcher(table)
                        .results()
                        .map((MatchResult row) -> row.group(1))
                        .toList();
        Set<String> below = new HashSet<>();
        for (String room : listed) {
            below.add(room);
            assertThat(below).as("used by %s", room).containsAll(usedBy(room));
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(packages());
    }

    private static Set<String> packages() throws IOException {
        Set<String> packages = new HashSet<>(Set.of("avro"));
        try (Stream<Path> rooms = Files.list(SOURCES)) {
            rooms.forEach(room -> packages.add(room.getFileName().toString()));
        }
        return packages;
    }

    private static Set<String> usedBy(String room) throws IOException {
        Set<String> used = new HashSet<>();
        if (Files.isDirectory(SOURCES.resolve(room))) {
            try (Stream<Path> files = Files.list(SOURCES.resolve(room))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    IMPORT.matcher(Files.readString(file))
                            .results()
                            .forEach((MatchResult use) -> used.add(use.group(1)));
                }
            }
        }
        return used;
    }

    /** A kind that is added to the enumeration is added for all who show it. */
    @Test
    void everyKindOfAlertIsKnownWhereAlertsAreShown() throws IOException {
        List<String> kinds = Arrays.stream(AlertKind.values()).map(Enum::name).toList();
        String page = Files.readString(MARKDOWN.resolve("alerts.md"));
        String schema = Files.readString(Path.of("avro-schemas/Alert.avsc"));
        String script =
                Files.readString(
                        Path.of("src/main/resources/io/pidstream/dashboard/page/alerts.js"));
        String rules = Files.readString(Path.of("deploy/monitoring/rules.yml"));

        assertThat(kinds(page, "| kind | what has happened", "\n\n"))
                .containsExactlyElementsOf(order(kinds));
        assertThat(kinds(schema, "\"kind\"", "}")).containsExactlyElementsOf(order(kinds));
        assertThat(kinds(script, "const KINDS", "}")).containsExactlyElementsOf(order(kinds));
        assertThat(kinds(alertsOf(rules), "", "$")).containsExactlyElementsOf(order(kinds));
    }

    private static String alertsOf(String rules) {
        return ALERTS_METRIC
                .matcher(rules)
                .results()
                .map((MatchResult metric) -> metric.group())
                .collect(Collectors.joining());
    }

    private static List<String> order(List<String> kinds) {
        return kinds.stream().sorted().toList();
    }

    private static List<String> kinds(String text, String from, String to) {
        int start = text.indexOf(from);
        int end = text.indexOf(to, start);
        return KIND.matcher(text.substring(start, end < 0 || to.equals("$") ? text.length() : end))
                .results()
                .map((MatchResult kind) -> kind.group())
                .distinct()
                .sorted()
                .toList();
    }
}
