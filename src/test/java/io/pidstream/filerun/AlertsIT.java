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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shift that is put into a file is told of, by the very job that serves. */
class AlertsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path directory;

    private CommandRun evaluate(Path data, String... options) throws IOException {
        Path config = directory.resolve("c.yaml");
        Files.writeString(config, GeneratedStream.CONFIG);
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "evaluate",
                                "--config",
                                config.toString(),
                                "--data",
                                data.toString(),
                                "--json",
                                "--no-fine-tune"));
        args.addAll(List.of(options));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static JsonNode alerts(CommandRun run) throws IOException {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JSON.readTree(run.lastLine()).path("alerts");
    }

    @Test
    void aDecoupledModalityIsNamedAndTheAlertDoesNotDependOnTheParallelism() throws IOException {
        Path data = new GeneratedStream(1, 2000).write(directory.resolve("d.csv"));
        Path output = directory.resolve("out");
        CommandRun run = evaluate(data, "--inject", "R1:0.6", "--output", output.toString());
        assertThat(run.err()).contains("injected: from line 1202 on, the first modality");
        JsonNode alerts = alerts(run);
        JsonNode shift = null;
        for (JsonNode alert : alerts) {
            shift = alert.path("kind").asText().equals("CONTRIBUTION_SHIFT") ? alert : shift;
        }
        assertThat(shift).as(alerts.toString()).isNotNull();
        assertThat(shift.path("asset").asText()).isEqualTo("asset-0");
        assertThat(shift.path("modality").asText()).isEqualTo("a");
        assertThat(shift.path("direction").asText()).isEqualTo("DOWN");
        assertThat(shift.path("message").asText()).contains("a contributes less");
        assertThat(Files.readAllLines(output.resolve("alerts.jsonl")))
                .hasSizeGreaterThanOrEqualTo(alerts.size());
        assertThat(alerts(evaluate(data, "--inject", "R1:0.6", "--parallelism", "3")))
                .isEqualTo(alerts);
    }

    @Test
    void aModalityThatStopsIsStalled() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String row : new GeneratedStream(1, 400).rows()) {
            String[] cells = row.split(",", -1);
            cells[4] = rows.size() >= 200 && rows.size() < 300 ? "" : cells[4];
            rows.add(String.join(",", cells));
        }
        Path data = GeneratedStream.write(directory.resolve("stopped.csv"), rows);
        JsonNode alerts = alerts(evaluate(data));
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).path("kind").asText()).isEqualTo("MODALITY_STALLED");
        assertThat(alerts.get(0).path("modality").asText()).isEqualTo("b");
        assertThat(alerts.get(0).path("state").asText()).isEqualTo("RESOLVED");
    }

    @Test
    void aWrongInjectionIsOneLineAndExitCode2() throws IOException {
        Path data = new GeneratedStream(1, 10).write(directory.resolve("d.csv"));
        CommandRun run = evaluate(data, "--inject", "R7:0.6");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().toList()).hasSize(1);
        assertThat(run.err()).contains("--inject: R7:0.6: expected R0 to R5");
    }
}
