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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of keys on the page on configuration is made from the keys, and is the only one. */
class KeyTablesTest {
    private static final Path PAGE = Path.of("src/site/markdown/configuration.md");
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- end -->\n";

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

    /** The defaults are on one page only, so they cannot disagree. */
    @Test
    void noOtherPageHasATableOfDefaults() throws IOException {
        List<String> tables = new ArrayList<>();
        for (Path page : PagesTest.pages()) {
            List<String> lines = Files.readAllLines(page);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).matches("\\| *key *\\|.*default.*") && !page.equals(PAGE)) {
                    tables.add(page + ", line " + (i + 1));
                }
            }
        }
        assertThat(tables).isEmpty();
    }
}
