package io.pidstream.benchmark;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.InputTopics;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Sources;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.kafka.Topics;
import io.pidstream.learn.AssetFunction;
import io.pidstream.metric.MetricSettings;
import io.pidstream.pipeline.JobDefaults;
import io.pidstream.pipeline.KafkaEndpoints;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.pipeline.ServeSinks;
import io.pidstream.pipeline.ServeSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;

/**
 * A broker that holds the stream, a Flink cluster, and the two jobs over them: every run reads the
 * stream from its beginning, as a consumer group of its own, and writes to topics of its own.
 */
final class Workbench implements AutoCloseable {
    /** Nothing is known until the labels of the first slot are. */
    private static final int COLD_SLOTS = 1;

    private static final String CONFIG =
            """
            name: benchmark
            modalities:
              - {name: a, channels: [a1, a2, a3, a4, a5, a6, a7, a8]}
              - {name: b, channels: [b1, b2, b3, b4, b5, b6, b7, b8]}
            target: {name: y, max-delay: PT1H}
            alignment: {period: %s}
            """
                    .formatted(BenchmarkStream.PERIOD);

    /** The same stream as others may have it, in topics beside the pipeline's own. */
    private static final String SOURCES =
            """
            sources:
              - topic: json.readings.a
                asset: asset
                time: {field: time, format: iso}
                channels: {a1: a1, a2: a2, a3: a3, a4: a4, a5: a5, a6: a6, a7: a7, a8: a8}
              - topic: json.readings.b
                asset: asset
                time: {field: time, format: iso}
                channels: {b1: b1, b2: b2, b3: b3, b4: b4, b5: b5, b6: b6, b7: b7, b8: b8}
              - topic: json.labels
                asset: asset
                time: {field: time, format: iso}
                target: y
                recorded-at: {field: known, format: iso}
            """;

    private final int parallelism;
    private final PipelineConfig config;

    /** The pipeline over {@link #SOURCES}. */
    private final PipelineConfig mapped;

    private final BenchmarkStream stream;
    private final Path work;
    private final EmbeddedKafka kafka;
    private final EmbeddedFlink flink;
    private int runs;

    /** Which job a run is of. */
    enum Job {
        PASS_THROUGH,
        /** The exchanges and outputs of the pipeline, with nothing in between. */
        BARE_GRAPH,
        PIPELINE,
        /** The pipeline that reads the same records in JSON, by a mapping. */
        FROM_JSON,
        /** The pipeline with {@code metrics.enabled: false}. */
        WITHOUT_METRICS;

        boolean learns() {
            return this == PIPELINE || this == WITHOUT_METRICS || this == FROM_JSON;
        }
    }

    /**
     * A run whose output has been checked.
     *
     * @param frames number of frames that were read
     * @param written what it wrote
     * @param recordBytes what a record takes on the broker, by topic
     */
    record Run(
            Job job,
            long frames,
            WrittenPredictions written,
            Map<String, Double> recordBytes,
            MeasuredRun measured) {
        double framesPerSecond() {
            return frames / measured.seconds();
        }

        /** Processor time per frame, microseconds. */
        double cpuMicros() {
            return 1e6 * measured.cpuSeconds() / frames;
        }
    }

    /**
     * Starts broker and cluster, and writes the stream.
     *
     * @param set overrides of the configuration, key in dotted form to value
     * @param inJson whether it is also written for {@link Job#FROM_JSON}
     */
    Workbench(int assets, int slots, int parallelism, Map<String, String> set, boolean inJson)
            throws Exception {
        this.parallelism = parallelism;
        work = Files.createTempDirectory("pidstream-benchmark");
        kafka = EmbeddedKafka.start();
        config = parse(CONFIG, set);
        mapped = parse(CONFIG + SOURCES, set);
        stream = new BenchmarkStream(config.modalities(), assets, slots);
        Configuration cluster = flinkOptions();
        cluster.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
        flink = EmbeddedFlink.start(cluster.toMap());
        createTopics(config.kafka());
        stream.writeTo(config.kafka());
        if (inJson) {
            KafkaSettings json = prefixed("json.");
            createTopics(json);
            stream.writeInJsonTo(json);
        }
    }

    private PipelineConfig parse(String text, Map<String, String> set) {
        PipelineConfig read = ConfigFile.parse(text, "the benchmark's configuration", set);
        return with(read, read.name(), read.kafka().withBootstrapServers(kafka.bootstrapServers()));
    }

    private KafkaSettings prefixed(String prefix) {
        KafkaSettings from = config.kafka();
        return new KafkaSettings(
                from.bootstrapServers(), prefix, from.delivery(), from.properties());
    }

    private static PipelineConfig with(PipelineConfig c, String name, KafkaSettings kafka) {
        return with(c, name, c.metrics(), kafka);
    }

