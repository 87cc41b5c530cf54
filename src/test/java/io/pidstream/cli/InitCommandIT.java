package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.testing.CommandRun;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandIT {
    private static final int ROWS = 400;

    @TempDir private Path directory;

    /** As a German data logger exports it: what is written runs, and reads every row. */
    @Test
    void whatIsWrittenForARawFileRunsWithoutAnEdit() throws IOException {
        Path data = raw();
        Path configuration = directory.resolve("c.yaml");
        CommandRun run =
                CommandRun.of(
                        "init",
                        "--data",
                        data.toString(),
                        "--output",
                        configuration.toString(),
                        "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.lastLine());
        assertThat(json.path("target").asText()).isEqualTo("Qualität");
        assertThat(json.path("period").asText()).isEqualTo("PT10M");
        assertThat(json.path("modalities").path("temperature")).hasSize(2);
        assertThat(json.path("modalities").path("pressure")).hasSize(2);
        assertThat(json.path("evaluation").path("labels").asInt()).isEqualTo(ROWS - 4);
        assertThat(json.path("evaluation").path("deadLetters").asInt()).isZero();
        assertThat(json.path("evaluation").path("mae").asDouble()).isLessThan(1.5);
        CommandRun evaluation =
                CommandRun.of(
                        "evaluate",
                        "--config",
                        configuration.toString(),
                        "--data",
                        data.toString(),
                        "--no-fine-tune",
                        "--json");
        assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
        JsonNode figures = new ObjectMapper().readTree(evaluation.lastLine());
        assertThat(figures.path("frames").asInt()).isEqualTo(ROWS);
        assertThat(figures.path("labels").asInt()).isEqualTo(ROWS - 4);
    }

    @Test
    void peopleSeeATableWithGradesAndTheNextCommand() throws IOException {
        Path data = raw();
        Path configuration = directory.resolve("c.yaml");
        CommandRun run =
                CommandRun.of(
                        "init",
                        "--data",
                        data.toString(),
                        "--output",
                        configuration.toString(),
                        "--yes");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("cells are separated by ;, decimal comma, 2 lines before the header")
                .contains("time in Datum: 100 % of the rows can be read")
                .contains("step 10 min between 100 % of the rows")
                .contains("marks of missing values: -999 in 4 cells")
                .contains("Nummer: the number of the row")
                .contains("Anlage: text, always 'Kessel 2'")
                .contains("first rows: 400 frames of 1 asset, 396 labels, 0 dead letters")
                .contains("next:  pidstream evaluate --config " + configuration);
        assertThat(Files.readString(configuration))
                .contains("# Step 10 min between 100 % of the rows.\n  period: PT10M")
                .contains("delimiter: \";\"")
                .contains("time-format: \"dd.MM.yyyy HH:mm\"")
                .contains("# Why this one: its name says so");
        assertThat(Files.readString(directory.resolve("c.html")))
                .contains("Modality temperature")
                .contains("Vorlauf [°C]")
                .doesNotContain("<link", "src=\"http", "href=\"http")
                .contains("\"histogram\":[");
    }

    @Test
    void nothingIsOverwrittenUnlessAsked() throws IOException {
        Path data = raw();
        Path configuration = Files.writeString(directory.resolve("c.yaml"), "name: mine\n");
        CommandRun run =
                CommandRun.of(
                        "init", "--data", data.toString(), "--output", configuration.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .containsExactly(
                        "--output: %s: expected a file that does not exist; --force overwrites it"
                                .formatted(configuration));
        assertThat(Files.readString(configuration)).isEqualTo("name: mine\n");
    }

    private Path raw() throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        lines.add("Messwertexport");
        lines.add("Anlage: Kessel 2");
        lines.add(
                "Nummer;Datum;Anlage;Vorlauf [°C];Rücklauf [°C];Druck 1 [bar];Druck 2"
                        + " [bar];Qualität");
        for (int i = 0; i < ROWS; i++) {
            double heat = random.nextGaussian();
            double force = random.nextGaussian();
            String quality =
                    i % 100 == 50
                            ? "-999"
                            : number(10 + 2 * heat + 3 * force + random.nextGaussian());
            int minute = 10 * i;
            lines.add(
                    String.join(
                            ";",
                            String.valueOf(i + 1),
                            "%02d.03.2024 %02d:%02d"
                                    .formatted(1 + minute / 1440, minute / 60 % 24, minute % 60),
                            "Kessel 2",
                            number(60 + 5 * heat),
                            number(40 + 5 * heat + random.nextGaussian()),
                            number(2 + 0.3 * force),
                            number(1.5 + 0.3 * force + 0.1 * random.nextGaussian()),
                            quality));
        }
        Path data = directory.resolve("Kessel.csv");
        Files.write(data, lines, Charset.forName("windows-1252"));
        return data;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replace('.', ',');
    }
}
