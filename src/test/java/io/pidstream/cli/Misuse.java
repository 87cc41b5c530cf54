package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.testing.CommandRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A command line that cannot work, and what its one line must say.
 *
 * @param exitCode 2 for a wrong command line or configuration, 1 for what only a run can tell
 * @param line the command line; {@code @name} is a file of the test, {@code $NAME} a value of it
 * @param words what the line must contain: option or key, value, and what was expected
 */
record Misuse(int exitCode, String line, List<String> words) {
    static Misuse wrong(String line, String... words) {
        return new Misuse(2, line, List.of(words));
    }

    static Misuse failed(String line, String... words) {
        return new Misuse(1, line, List.of(words));
    }

    /**
     * @param files directory of the files
     * @param values values by name
     */
    DynamicTest test(Path files, Map<String, String> values) {
        return DynamicTest.dynamicTest(line, () -> check(files, values));
    }

    private void check(Path files, Map<String, String> values) {
        String[] arguments =
                Stream.of(line.split(" "))
                        .map(word -> word.replace("@", files + "/"))
                        .map(word -> filled(word, values))
                        .toArray(String[]::new);
        CommandRun run = CommandRun.of(arguments);
        List<String> lines =
                run.err().lines().filter(said -> !said.startsWith("Try 'pidstream ")).toList();
        assertThat(lines).as(run.err()).hasSize(1);
        assertThat(lines.get(0))
                .contains(words.stream().map(word -> filled(word, values)).toList())
                .doesNotContainPattern("Exception|\\bjava[.x]|\\bpicocli|\\bnull\\b|@[0-9a-f]{6}");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }

    private static String filled(String word, Map<String, String> values) {
        String filled = word;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("$" + value.getKey(), value.getValue());
        }
        return filled;
    }
}