    private static PipelineConfig withoutMetrics(PipelineConfig c) {
        return with(c, c.name(), new MetricSettings(false, Set.of()), c.kafka());
    }

    private static PipelineConfig with(
            PipelineConfig c, String name, MetricSettings metrics, KafkaSettings kafka) {
        return new PipelineConfig(
                name,
                c.modalities(),
                c.target(),
                c.alignment(),
                c.learning(),
                c.pid(),
                c.encoder(),
                c.alerts(),
                c.notifications(),
                metrics,
                c.csv(),
                kafka,
                c.sources(),
                c.flink());
    }

    private Configuration flinkOptions() {
        Configuration options = JobDefaults.of(config);
        options.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        options.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                work.resolve("checkpoints").toUri().toString());
        config.flink().forEach(options::setString);
        return options;
    }

    private void createTopics(KafkaSettings settings) throws Exception {
        try (TopicAdmin admin = new TopicAdmin(settings, config.modalities())) {
            admin.create(new TopicAdmin.Layout(parallelism, Optional.empty(), Optional.empty()));
        }
    }

    PipelineConfig config() {
        return config;
    }

    /** Runs a job over the whole stream, and checks what it wrote. */
    Run run(Job job) throws Exception {
        Prepared prepared = prepare(job);
        return check(prepared, prepared.run(flink));
    }

    /** As {@link #run}, with a profile of the job. */
    Profile.Profiled<Run> profile(Job job) throws Exception {
        Prepared prepared = prepare(job);
        Profile.Profiled<MeasuredRun> profiled = Profile.of(() -> prepared.run(flink));
        return new Profile.Profiled<>(check(prepared, profiled.result()), profiled.profile());
    }

    /**
     * A job with its graph.
     *
     * @param to where it writes
     */
    private record Prepared(
            Job job, String name, StreamExecutionEnvironment env, KafkaSettings to) {
        MeasuredRun run(EmbeddedFlink flink) throws Exception {
            return MeasuredRun.of(env, flink, name);
        }
    }

    private Prepared prepare(Job job) throws Exception {
        runs++;
        String name = "run-" + runs;
        KafkaSettings from = config.kafka();
        KafkaSettings to = prefixed(name + ".");
        createTopics(to);
        StreamExecutionEnvironment env = flink.environment(flinkOptions());
        env.setParallelism(parallelism);
        PipelineConfig read = job == Job.FROM_JSON ? mapped : config;
        ServeSources sources =
                KafkaEndpoints.backlog(
                        with(read, name, from), List.of(), Sources.Start.COMMITTED, note -> {});
        ServeSinks sinks = KafkaEndpoints.sinks(with(config, name, to));
        switch (job) {
            case PASS_THROUGH ->
                    PassThroughJob.define(env, config.modalities(), sources, sinks.predictions());
            case BARE_GRAPH -> BareGraphJob.define(env, config.modalities(), sources, sinks);
            case PIPELINE, FROM_JSON -> ServeJob.define(env, config, sources, sinks);
            case WITHOUT_METRICS -> ServeJob.define(env, withoutMetrics(config), sources, sinks);
        }
        return new Prepared(job, name, env, to);
    }

    private Run check(Prepared prepared, MeasuredRun measured) throws Exception {
        boolean pipeline = prepared.job().learns();
        WrittenPredictions written =
                WrittenPredictions.of(prepared.to(), stream, pipeline ? COLD_SLOTS : 0);
        if (pipeline) {
            requireAllFrames(measured);
        }
        Map<String, Double> recordBytes =
                new TreeMap<>(TopicSizes.bytesPerRecord(config.kafka(), config.modalities()));
        recordBytes.putAll(TopicSizes.bytesPerRecord(prepared.to(), config.modalities()));
        delete(prepared.to());
        return new Run(prepared.job(), stream.frames(), written, recordBytes, measured);
    }

    private void requireAllFrames(MeasuredRun measured) {
        Object frames = measured.accumulators().get(AssetFunction.FRAMES);
        if (!Long.valueOf(stream.frames()).equals(frames)) {
            throw new IllegalStateException(
                    "the pipeline saw %s frames; expected %d".formatted(frames, stream.frames()));
        }
    }

    private void delete(KafkaSettings settings) throws Exception {
        try (Admin admin = Clients.admin(settings)) {
            Topics topics = new Topics(settings.prefix());
            InputTopics own = InputTopics.of(topics, config.modalities(), List.of());
            admin.deleteTopics(topics.all(own)).all().get();
        }
    }

    @Override
    public void close() throws Exception {
        flink.close();
        kafka.close();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new IOException(work + " cannot be deleted", e);
        }
    }
}
