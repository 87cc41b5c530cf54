package io.pidstream.filerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine says while it stands still changes nothing of what is said while it runs. */
class NotRunningIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SLOTS = 240;
    private static final String WHEN = "learning.when=a.x > -50";

    @TempDir static Path directory;

    private static Path config;

    @BeforeAll
    static void write() throws IOException {
        config = Files.writeString(directory.resolve("c.yaml"), GeneratedStream.CONFIG);
    }

    /**
     * Every fifth day each machine stands still: a.x is −99 there, the target is something else.
     *
     * @param labelled whether the target is there
     */
    private static Path data(String name, boolean labelled) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String row : new GeneratedStream(3, SLOTS).rows()) {
            String[] cells = row.split(",", -1);
            int day = Integer.parseInt(cells[1].substring(8, 10));
            if (day % 5 == 0) {
                cells[2] = "-99";
                cells[5] = labelled ? "1000" : "";
            }
            rows.add(String.join(",", cells));
        }
        return GeneratedStream.write(directory.resolve(name), rows);
    }

    @Test
    void nothingIsLearnedOrScored() throws IOException {
        JsonNode with = evaluate("with", data("labelled.csv", true), "--set", WHEN);
        JsonNode without = evaluate("without", data("unlabelled.csv", false));

        assertThat(with.path("framesNotRunning").asInt()).isPositive();
        assertThat(with.path("labels")).isEqualTo(without.path("labels"));
        assertThat(with.path("mae")).isEqualTo(without.path("mae"));
        assertThat(lines("with", "explanations.jsonl"))
                .isNotEmpty()
                .isEqualTo(lines("without", "explanations.jsonl"));
        List<String> predictions = lines("with", "predictions.jsonl");
        assertThat(predictions)
                .filteredOn(line -> line.contains("\"status\":\"NOT_RUNNING\""))
                .hasSize(with.path("framesNotRunning").asInt());
        assertThat(predictions.stream().map(l -> l.replace(",\"status\":\"NOT_RUNNING\"", "")))
                .containsExactlyElementsOf(lines("without", "predictions.jsonl"));
    }

    @Test
    void theWrongLabelsWouldHaveDoneHarm() throws IOException {
        JsonNode learned = evaluate("learned", data("all.csv", true));
        JsonNode left = evaluate("left", data("all.csv", true), "--set", WHEN);

        assertThat(learned.path("mae").asDouble()).isGreaterThan(10 * left.path("mae").asDouble());
    }

    @Test
    void aDecompositionOfTheFileLeavesThemOut() throws IOException {
        Path file = data("pid.csv", true);
        JsonNode with = json("pid", file, "--set", WHEN);
        JsonNode without = json("pid", data("pid-without.csv", false));

        assertThat(with.path("rowsNotRunning").asInt()).isPositive();
        assertThat(with.path("usedRows")).isEqualTo(without.path("usedRows"));
        assertThat(with.path("information")).isEqualTo(without.path("information"));
    }

    private static JsonNode evaluate(String name, Path file, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--no-fine-tune", "--output", directory.resolve(name).toString()));
        return json("evaluate", file, all.toArray(String[]::new));
    }

    private static JsonNode json(String command, Path file, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(command, "--json"));
        all.addAll(List.of("--config", config.toString(), "--data", file.toString()));
        all.addAll(List.of(options));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JSON.readTree(run.lastLine());
    }

    private static List<String> lines(String name, String file) throws IOException {
        return Files.readAllLines(directory.resolve(name).resolve(file));
    }
}
