package io.pidstream.filerun;

import io.pidstream.admit.Inbound;
import io.pidstream.avro.ModelVersion;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.csv.CsvFormat;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.encode.VersionLoop;
import io.pidstream.learn.AssetFunction;
import io.pidstream.pipeline.EmptySource;
import io.pidstream.pipeline.JobDefaults;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.pipeline.ServeSinks;
import io.pidstream.pipeline.ServeSources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The serve job over a file, in this JVM: the graph of {@code run serve} with file sources and file
 * sinks.
 *
 * @param config the pipeline
 * @param data the rows
 * @param work an empty directory for parts and checkpoints
 * @param parallelism number of subtasks
 * @param predictions whether predictions are kept
 * @param versions model versions that are known before the first frame
 * @param fineTuned whether encoders are trained meanwhile
 */
public record FileRun(
        PipelineConfig config,
        CsvData data,
        Path work,
        int parallelism,
        boolean predictions,
        List<ModelVersion> versions,
        boolean fineTuned) {
    /** Most subtasks of a file run. */
    public static final int MOST_PARALLELISM = 128;

    FileRun(PipelineConfig config, CsvData data, Path work, int parallelism, boolean predictions) {
        this(config, data, work, parallelism, predictions, List.of(), false);
    }

    private static final Duration POLL = Duration.ofMillis(300);

    /** What the run writes. */
    public Outputs outputs() {
        return new Outputs(work);
    }

    Path part(String name) {
        return work.resolve(name);
    }

    /**
     * @param progress receives the number of frames predicted so far
     * @return the accumulators of {@link AssetFunction}
     */
    public Map<String, Object> execute(LongConsumer progress) throws Exception {
        Configuration flink = JobDefaults.of(config);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, part("checkpoints").toUri().toString());
        EmbeddedFlink.patient(flink);
        flink.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, POLL);
        // Key groups cost memory and time, and nobody restores a file run.
        flink.set(PipelineOptions.MAX_PARALLELISM, MOST_PARALLELISM);
        flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        config.flink().forEach(flink::setString);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
        if (!fineTuned) {
            ServeJob.define(env, config, sources(), sinks());
            return run(env, progress);
        }
        // The loop waits for its own output in every step; it must not wait in a buffer meanwhile.
        env.setBufferTimeout(1);
        try (VersionLoop loop = ServeJob.loop(config)) {
            String artefacts = part("artefacts").toUri().toString();
            ServeJob.defineFineTuned(
                    env, config.withArtefactsUnlessSet(artefacts), sources(), sinks(), loop);
            return run(env, progress);
        }
    }

    private static Map<String, Object> run(StreamExecutionEnvironment env, LongConsumer progress)
            throws Exception {
        JobClient job = env.executeAsync();
        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        while (true) {
            try {
                return result.get(POLL.toMillis(), TimeUnit.MILLISECONDS)
                        .getAllAccumulatorResults();
            } catch (TimeoutException e) {
                framesPredicted(job).ifPresent(progress);
            }
        }
    }

    /** Empty if the job ends in the meantime; its result then has the number. */
    private static OptionalLong framesPredicted(JobClient job) throws InterruptedException {
        try {
            Object count = job.getAccumulators().get().get(AssetFunction.FRAMES);
            return count == null ? OptionalLong.empty() : OptionalLong.of((Long) count);
        } catch (ExecutionException | IllegalStateException e) {
            return OptionalLong.empty();
        }
    }

    ServeSources sources() {
        List<Source<Inbound, ?, ?>> readings = new ArrayList<>();
        for (int m = 0; m < config.modalities().count(); m++) {
            readings.add(CsvFormat.readings(data, config, m));
        }
        // A file is all backlog: no source ever falls silent.
        WatermarkStrategy<Inbound> time =
                WatermarkStrategy.<Inbound>forBoundedOutOfOrderness(
                                config.alignment().maxOutOfOrderness())
                        .withTimestampAssigner((inbound, unused) -> inbound.eventTime());
        return new ServeSources(
                readings,
                CsvFormat.labels(data, config),
                data.files(),
                new EmptySource<>(),
                time,
                time,
                versions);
    }

    ServeSinks sinks() {
        return outputs().sinks(predictions, fineTuned);
    }
}
