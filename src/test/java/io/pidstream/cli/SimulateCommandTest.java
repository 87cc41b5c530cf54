package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.config.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {
    @Test
    void allMismatchesAreReportedAtOnce() {
        assertThat(
                        problems(
                                "--config",
                                "deploy/examples/air-quality.yaml",
                                "--speed",
                                "fast",
                                "--missing",
                                "1",
                                "--assets",
                                "0"))
                .hasSize(4)
                .anyMatch(line -> line.startsWith("modalities: [mox, env]"))
                .contains("--speed: fast: expected a number, or max")
                .contains("--missing: 1.0: expected at least 0 and below 1")
                .contains("--assets: 0: expected 1 to 10000");
    }

    @Test
    void fasterThanTheWallClockNeedsAnEnd() {
        assertThat(problems("--config", "deploy/examples/demo.yaml", "--speed", "10"))
                .containsExactly("--speed: 10: expected --duration with a speed above 1");
    }

    private static List<String> problems(String... args) {
        List<String> problems = new ArrayList<>();
        new CommandLine(new SimulateCommand())
                .setErr(new PrintWriter(new StringWriter()))
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            problems.addAll(((ConfigurationException) failure).problems());
                            return 2;
                        })
                .execute(args);
        return problems;
    }
}
