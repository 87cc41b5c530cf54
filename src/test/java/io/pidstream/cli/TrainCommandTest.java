package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.version.ModelArtefact;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;
    private Path config;
    private Path data;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        config = directory.resolve("c.yaml");
        data = directory.resolve("d.csv");
        output = directory.resolve("model");
        Files.writeString(
                config,
                """
                name: plant
                modalities: [{name: a, channels: [p, q]}, {name: b, channels: [r]}]
                target: {name: y}
                alignment: {period: PT1H}
                encoder: {type: piecewise, latent: 2, hidden: [16, 8], device: cpu, training: {epochs: 3}}
                csv: {asset: asset, time: time, time-format: {unit: PT1H}}
                """);
        writeRows(200);
    }

    private void writeRows(int rows, String... split) throws IOException {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>();
        lines.add("asset,time,a.p,a.q,b.r,y" + (split.length == 0 ? "" : ",split"));
        for (int i = 0; i < rows; i++) {
            double p = random.nextGaussian();
            double r = random.nextGaussian();
            lines.add(
                    "site,%d,%s,%s,%s,%s%s"
                            .formatted(
                                    i,
                                    p,
                                    random.nextGaussian(),
                                    i % 19 == 0 ? "" : r,
                                    10 + p + r,
                                    split.length == 0 ? "" : "," + split[i % 3]));
        }
        Files.write(data, lines);
    }

    @Test
    void writesTheVersionAndAReportAndSaysHowGoodItIs() throws IOException {
        assertThat(train("--json")).isZero();

        JsonNode json = JSON.readTree(out.toString());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "epochs", "secondsPerEpoch", "train", "validation", "test", "explanation");
        for (String part : List.of("train", "validation", "test")) {
            assertThat(json.path(part).fieldNames())
                    .toIterable()
                    .containsExactly("rmse", "mae", "r2");
        }
        assertThat(json.path("epochs").asInt()).isEqualTo(3);
        assertThat(json.path("explanation").path("information").has("a+b")).isTrue();
        ModelArtefact artefact = ModelArtefact.read(output);
        assertThat(artefact.manifest().shape().names()).containsExactly("a", "b");
        assertThat(artefact.manifest().metrics().get("testRmse"))
                .isEqualTo(json.path("test").path("rmse").asDouble());
        assertThat(Files.readString(output.resolve("report.html")))
                .contains("plant: training", "\"curves\":{\"title\":", "default-src 'none'")
                .doesNotContainPattern("http://(?!www\\.w3\\.org/2000/svg)")
                .doesNotContain("{{", "src=", "<link", "@import", "url(");
    }

    @Test
    void theSameSeedWritesTheSameParameters() throws IOException {
        assertThat(train("--seed", "5")).isZero();
        byte[] first = Files.readAllBytes(output.resolve("parameters"));
        assertThat(train("--seed", "5")).isZero();
        assertThat(Files.readAllBytes(output.resolve("parameters"))).isEqualTo(first);
        assertThat(train("--seed", "6")).isZero();
        assertThat(Files.readAllBytes(output.resolve("parameters"))).isNotEqualTo(first);
    }

    @Test
    void aSplitColumnDecidesWhoIsTrainedOn() throws IOException {
        writeRows(210, "train", "validation", "test");

        assertThat(train("--json")).isZero();
        assertThat(ModelArtefact.read(output).manifest().metrics().get("trainingRows"))
                .isEqualTo(70);
    }

    @Test
    void anUnknownSplitIsReportedInOneLine() throws IOException {
        writeRows(30, "train", "validation", "holdout");

        assertThat(train()).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "--data: d.csv, line 4: column split: 'holdout'; expected train, validation"
                                + " or test");
    }

    @Test
    void tooFewRowsAreOneClearLine() throws IOException {
        writeRows(12);

        assertThat(train()).isEqualTo(1);
        assertThat(err.toString()).contains("training rows, at least 16 are needed");
    }

    @Test
    void aFileWithoutRowsIsOneClearLine() throws IOException {
        writeRows(0);

        assertThat(train()).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("--data: d.csv: has a header and no rows");
    }

    @Test
    void allProblemsOfTheConfigurationAreReportedAtOnce() {
        assertThat(
                        train(
                                "--set",
                                "encoder.members=3",
                                "--set",
                                "encoder.type=forest",
                                "--set",
                                "encoder.training.learning-rate=-1"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "encoder.type: \"forest\": expected one of pidreg, piecewise, trees, both",
                        "encoder.members: 3: expected a number that divides encoder.latent, 2",
                        "encoder.training.learning-rate: -1: expected a number above 0 and below"
                                + " 1");
    }

    private int train(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--config",
                                config.toString(),
                                "--data",
                                data.toString(),
                                "--output",
                                output.toString()));
        args.addAll(List.of(more));
        CommandLine commandLine = new CommandLine(new TrainCommand());
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        commandLine.setExecutionExceptionHandler(new Failures(false));
        return commandLine.execute(args.toArray(new String[0]));
    }
}
