package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.pipeline.JobDefaults;
import io.pidstream.pipeline.KafkaEndpoints;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.process.Retained;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import io.pidstream.testing.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job says what it starts with, and does not start beside another one of its name. */
class RunStartIT {
    private static final GeneratedStream STREAM = new GeneratedStream(2, 100);

    @TempDir static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void aStartAtCommittedOffsetsSaysThatNothingWasLearned() throws Exception {
        String config = replayed("again");
        assertThat(serve(config).err()).doesNotContain("nothing learned");
        long first = predictions(config);
        assertThat(first).isGreaterThan(100);

        CommandRun second = serve(config);

        assertThat(second.err())
                .contains("again serve: found committed offsets of consumer group again (")
                .contains("goes on at those offsets with nothing learned")
                .contains("--from latest")
                .contains("--from earliest")
                .contains("--fresh");
        assertThat(predictions(config)).isLessThan(2 * first);

        assertThat(serve(config, "--fresh").err()).doesNotContain("nothing learned");
        long before = predictions(config);
        assertThat(serve(config, "--from", "earliest").err()).doesNotContain("nothing learned");
        assertThat(predictions(config)).isEqualTo(before + first);
    }

    @Test
    void aSecondJobOfANameIsRefusedAndTheStateOfTheFirstIsFound() throws Exception {
        String config = replayed("one");
        Path savepoints = Files.createDirectory(directory.resolve("savepoints"));
        String setting = "flink.execution.checkpointing.savepoint-dir=" + savepoints.toUri();
        PipelineConfig read = ConfigFile.read(Path.of(config), Map.of());
        Configuration flink = JobDefaults.of(read);
        try (EmbeddedFlink cluster = EmbeddedFlink.start(flink.toMap())) {
            StreamExecutionEnvironment env = cluster.environment(flink);
            ServeJob.define(env, read, KafkaEndpoints.sources(read), KafkaEndpoints.sinks(read));
            JobClient job = env.executeAsync("one serve");
            Waiting.until(
                    "the job predicts",
                    () ->
                            job.getJobStatus().get() == JobStatus.RUNNING
                                    && predictions(config) > 100);

            CommandRun refused =
                    CommandRun.of("run", "serve", "--config", config, "--local", "--bounded");

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("one: another job of this name (member one-")
                    .contains("writes with the same transactions");
            assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
            job.stopWithSavepoint(false, savepoints.toString(), SavepointFormatType.CANONICAL)
                    .get();
        }

        Configuration where = new Configuration();
        where.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, savepoints.toUri().toString());
        Set<String> topics =
                Set.of(
                        "one.readings.a",
                        "one.readings.b",
                        "one.labels",
                        "one.model-versions",
                        "one.alert-actions");
        assertThat(new Retained(where, topics).newest().orElseThrow().path())
                .startsWith("file:" + savepoints + "/savepoint-");
        assertThat(
                        CommandRun.of(
                                "run",
                                "serve",
                                "--config",
                                replayed("other"),
                                "--local",
                                "--bounded",
                                "--from",
                                "latest",
                                "--set",
                                setting))
                .satisfies(
                        other -> {
                            assertThat(other.exitCode()).isEqualTo(1);
                            assertThat(other.err().strip())
                                    .isEqualTo(
                                            "--from: latest: expected a checkpoint or savepoint of other serve; there is none (looked in file:%s: 1 checkpoints and savepoints)"
                                                    .formatted(savepoints));
                        });
    }

    @Test
    void theNewestStateNeedsADirectory() throws Exception {
        CommandRun run =
                CommandRun.of(
                        "run",
                        "serve",
                        "--config",
                        replayed("nowhere"),
                        "--local",
                        "--from",
                        "latest");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("--from: latest: expected flink.execution.checkpointing.dir or ");
        assertThat(CommandRun.of("run", "serve", "--config", "c", "--fresh", "--from", "x"))
                .satisfies(
                        both -> {
                            assertThat(both.exitCode()).isEqualTo(2);
                            assertThat(both.err()).startsWith("--fresh: expected no --from");
                        });
    }

    private static String replayed(String name) throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve(name + ".yaml"),
                        GeneratedStream.CONFIG
                                        .replace("name: generated", "name: " + name)
                                        .replace("PT4H}", "PT4H, idle-after: PT1S}")
                                + "kafka: {bootstrap-servers: \"%s\"}\n"
                                        .formatted(kafka.bootstrapServers())
                                + "flink: {execution.checkpointing.interval: 1s}\n");
        Path data = STREAM.write(directory.resolve(name + ".csv"));
        ok("replay", "--config", file.toString(), "--data", data.toString());
        return file.toString();
    }

    private static CommandRun serve(String config, String... options) {
        List<String> words =
                new ArrayList<>(
                        List.of("run", "serve", "--config", config, "--local", "--bounded"));
        words.addAll(List.of(options));
        return ok(words.toArray(String[]::new));
    }

    private static long predictions(String config) {
        return ok(
                        "tail",
                        "predictions",
                        "--json",
                        "--config",
                        config,
                        "--from-beginning",
                        "--to-end")
                .out()
                .lines()
                .count();
    }

    private static CommandRun ok(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }
}
