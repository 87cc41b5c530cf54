package io.pidstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Savepoints that former versions of the program made are restored by this one, or refused. */
class GoldenSavepointIT {
    /** Of the state at the savepoint: a slot closes when one three later was read. */
    private static final int LEARNED =
            (GoldenSavepoint.LEARNED_SLOTS - 4) * GoldenSavepoint.ASSETS.size();

    private static EmbeddedFlink flink;
    private static FlinkRest rest;

    @TempDir Path directory;

    /** One for each test: a savepoint names the topics, and where it was in them. */
    private EmbeddedKafka kafka;

    @BeforeAll
    static void startFlink() throws Exception {
        flink = EmbeddedFlink.start(Map.of("execution.checkpointing.data-inline-threshold", "1mb"));
        rest = new FlinkRest(flink.dashboard());
    }

    @AfterAll
    static void stopFlink() throws Exception {
        flink.close();
    }

    @BeforeEach
    void startKafka() throws Exception {
        kafka = EmbeddedKafka.start();
    }

    @AfterEach
    void stopKafka() throws Exception {
        try (EmbeddedKafka broker = kafka) {
            // A cluster does not close while a job of this JVM runs.
            rest.cancelAll();
        }
    }

    static List<GoldenSavepoint> savepoints() throws IOException {
        return GoldenSavepoint.all();
    }

    @Test
    @EnabledIfSystemProperty(named = "golden.write", matches = "true")
    void isWritten() throws Exception {
        GoldenSavepoint golden = GoldenSavepoint.newest();
        if (Files.exists(golden.folder())) {
            return;
        }
        golden.writeInput();
        Path file = golden.config(kafka, directory);
        Commands commands = new Commands(file);
        commands.run("topics", "create", "--partitions", "1");
        JobClient serve = golden.start("serve", file, false, flink);
        JobClient train = golden.start("train", file, false, flink);
        commands.run("replay", "--data", golden.learned().toString(), "--speed", "max");
        Waiting.until(
                "all that can be learned is",
                () -> commands.records("training-samples").size() >= LEARNED);
        Waiting.until("all samples are buffered", () -> buffered(train) >= LEARNED);
        for (Map.Entry<String, JobClient> job : Map.of("serve", serve, "train", train).entrySet()) {
            Path folder = Files.createDirectories(directory.resolve(job.getKey()));
            String saved =
                    job.getValue()
                            .stopWithSavepoint(
                                    false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                            .get();
            Path target = Files.createDirectories(golden.savepoint(job.getKey()));
            Files.copy(
                    Path.of(URI.create(saved)).resolve("_metadata"), target.resolve("_metadata"));
        }
    }

    @ParameterizedTest
    @MethodSource("savepoints")
    void aServeJobContinuesWithWhatItHasLearned(GoldenSavepoint golden) throws Exception {
        Path file = golden.config(kafka, directory);
        Commands commands = new Commands(file);
        commands.run("topics", "create", "--partitions", "1");
        // The sources continue at their offsets, so what was read then has to be there.
        commands.run("replay", "--data", golden.learned().toString(), "--speed", "max");
        golden.start("serve", file, true, flink);
        commands.run("replay", "--data", golden.next().toString(), "--speed", "max");
        Map<String, Double> labels = labels(golden);
        Waiting.until(
                "predictions of the new rows",
                () -> commands.records("predictions").size() >= labels.size());

        List<Double> errors = new ArrayList<>();
        for (String line : commands.records("predictions")) {
            JsonNode prediction = new ObjectMapper().readTree(line);
            String key = prediction.path("asset").asText() + "," + prediction.path("time").asText();
            if (labels.containsKey(key)) {
                errors.add(Math.abs(prediction.path("prediction").asDouble() - labels.get(key)));
            }
        }
        // From the first row on: noise is 0.1, and who knows nothing is wrong by 1.8 on average.
        assertThat(errors).hasSizeGreaterThan(2 * (GoldenSavepoint.NEXT_SLOTS - 4) - 1);
        assertThat(errors).allSatisfy(error -> assertThat(error).isCloseTo(0, within(0.6)));
        assertThat(commands.records("dead-letters")).isEmpty();
        assertThat(commands.records("late-readings")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("savepoints")
    void aTrainJobContinuesWithItsBuffer(GoldenSavepoint golden) throws Exception {
        Path file = golden.config(kafka, directory);
        new Commands(file).run("topics", "create", "--partitions", "1");
        JobClient job = golden.start("train", file, true, flink);
        Waiting.until("the buffer is restored", () -> buffered(job) == LEARNED);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[a1, a2]     | [a2, a1]     | the channels of the modalities: [[a1, a2], [b1]],"
                        + " now [[a2, a1], [b1]]",
                "[b1]         | [b1, b2]     | the channels of the modalities: [[a1, a2], [b1]],"
                        + " now [[a1, a2], [b1, b2]]",
                "period: PT1S | period: PT2S | alignment.period: PT1S, now PT2S",
                "name: y      | name: z      | target.names: [y], now [z]",
                ", history: false | , idle-after: PT1S | target.history: false, now true",
                "block: 20    | block: 30    | learning.block: 20, now 30",
                "max-out-of-orderness: PT2S | aggregate: mean | alignment.aggregate: last, now mean"
            })
    void anotherConfigurationIsRefusedInOneSentence(String words, String changed, String reason)
            throws Exception {
        GoldenSavepoint golden = GoldenSavepoint.newest();
        Path file = golden.config(kafka, directory, words, changed);
        new Commands(file).run("topics", "create", "--partitions", "1");

        CommandRun run =
                CommandRun.of(
                        "run",
                        "serve",
                        "--local",
                        "--config",
                        file.toString(),
                        "--from",
                        golden.savepoint("serve").toAbsolutePath().toUri().toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        List<String> said = run.err().lines().toList();
        assertThat(said.get(said.size() - 1))
                .startsWith("the state was ")
                .contains(reason)
                .contains("Start without the state, or with the configuration it was ");
    }

    private static int buffered(JobClient job) throws Exception {
        return (int) rest.metric(job.getJobID().toString(), "bufferedFrames");
    }

    /** Asset and time of every new row, with its label. */
    private static Map<String, Double> labels(GoldenSavepoint golden) throws IOException {
        Map<String, Double> labels = new HashMap<>();
        List<String> rows = Files.readAllLines(golden.next());
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            labels.put(
                    cells[0] + "," + Instant.ofEpochSecond(Long.parseLong(cells[1])),
                    Double.parseDouble(cells[5]));
        }
        return labels;
    }
}
