package io.pidstream.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the tutorial from its first block to its last. Blocks of {@code sh} are for a shell, blocks
 * of {@code yaml} are added to the configuration, and blocks of {@code console} have commands and
 * what they print, in which numbers may differ and a line with … stands for any lines.
 */
class TutorialIT {
    private static final Path PAGE = Path.of("src/site/markdown/tutorial.md");
    private static final Pattern BLOCK =
            Pattern.compile(
                    "^```(sh|yaml|console)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern NUMBER =
            Pattern.compile("[0-9a-f]{32}|[-+]?\\d[\\d.,]*|█+[▌▐]?| {2,}");
    private static final String BROKER = "localhost:9092";
    private static final String STATE = "file:///var/lib/pidstream";

    private static final Pattern BESIDE = Pattern.compile("(.*) > (\\S+) 2>&1 &");

    @TempDir Path directory;

    private final List<Process> jobs = new ArrayList<>();
    private EmbeddedKafka kafka;

    @BeforeEach
    void start() throws IOException {
        kafka = EmbeddedKafka.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process job : jobs) {
            job.destroyForcibly().waitFor();
        }
        kafka.close();
    }

    @Test
    void everyStepPrintsWhatThePageShows() throws Exception {
        List<MatchResult> blocks = BLOCK.matcher(Files.readString(PAGE)).results().toList();
        assertThat(blocks).hasSizeGreaterThan(8);
        for (MatchResult block : blocks) {
            switch (block.group(1)) {
                case "sh" -> shell(block.group(2));
                case "yaml" ->
                        Files.writeString(
                                directory.resolve("dryer.yaml"),
                                block.group(2)
                                        .replace(STATE, directory.toUri() + "state")
                                        .replace(BROKER, kafka.bootstrapServers()),
                                StandardOpenOption.APPEND);
                default -> console(block.group(2));
            }
        }
    }

    private void shell(String script) throws Exception {
        Process bash =
                new ProcessBuilder("sh", "-c", script)
                        .directory(directory.toFile())
                        .inheritIO()
                        .start();
        assertThat(bash.waitFor()).isZero();
    }

    private void console(String block) throws Exception {
        List<String> commands = new ArrayList<>();
        List<List<String>> shown = new ArrayList<>();
        for (String line : block.lines().toList()) {
            if (line.startsWith("$ ")) {
                commands.add(line.substring(2));
                shown.add(new ArrayList<>());
            } else {
                shown.get(shown.size() - 1).add(line);
            }
        }
        for (int i = 0; i < commands.size(); i++) {
            String output = run(commands.get(i));
            assertThat(output).as(commands.get(i)).matches(pattern(shown.get(i)));
        }
    }

    private String run(String command) throws Exception {
        if (command.startsWith("kill %")) {
            Process job = jobs.get(Integer.parseInt(command.substring(6)) - 1);
            job.destroy();
            assertThat(job.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return "";
        }
        if (command.startsWith("head -n 1 ")) {
            return asShown(firstLine(directory.resolve(command.substring(10))));
        }
        assertThat(command).startsWith("pidstream ");
        if (command.endsWith(" &")) {
            Matcher parts = BESIDE.matcher(command);
            assertThat(parts.matches()).as(command).isTrue();
            jobs.add(begin(arguments(parts.group(1)), directory.resolve(parts.group(2))));
            return "";
        }
        CommandRun run = CommandRun.of(arguments(command).toArray(String[]::new));
        assertThat(run.exitCode()).as(command + "\n" + run.err()).isZero();
        return asShown(run.out());
    }

    /** The words after {@code pidstream}, with the files and the broker of this test. */
    private List<String> arguments(String command) {
        return Stream.of(command.split(" "))
                .skip(1)
                .map(word -> word.matches("dryer\\..*|out") ? directory.resolve(word) + "" : word)
                .map(word -> word.replace(BROKER, kafka.bootstrapServers()))
                .map(word -> word.replace("8090", "0")) // Any port that is free.
                .toList();
    }

    /** A command that goes on beside the following ones. */
    private Process begin(List<String> arguments, Path log) throws IOException {
        List<String> java =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.pidstream.cli.Main"));
        java.addAll(arguments);
        return new ProcessBuilder(java)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static String firstLine(Path log) throws Exception {
        Waiting.until("a line in " + log, () -> Files.readString(log).contains("\n"));
        return Files.readAllLines(log).get(0);
    }

    private String asShown(String text) {
        return text.replace(directory.toUri().getPath() + "state", "/var/lib/pidstream")
                .replace(directory + "/", "")
                .replace(kafka.bootstrapServers(), BROKER)
                .strip();
    }

    private static String pattern(List<String> shown) {
        return shown.stream()
                .map(line -> line.strip().equals("…") ? "(?s:.*)" : numbers(line.stripTrailing()))
                .collect(Collectors.joining("\\s*\\n"))
                .strip();
    }

    private static String numbers(String line) {
        return Stream.of(NUMBER.split(line, -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[-+a-f\\d.,█▌▐ ]*"));
    }
}
