package io.pidstream.filerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Same input, same output: byte for byte. */
class DeterminismIT {
    private static final GeneratedStream STREAM = new GeneratedStream(5, 300);
    private static final List<String> OUTPUTS =
            List.of("predictions.jsonl", "predictions.csv", "explanations.jsonl");

    @TempDir static Path directory;

    private static Path config;
    private static Path data;
    private static Path expected;

    @BeforeAll
    static void evaluateOnce() throws IOException {
        config = Files.writeString(directory.resolve("c.yaml"), GeneratedStream.CONFIG);
        data = STREAM.write(directory.resolve("d.csv"));
        expected = evaluate("expected", data, "--parallelism", "1");
        assertThat(Files.readAllLines(expected.resolve("predictions.jsonl")))
                .hasSizeGreaterThan(1_450);
        assertThat(Files.readAllLines(expected.resolve("explanations.jsonl")))
                .hasSizeGreaterThan(35);
    }

    @Test
    void doesNotDependOnTheParallelism() throws IOException {
        assertSame(evaluate("parallelism-2", data, "--parallelism", "2"));
        assertSame(evaluate("parallelism-4", data, "--parallelism", "4"));
    }

    @Test
    void doesNotDependOnTheOrderWithinTheOutOfOrderness() throws IOException {
        Path shuffled =
                GeneratedStream.write(directory.resolve("shuffled.csv"), STREAM.shuffled(4));
        assertSame(evaluate("shuffled", shuffled, "--parallelism", "2"));
    }

    @Test
    void doesNotDependOnTheStateBackend() throws IOException {
        // On disk, whatever a function forgets to write back is gone.
        assertSame(evaluate("rocksdb", data, "--set", "flink.state.backend.type=rocksdb"));
    }

    @Test
    void labelsThatComeLaterDoNotDependOnTheStateBackend() throws IOException {
        Path heap = evaluate("heap-delayed", data, "--label-delay", "PT5M");
        Path disk =
                evaluate(
                        "rocksdb-delayed",
                        data,
                        "--label-delay",
                        "PT5M",
                        "--set",
                        "flink.state.backend.type=rocksdb");
        for (String name : OUTPUTS) {
            assertThat(disk.resolve(name)).hasSameTextualContentAs(heap.resolve(name));
        }
    }

    @Test
    void isTheSameThroughKafka() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            String servers = kafka.bootstrapServers();
            run(
                    "replay",
                    "--data",
                    data.toString(),
                    "--bootstrap-servers",
                    servers,
                    "--speed",
                    "max");
            run(
                    "run",
                    "serve",
                    "--local",
                    "--bounded",
                    "--parallelism",
                    "2",
                    "--set",
                    "kafka.bootstrap-servers=" + servers);
            for (String topic : List.of("predictions", "explanations")) {
                List<String> lines = Files.readAllLines(expected.resolve(topic + ".jsonl"));
                assertThat(tail(topic, servers, lines.size())).isEqualTo(lines);
            }
        }
    }

    private static List<String> tail(String topic, String servers, int count) throws IOException {
        CommandRun tail =
                CommandRun.of(
                        "tail",
                        topic,
                        "--json",
                        "--from-beginning",
                        "--limit",
                        Integer.toString(count),
                        "--config",
                        config.toString(),
                        "--set",
                        "kafka.bootstrap-servers=" + servers);
        assertThat(tail.exitCode()).as(tail.err()).isZero();
        List<String> lines = new ArrayList<>(tail.out().lines().toList());
        ObjectMapper json = new ObjectMapper();
        record Line(String time, String asset, String text) {}
        List<Line> parsed = new ArrayList<>();
        for (String line : lines) {
            var tree = json.readTree(line);
            parsed.add(new Line(tree.path("time").asText(), tree.path("asset").asText(), line));
        }
        parsed.sort(Comparator.comparing(Line::time).thenComparing(Line::asset));
        return parsed.stream().map(Line::text).toList();
    }

    private static void run(String command, String... args) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(args));
        all.addAll(List.of("--config", config.toString()));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static Path evaluate(String name, Path file, String... options) {
        Path output = directory.resolve(name);
        List<String> args = new ArrayList<>(List.of("--data", file.toString()));
        args.addAll(List.of("--output", output.toString()));
        args.addAll(List.of(options));
        run("evaluate", args.toArray(String[]::new));
        return output;
    }

    private static void assertSame(Path output) throws IOException {
        for (String file : OUTPUTS) {
            assertThat(output.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
        }
    }
}
