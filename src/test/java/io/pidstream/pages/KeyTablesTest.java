package io.pidstream.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.config.Key;
import io.pidstream.config.Keys;
import io.pidstream.testing.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of keys on pages: one is made from the keys, the others agree with them. */
class KeyTablesTest {
    private static final Path PAGE = Path.of("src/site/markdown/configuration.md");
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- end -->\n";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void thePageOnConfigurationHasEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (GoldenFiles.areWritten()) {
            GoldenFiles.write(PAGE, page.substring(0, begin) + table() + page.substring(end));
        }
        String now = Files.readString(PAGE);
        assertThat(now.substring(begin, now.indexOf(END)))
                .as("to write it: %s", GoldenFiles.command(KeyTablesTest.class))
                .isEqualTo(table());
    }

    private static String table() {
        return Keys.all().stream()
                .map(KeyTablesTest::row)
                .collect(
                        Collectors.joining(
                                "",
                                "| key | value | default | since | meaning |\n"
                                        + "|---|---|---|---|---|\n",
                                ""));
    }

    private static String row(Key<?> key) {
        String text = key.defaultText();
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        key.path(),
                        key.expected(),
                        key.hasLiteralDefault() ? "`" + text + "`" : text,
                        key.since(),
                        key.meaning());
    }

    @Test
    void everyKeyInATableExistsWithThisDefault() throws IOException {
        int rows = 0;
        List<String> wrong = new ArrayList<>();
        for (Path page : PagesTest.pages()) {
            for (List<String> row : rowsOfKeys(page)) {
                rows++;
                problems(row.get(0), row.get(1)).forEach(it -> wrong.add(page + ": " + it));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(rows).isGreaterThan(10);
    }

    @Test
    void aWrongRowIsFound() {
        assertThat(problems("`learning.block`", "200")).isEmpty();
        assertThat(problems("`encoder.trial.warm-up`, `.longest`", "100, 2000")).isEmpty();
        assertThat(problems("`alerts.mean-time-between-false-alarms`", "`P365D`")).isEmpty();
        assertThat(problems("`kafka.properties`", "")).isEmpty();
        assertThat(problems("`learning.block`", "100"))
                .containsExactly("learning.block: 100: the default is 200");
        assertThat(problems("`encoder.trial.warm-up`, `.longest`", "100, 200"))
                .containsExactly("encoder.trial.longest: 200: the default is 2000");
        assertThat(problems("`alerts.smallest-step`", "1"))
                .containsExactly("alerts.smallest-step: there is no such key");
        assertThat(problems("`alert.*`", "")).containsExactly("alert.*: there is no such key");
    }

    /** The first two cells of each row of the tables whose columns start with key and default. */
    private static List<List<String>> rowsOfKeys(Path page) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(page)) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| key | default |")) {
                inTable = true;
            } else if (!line.startsWith("|")) {
                inTable = false;
            } else if (inTable && !line.startsWith("|--")) {
                rows.add(List.of(cells[1].strip(), cells[2].strip()));
            }
        }
        return rows;
    }

    /** One or several keys, the others by their last parts, and one default each or one for all. */
    private static List<String> problems(String keys, String defaults) {
        List<String> names =
                CODE.matcher(keys).results().map((MatchResult word) -> word.group(1)).toList();
        String plain = defaults.replace("`", "");
        String[] each = names.size() > 1 ? plain.split(", ", -1) : new String[] {plain};
        List<String> problems = new ArrayList<>();
        String parent = "";
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).startsWith(".") ? parent + names.get(i) : names.get(i);
            parent = name.replaceFirst("\\.[^.]*$", "");
            problems.addAll(problem(name, each.length == 1 ? each[0] : each[i]));
        }
        return problems;
    }

    private static List<String> problem(String name, String stated) {
        if (name.endsWith(".*")) {
            String section = name.substring(0, name.length() - 1);
            return Keys.all().stream().anyMatch(key -> key.path().startsWith(section))
                    ? List.of()
                    : List.of(name + ": there is no such key");
        }
        List<Key<?>> found =
                Keys.all().stream()
                        .<Key<?>>map(key -> key)
                        .filter(key -> key.path().equals(name))
                        .toList();
        if (found.isEmpty()) {
            return List.of(name + ": there is no such key");
        }
        String actual = found.get(0).defaultText().replaceFirst(";.*", "");
        boolean agrees = stated.equals(actual) || (stated.isEmpty() && isNothing(actual));
        return agrees
                ? List.of()
                : List.of("%s: %s: the default is %s".formatted(name, stated, actual));
    }

    private static boolean isNothing(String text) {
        return text.equals("none") || text.equals("{}") || text.equals("[]");
    }
}
