package io.pidstream.filerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.admit.Inbound;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Prediction;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.event.Score;
import io.pidstream.pipeline.JobDefaults;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.pipeline.ServeSources;
import io.pidstream.testing.GeneratedStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task fails in the middle; what comes out is what would have come out without the failure. */
class RecoveryIT {
    private static final GeneratedStream STREAM = new GeneratedStream(4, 400);

    @TempDir Path directory;

    @Test
    void outputIsTheSameAfterAFailureInTheMiddle() throws Exception {
        Path data = STREAM.write(directory.resolve("d.csv"));
        PipelineConfig config = ConfigFile.parse(GeneratedStream.CONFIG, "generated", Map.of());
        FileRun calm = run(config, data, "calm");
        calm.execute(frames -> {});
        FileRun failing = run(config, data, "failing");
        assertThat(executeWithAFailure(config, failing)).as("restored checkpoints").isPositive();
        try (SortedRecords<Prediction> expected = calm.outputs().predictions();
                SortedRecords<Prediction> actual = failing.outputs().predictions()) {
            assertSame(actual, expected);
        }
        try (SortedRecords<Explanation> expected = calm.outputs().explanations();
                SortedRecords<Explanation> actual = failing.outputs().explanations()) {
            assertSame(actual, expected);
        }
        try (SortedRecords<Score> expected = calm.outputs().scores();
                SortedRecords<Score> actual = failing.outputs().scores()) {
            assertSame(actual, expected);
        }
    }

    private static <T> void assertSame(SortedRecords<T> actual, SortedRecords<T> expected) {
        assertThat(expected.size()).isPositive();
        assertThat(actual).containsExactlyElementsOf(expected);
    }

    private FileRun run(PipelineConfig config, Path data, String name) throws Exception {
        CsvData rows = CsvData.read(List.of(data), config);
        return new FileRun(config, rows, Files.createDirectory(directory.resolve(name)), 2, true);
    }

    /** Returns how often a checkpoint was restored. */
    private static int executeWithAFailure(PipelineConfig config, FileRun run) throws Exception {
        Configuration flink = JobDefaults.of(config);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                run.part("checkpoints").toUri().toString());
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        flink.set(CoreOptions.DEFAULT_PARALLELISM, 2);
        try (EmbeddedFlink cluster = EmbeddedFlink.start(flink.toMap())) {
            StreamExecutionEnvironment env = cluster.environment(flink);
            env.setParallelism(2);
            ServeSources sources = run.sources();
            ServeJob.define(
                    env,
                    config,
                    new ServeSources(
                            sources.readings(),
                            sources.labels(),
                            sources.labelsFrom(),
                            sources.versions(),
                            slowAndFailing(config),
                            sources.labelTime()),
                    run.sinks());
            JobClient job = env.executeAsync("failing");
            job.getJobExecutionResult().get();
            URI checkpoints =
                    cluster.dashboard().resolve("/jobs/" + job.getJobID() + "/checkpoints");
            JsonNode counts = new ObjectMapper().readTree(checkpoints.toURL()).path("counts");
            return counts.path("restored").asInt();
        }
    }

    private static WatermarkStrategy<Inbound> slowAndFailing(PipelineConfig config) {
        Trouble trouble = new Trouble();
        return WatermarkStrategy.<Inbound>forBoundedOutOfOrderness(
                        config.alignment().maxOutOfOrderness())
                .withTimestampAssigner(
                        (inbound, unused) -> {
                            trouble.happen();
                            return inbound.eventTime();
                        });
    }

    /** Slows the sources down, so that there are checkpoints in the middle, and fails once. */
    private static final class Trouble implements Serializable {
        private static final long serialVersionUID = 1;
        private static final AtomicInteger READ = new AtomicInteger();

        void happen() {
            LockSupport.parkNanos(500_000);
            if (READ.incrementAndGet() == 2_400) {
                throw new IllegalStateException("a failure in the middle, on purpose");
            }
        }
    }
}
