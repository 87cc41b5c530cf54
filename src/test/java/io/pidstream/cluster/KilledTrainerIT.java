package io.pidstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.pipeline.JobDefaults;
import io.pidstream.pipeline.KafkaEndpoints;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.pipeline.TrainJob;
import io.pidstream.testing.Waiting;
import io.pidstream.version.ModelRecords;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both jobs and their topics, each job on a cluster of its own: the trainer is killed before it
 * trains, while it trains, and while it publishes, and the predictions never wait for it.
 */
class KilledTrainerIT {
    private static final int CHUNK = 400;

    /** Newest frames that may wait for later readings: out-of-orderness, slot, and what is open. */
    private static final int OPEN = 5;

    private static final long START = Instant.parse("2026-01-05T00:00:00Z").getEpochSecond();

    /** The trainer's checkpoints are made when this test asks for them. */
    private static final Map<String, String> NO_CHECKPOINT =
            Map.of("execution.checkpointing.interval", "1 h");

    @TempDir Path directory;

    private final Random random = new Random(1);
    private final List<Long> sent = new ArrayList<>();
    private Path file;
    private Commands commands;
    private PipelineConfig config;
    private EmbeddedFlink trainers;

    @Test
    void predictionsDoNotWaitForATrainerAndNoHalfPublishedVersionIsLoaded() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink servers = EmbeddedFlink.start(Map.of());
                EmbeddedFlink cluster = EmbeddedFlink.start(Map.of())) {
            trainers = cluster;
            file = write(kafka);
            commands = new Commands(file);
            config = ConfigFile.read(file, Map.of());
            commands.run("topics", "create", "--partitions", "1");
            StreamExecutionEnvironment env = servers.environment(JobDefaults.of(config));
            ServeJob.define(
                    env, config, KafkaEndpoints.sources(config), KafkaEndpoints.sinks(config));
            env.executeAsync("serve");
            try {
                predictionsGoOn(new FlinkRest(cluster.dashboard()));
            } finally {
                // A cluster does not close while a job of this JVM runs.
                new FlinkRest(cluster.dashboard()).cancelAll();
                new FlinkRest(servers.dashboard()).cancelAll();
            }
        }
    }

    private void predictionsGoOn(FlinkRest rest) throws Exception {
        // Before it trains.
        String trainer = train(null);
        rest.awaitState(trainer, "RUNNING");
        String saved = rest.checkpoint(trainer);
        rest.cancel(trainer);
        predictsAllOfAnotherChunk();
        predictsAllOfAnotherChunk();

        // While it trains.
        trainer = train(saved);
        Waiting.until("training", KilledTrainerIT::isTraining);
        saved = rest.checkpoint(trainer);
        assertThat(isTraining()).isTrue();
        rest.cancel(trainer);
        assertThat(isTraining()).isFalse();
        assertThat(newest()).isEqualTo(-1);
        predictsAllOfAnotherChunk();

        // While it publishes: the record is in the topic, and its transaction is open.
        trainer = train(saved);
        Waiting.until("a record", () -> newest() >= 0);
        long open = newest();
        rest.cancel(trainer);
        assertThat(versions()).isEmpty();
        predictsAllOfAnotherChunk();
        assertThat(versions()).isEmpty();

        trainer = train(saved);
        Waiting.until("a record again", () -> newest() > open);
        rest.checkpoint(trainer);
        Waiting.until("a version", () -> !versions().isEmpty());
        predictsAllOfAnotherChunk();
        predictsAllOfAnotherChunk();
        rest.cancel(trainer);

        List<ModelVersion> versions = versions();
        assertThat(versions.get(0).getState()).isEqualTo(ModelState.CANDIDATE);
        assertThat(versions.stream().map(ModelVersion::getSha256).distinct()).hasSize(1);
        for (ModelVersion version : versions) {
            assertThat(version.getVersion()).isEqualTo(1);
            assertThat(ModelRecords.toArtefact(version, KilledTrainerIT::read).manifest().sha256())
                    .isEqualTo(version.getSha256());
        }
        assertThat(commands.records("dead-letters"))
                .noneMatch(line -> line.contains("MODEL_REFUSED"));
    }

    private static byte[] read(String uri) throws IOException {
        return Files.readAllBytes(Path.of(URI.create(uri)));
    }

    /** Submits a trainer that resumes from a checkpoint; null for none. */
    private String train(String from) throws Exception {
        Configuration flink = JobDefaults.of(config);
        flink.addAll(Configuration.fromMap(NO_CHECKPOINT));
        if (from != null) {
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
        }
        StreamExecutionEnvironment env = trainers.environment(flink);
        TrainJob.define(
                env,
                config,
                KafkaEndpoints.trainSources(config, false),
                KafkaEndpoints.trainSinks(config));
        return env.executeAsync("train").getJobID().toString();
    }

    /** Whether a trainer of this process is at the network's steps. */
    private static boolean isTraining() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals("io.pidstream.network.TrainingRun"));
    }

    /**
     * Every frame once: but the very first, before which nothing has been learned, and the newest.
     */
    private void predictsAllOfAnotherChunk() throws Exception {
        commands.run("replay", "--data", chunk(), "--speed", "max");
        List<Long> due = sent.subList(1, sent.size() - OPEN);
        Waiting.until(
                "predictions of " + due.size() + " frames", () -> predicted().size() >= due.size());
        List<Long> predicted = predicted();
        assertThat(predicted).isEqualTo(sent.subList(1, 1 + predicted.size()));
    }

    private List<Long> predicted() throws Exception {
        List<Long> seconds = new ArrayList<>();
        for (String line : commands.records("predictions")) {
            JsonNode prediction = new ObjectMapper().readTree(line);
            seconds.add(Instant.parse(prediction.path("time").asText()).getEpochSecond());
        }
        return seconds.stream().sorted().toList();
    }

    /** The next rows: the target is a product of channels, which no linear expert can tell. */
    private String chunk() throws IOException {
        StringBuilder csv = new StringBuilder("cycle,mox.a,mox.b,env.t,co\n");
        long first = START + sent.size();
        for (int i = 0; i < CHUNK; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double t = random.nextGaussian();
            double co = a * t + 0.3 * b + 0.1 * random.nextGaussian();
            csv.append(
                    String.format(Locale.ROOT, "%d,%.6f,%.6f,%.6f,%.6f%n", first + i, a, b, t, co));
            sent.add(first + i);
        }
        return Files.writeString(directory.resolve("rows-" + first + ".csv"), csv).toString();
    }

    /** The versions that whoever loads them sees. */
    private List<ModelVersion> versions() throws Exception {
        ValueCodec<ModelVersion> codec = ValueCodec.of(ModelVersion.class);
        List<ModelVersion> versions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : announced("read_committed")) {
            versions.add(codec.decode(record.value()));
        }
        return versions;
    }

    /** Offset of the newest version, in an open transaction or not; -1 while there is none. */
    private long newest() {
        return announced("read_uncommitted").stream()
                .mapToLong(ConsumerRecord::offset)
                .max()
                .orElse(-1);
    }

    private List<ConsumerRecord<byte[], byte[]>> announced(String isolation) {
        List<ConsumerRecord<byte[], byte[]>> announced = new ArrayList<>();
        TopicPartition topic = new TopicPartition("killed.model-versions", 0);
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                config.kafka().bootstrapServers(),
                                "isolation.level",
                                isolation),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            long end = consumer.endOffsets(List.of(topic)).get(topic);
            while (consumer.position(topic) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(announced::add);
            }
        }
        return announced;
    }

    private Path write(EmbeddedKafka kafka) throws IOException {
        return Files.writeString(
                directory.resolve("killed.yaml"),
                """
                name: killed
                modalities:
                  - {name: mox, channels: [a, b]}
                  - {name: env, channels: [t]}
                target: {name: co, max-delay: PT10S, idle-after: PT1H}
                alignment: {period: PT1S, max-out-of-orderness: PT1S, idle-after: PT1H}
                encoder:
                  type: pidreg
                  latent: 4
                  hidden: [32]
                  fine-tune-every: 700
                  device: cpu
                  artefacts: "%s"
                  trial: {warm-up: 300, longest: 5000}
                  training: {epochs: 100, batch-size: 64, learning-rate: 0.005, patience: 100}
                csv:
                  asset: {constant: x}
                  time: cycle
                  time-format: {unit: PT1S}
                kafka: {bootstrap-servers: "%s"}
                flink:
                  execution.checkpointing.dir: "%s"
                  execution.checkpointing.interval: 500 ms
                """
                        .formatted(
                                directory.resolve("artefacts").toUri(),
                                kafka.bootstrapServers(),
                                directory.resolve("checkpoints").toUri()));
    }
}
