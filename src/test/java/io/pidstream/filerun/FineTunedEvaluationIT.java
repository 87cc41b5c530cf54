package io.pidstream.filerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.NonlinearStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate --fine-tune}: the whole way of a version, over a file. */
class FineTunedEvaluationIT {
    private static final String[] SMALL = {
        "--set", "encoder.type=piecewise",
        "--set", "encoder.hidden=[32]",
        "--set", "encoder.fine-tune-every=3000",
        "--set", "encoder.training.learning-rate=0.005"
    };

    @TempDir static Path directory;

    private static Path config;
    private static Path data;
    private static JsonNode fineTuned;

    @BeforeAll
    static void evaluateOnce() throws IOException {
        config = Files.writeString(directory.resolve("c.yaml"), NonlinearStream.CONFIG);
        data = new NonlinearStream(4, 2500).write(directory.resolve("d.csv"));
        blankBothModalities(data, 500);
        fineTuned = evaluate("fine-tuned", "--fine-tune");
    }

    /** A frame of which only the label and one channel are left. */
    private static void blankBothModalities(Path file, int line) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        String[] cells = lines.get(line).split(",", -1);
        lines.set(
                line,
                String.join(
                        ",", cells[0], cells[1], "", cells[3], cells[4], cells[5], "", cells[7]));
        Files.write(file, lines);
    }

    @Test
    void predictsWhatOnlyANetworkCan() throws IOException {
        JsonNode identity = evaluate("identity", "--no-fine-tune");

        assertThat(identity.path("modelVersions").asInt()).isZero();
        assertThat(identity.has("versions")).isFalse();
        assertThat(identity.path("training").toString())
                .isEqualTo("{\"trained\":false,\"versions\":0,\"reason\":\"turned off\"}");
        assertThat(fineTuned.path("modelVersions").asInt()).isPositive();
        List<String> states = new ArrayList<>();
        fineTuned.path("versions").forEach(v -> states.add(v.path("state").asText()));
        assertThat(states)
                .as(fineTuned.path("versions").toString())
                .startsWith("CANDIDATE", "ACTIVE");
        assertThat(fineTuned.path("mae").asDouble()).isLessThan(identity.path("mae").asDouble());
        assertThat(Files.readAllLines(directory.resolve("fine-tuned").resolve("versions.jsonl")))
                .hasSize(states.size());
    }

    @Test
    void versionsAndPredictionsDependOnTheFileAlone() throws IOException {
        // Networks as small as these are trained without being asked for.
        JsonNode json = evaluate("parallel", "--parallelism", "3");
        assertThat(json.path("training").path("trained").asBoolean())
                .as(json.path("training").toString())
                .isTrue();
        assertThat(fineTuned.path("training").path("reason").asText()).isEqualTo("asked for");

        for (String name : List.of("versions.jsonl", "predictions.jsonl", "explanations.jsonl")) {
            assertThat(directory.resolve("parallel").resolve(name))
                    .hasSameBinaryContentAs(directory.resolve("fine-tuned").resolve(name));
        }
    }

    /** Trees are the default, and cheap enough to be grown without being asked for. */
    @Test
    void treesDependOnTheFileAlone() throws IOException {
        dependsOnTheFileAlone(
                "trees", "--set", "encoder.type=trees", "--set", "encoder.fine-tune-every=1000");
    }

    /** Networks that are trained twice are only trained when asked for. */
    @Test
    void bothTogetherDependOnTheFileAlone() throws IOException {
        dependsOnTheFileAlone("both", "--set", "encoder.type=both", "--fine-tune");
    }

    private static void dependsOnTheFileAlone(String name, String... options) throws IOException {
        JsonNode one = evaluate(name, options);
        assertThat(one.path("training").path("trained").asBoolean())
                .as(one.path("training").toString())
                .isTrue();
        assertThat(one.path("modelVersions").asInt()).isPositive();
        assertThat(one.path("mae").asDouble())
                .isLessThan(0.5 * one.path("yardsticks").path("linear").path("mae").asDouble());
        JsonNode three =
                evaluate(
                        name + "-parallel",
                        Stream.concat(Stream.of(options), Stream.of("--parallelism", "3"))
                                .toArray(String[]::new));
        assertThat(three.path("mae")).isEqualTo(one.path("mae"));
        for (String file : List.of("versions.jsonl", "predictions.jsonl", "explanations.jsonl")) {
            assertThat(directory.resolve(name + "-parallel").resolve(file))
                    .hasSameBinaryContentAs(directory.resolve(name).resolve(file));
        }
    }

    private static JsonNode evaluate(String name, String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("evaluate", "--json"));
        args.addAll(List.of("--config", config.toString(), "--data", data.toString()));
        args.addAll(List.of("--output", directory.resolve(name).toString()));
        args.addAll(List.of(SMALL));
        args.addAll(List.of(options));
        CommandRun run = CommandRun.of(args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.lastLine());
    }
}
