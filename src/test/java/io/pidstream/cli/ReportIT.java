package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pidstream.testing.Browser;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports in a real browser: they draw, load nothing, and can be read by everybody. */
class ReportIT {
    @TempDir Path directory;

    private Path output;

    @BeforeEach
    void findABrowser() {
        assumeTrue(Browser.isThere(), "there is no /usr/bin/chromium with /usr/bin/chromedriver");
        output = directory.resolve("out");
    }

    private void run(String command, Path data, String... more) throws IOException {
        Path config = directory.resolve("c.yaml");
        Files.writeString(config, GeneratedStream.CONFIG);
        String[] args = new String[7 + more.length];
        System.arraycopy(
                new String[] {
                    command,
                    "--config",
                    config.toString(),
                    "--data",
                    data.toString(),
                    "--output",
                    output.toString()
                },
                0,
                args,
                0,
                7);
        System.arraycopy(more, 0, args, 7, more.length);
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private void look(Browser browser, String name) throws IOException {
        browser.size(1280, 900);
        browser.open(output.resolve("report.html").toUri().toString(), "report");
        assertThat(
                        browser.driver()
                                .executeScript(
                                        "return performance.getEntriesByType('resource').length"))
                .isEqualTo(0L);
        assertThat(browser.text()).contains("In plain words", "Where the knowledge comes from");
        browser.assertAccessible();
        browser.assertQuiet();
        browser.picture(name, 1280);
    }

    private static Object count(Browser browser, String selector) {
        return browser.driver()
                .executeScript("return document.querySelectorAll(arguments[0]).length", selector);
    }

    @Test
    void theEvaluationShowsItsChartsAndItsAlerts() throws IOException {
        List<String> rows = new ArrayList<>(new GeneratedStream(1, 2000).rows());
        rows.subList(2000 - 24, 2000).replaceAll(row -> row.substring(0, row.lastIndexOf(',') + 1));
        run(
                "evaluate",
                GeneratedStream.write(directory.resolve("d.csv"), rows),
                "--no-fine-tune",
                "--set",
                "learning.intervals=[0.5, 0.9]",
                "--inject",
                "R1:0.6");
        try (Browser browser = new Browser()) {
            look(browser, "report-evaluate");
            assertThat(browser.text()).contains("Contributions have shifted", "asset-0");
            assertThat(browser.text())
                    .contains("The last 24 frames have no label yet; an error of about")
                    .contains("from light to dark 90 % and 50 %", "(50 %)");
            assertThat(count(browser, ".readout .expected")).isEqualTo(1L);
            assertThat(count(browser, "canvas")).isEqualTo(3L);
        }
    }

    @Test
    void theTrainingShowsHowItWentAndWhatTheVersionKnows() throws IOException {
        run(
                "train",
                new GeneratedStream(2, 1000).write(directory.resolve("d.csv")),
                "--seed",
                "1",
                "--set",
                "encoder.type=piecewise",
                "--set",
                "encoder.latent=2",
                "--set",
                "encoder.hidden=[16,8]",
                "--set",
                "encoder.device=cpu",
                "--set",
                "encoder.training.epochs=20");
        try (Browser browser = new Browser()) {
            look(browser, "report-train");
            assertThat(browser.text()).contains("Loss by epoch", "Fusion weights by epoch");
            assertThat(count(browser, "canvas")).isEqualTo(3L);
        }
    }

    @Test
    void theDecompositionShowsWhatCouldBeLeftOut() throws IOException {
        run("pid", new GeneratedStream(1, 500).write(directory.resolve("d.csv")));
        try (Browser browser = new Browser()) {
            look(browser, "report-pid");
            assertThat(browser.text())
                    .contains("What if these sensors were gone?", "Information about t");
            assertThat(count(browser, ".parts .track i")).as("intervals").isEqualTo(5L);
        }
    }
}
