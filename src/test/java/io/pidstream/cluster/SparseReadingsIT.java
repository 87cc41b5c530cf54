package io.pidstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.pipeline.JobDefaults;
import io.pidstream.pipeline.KafkaEndpoints;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readings that come now, further apart than a modality may be silent, with labels that are known
 * at once: long before their slots close, as readings may be late. Every second source has no
 * partition.
 */
class SparseReadingsIT {
    private static final int SLOTS = 10;
    private static final long PERIOD_MILLIS = 2_000;

    @TempDir Path directory;

    private Path file;
    private Commands commands;

    @Test
    void labelsWaitForTheirFramesWhileAllReadingsAreSilent() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(Map.of())) {
            file = write(kafka);
            commands = new Commands(file);
            commands.run("topics", "create", "--partitions", "1");
            FlinkRest rest = new FlinkRest(flink.dashboard());
            try {
                JobClient job = serve(flink, null);
                rest.awaitState(job.getJobID().toString(), "RUNNING");
                List<Instant> sent = sendAsTimeGoesBy(SLOTS);
                // What waits in the savepoint is taken up beside sources that have read nothing.
                String saved =
                        job.stopWithSavepoint(
                                        false,
                                        directory.resolve("savepoints").toUri().toString(),
                                        SavepointFormatType.CANONICAL)
                                .get();
                serve(flink, saved);
                sent.addAll(sendAsTimeGoesBy(2));
                Waiting.until(
                        "all labels are learned or refused",
                        () ->
                                commands.records("training-samples").size()
                                                + commands.records("dead-letters").size()
                                        == sent.size());
                assertThat(commands.records("dead-letters")).isEmpty();
                assertThat(times(commands.records("training-samples"))).isEqualTo(sent);
                assertThat(times(commands.records("predictions")))
                        .isEqualTo(sent.subList(1, sent.size()));
                assertThat(commands.records("late-readings")).isEmpty();
            } finally {
                // A cluster does not close while a job of this JVM runs.
                rest.cancelAll();
            }
        }
    }

    /** Submits the job, to go on from a savepoint; null for none. */
    private JobClient serve(EmbeddedFlink flink, String from) throws Exception {
        PipelineConfig config = ConfigFile.read(file, Map.of());
        Configuration settings = JobDefaults.of(config);
        if (from != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
        }
        StreamExecutionEnvironment env = flink.environment(settings);
        ServeJob.define(env, config, KafkaEndpoints.sources(config), KafkaEndpoints.sinks(config));
        return env.executeAsync("serve");
    }

    private List<Instant> sendAsTimeGoesBy(int slots) throws IOException {
        List<Instant> sent = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            long now = System.currentTimeMillis();
            LockSupport.parkUntil(now + PERIOD_MILLIS - now % PERIOD_MILLIS);
            Instant slot = Instant.ofEpochMilli(now + PERIOD_MILLIS - now % PERIOD_MILLIS);
            Path rows = directory.resolve("slot-" + slot.getEpochSecond() + ".csv");
            Files.writeString(
                    rows,
                    "second,mox.a,env.t,co\n%d,%d,%d,%d\n"
                            .formatted(slot.getEpochSecond(), i % 3, i % 2, i % 3 + i % 2));
            commands.run("replay", "--data", rows.toString(), "--speed", "max");
            sent.add(slot);
        }
        return sent;
    }

    private static List<Instant> times(List<String> records) throws IOException {
        List<Instant> times = new ArrayList<>();
        for (String line : records) {
            times.add(Instant.parse(new ObjectMapper().readTree(line).path("time").asText()));
        }
        return times.stream().sorted().toList();
    }

    private Path write(EmbeddedKafka kafka) throws IOException {
        return Files.writeString(
                directory.resolve("sparse.yaml"),
                """
                name: sparse
                modalities:
                  - {name: mox, channels: [a]}
                  - {name: env, channels: [t]}
                target: {name: co, max-delay: PT1M, idle-after: PT5S}
                alignment: {period: PT2S, max-out-of-orderness: PT6S, idle-after: PT1S}
                csv:
                  asset: {constant: x}
                  time: second
                  time-format: {unit: PT1S}
                kafka: {bootstrap-servers: "%s"}
                flink:
                  execution.checkpointing.dir: "%s"
                  execution.checkpointing.interval: 500 ms
                  parallelism.default: 2
                """
                        .formatted(
                                kafka.bootstrapServers(),
                                directory.resolve("checkpoints").toUri()));
    }
}
