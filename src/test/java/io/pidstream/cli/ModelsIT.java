package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.TrainingSample;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.network.EncoderType;
import io.pidstream.network.Trainer;
import io.pidstream.testing.CommandRun;
import io.pidstream.train.Samples;
import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of model versions through a broker: trained, published, rolled back, retired. */
class ModelsIT {
    private static EmbeddedKafka kafka;

    @TempDir Path directory;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void theTrainJobPublishesACandidateAndContinuesFromTheActiveVersion() throws Exception {
        String config = config("trained");
        ok("topics", "create", "--config", config);
        send("trained.training-samples", Samples.nonlinear(800, 0.1));

        ok("run", "train", "--config", config, "--local", "--bounded", "--json");

        JsonNode first = list(config).get(0);
        assertThat(first.get("version").asLong()).isEqualTo(1);
        assertThat(first.get("state").asText()).as(first.toString()).isEqualTo("CANDIDATE");
        assertThat(first.get("parent").isNull()).isTrue();
        assertThat(first.get("metrics").get("holdOutRmse").asDouble())
                .isLessThan(first.get("metrics").get("linearHoldOutRmse").asDouble());
        CommandRun shown = ok("models", "show", "1", "--config", config);
        assertThat(shown.out()).containsPattern("check +ok").containsPattern("state +candidate");

        ok("models", "retire", "1", "--config", config);
        ok("models", "publish", trained("offline", 3), "--config", config);
        send("trained.training-samples", Samples.nonlinear(800, 0.1));
        ok("run", "train", "--config", config, "--local", "--bounded", "--json");

        JsonNode third = list(config).get(2);
        assertThat(third.get("version").asLong()).isEqualTo(3);
        assertThat(third.get("parent").asLong()).isEqualTo(2);
        assertThat(third.get("metrics").has("activeHoldOutRmse")).isTrue();
    }

    @Test
    void aVersionIsPublishedRolledBackToAndRetired() throws Exception {
        String config = config("life");
        ok("topics", "create", "--config", config);
        assertThat(ok("models", "list", "--config", config).out())
                .startsWith("no versions: the identity encoder serves");
        String one = trained("one", 1);
        ok("models", "publish", one, "--config", config);
        ok(
                "models",
                "publish",
                trained("two", 2),
                "--config",
                config,
                "--effective-from",
                "2026-01-31T12:00:00Z");
        assertThat(states(config)).containsExactly("1 RETIRED", "2 ACTIVE");
        assertThat(list(config).get(1).get("effectiveFrom").asText())
                .isEqualTo("2026-01-31T12:00:00Z");

        assertThat(refused("models", "publish", one, "--config", config))
                .startsWith("version 1 (retired) already has these parameters, SHA-256 ");
        assertThat(refused("models", "rollback", "7", "--config", config))
                .isEqualTo("there is no version 7; the newest is 2");
        assertThat(refused("models", "rollback", "0", "--config", config))
                .startsWith("0 is the identity encoder");
        assertThat(refused("models", "rollback", "2", "--config", config))
                .isEqualTo("version 2 is active; expected a retired one");

        JsonNode rolledBack =
                json(ok("models", "rollback", "1", "--config", config, "--json").lastLine());
        assertThat(rolledBack.get("active").asLong()).isEqualTo(1);
        assertThat(states(config)).containsExactly("1 ACTIVE", "2 RETIRED");
        ok("models", "publish", trained("three", 3), "--config", config, "--candidate");
        assertThat(
                        refused(
                                "models",
                                "publish",
                                trained("four", 4),
                                "--config",
                                config,
                                "--candidate"))
                .startsWith("version 3 is already a candidate");
        ok("models", "retire", "3", "--config", config);
        ok("models", "retire", "1", "--config", config);
        assertThat(states(config)).containsExactly("1 RETIRED", "2 RETIRED", "3 REJECTED");
        assertThat(refused("models", "retire", "1", "--config", config))
                .startsWith("version 1 is already retired");
    }

    @Test
    void aNumberThatTheTrainJobIsAboutToPublishIsNotGivenAgain() throws Exception {
        String config = config("pending");
        ok("topics", "create", "--config", config);
        ModelArtefact pending = ModelArtefact.read(Path.of(trained("pending", 1)));
        try (Producer<byte[], byte[]> trainer = transactional("pending-trainer")) {
            trainer.initTransactions();
            trainer.beginTransaction();
            announce(trainer, "pending.model-versions", 1, pending);

            ok("models", "publish", trained("published", 2), "--config", config);
            assertThat(states(config)).isEmpty();
            trainer.commitTransaction();
        }
        assertThat(states(config)).containsExactly("1 CANDIDATE", "2 ACTIVE");
    }

    @Test
    void aDuplicateNumberIsListedForItsFirstVersionAndTheOtherIsReported() throws Exception {
        String config = config("twice");
        ok("topics", "create", "--config", config);
        ModelArtefact first = ModelArtefact.read(Path.of(trained("first", 1)));
        ModelArtefact second = ModelArtefact.read(Path.of(trained("second", 2)));
        try (Producer<byte[], byte[]> both = transactional("twice-both")) {
            both.initTransactions();
            both.beginTransaction();
            announce(both, "twice.model-versions", 1, first);
            announce(both, "twice.model-versions", 1, second);
            both.commitTransaction();
        }

        CommandRun listed = ok("models", "list", "--config", config, "--json");

        assertThat(json(listed.lastLine()).get("versions")).hasSize(1);
        assertThat(json(listed.lastLine()).get("versions").get(0).get("sha256").asText())
                .isEqualTo(first.manifest().sha256());
        assertThat(listed.err())
                .contains("skipped: version 1: the number belongs to other parameters");
    }

    private static Producer<byte[], byte[]> transactional(String id) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", id),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void announce(
            Producer<byte[], byte[]> producer, String topic, long number, ModelArtefact artefact)
            throws Exception {
        ModelVersion version =
                ModelRecords.toRecord(
                        artefact,
                        number,
                        ModelState.CANDIDATE,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        "test");
        producer.send(
                        new ProducerRecord<>(
                                topic,
                                Long.toString(number).getBytes(StandardCharsets.UTF_8),
                                ValueCodec.of(ModelVersion.class).encode(version)))
                .get();
    }

    @Test
    void whatDoesNotFitIsNotPublished() throws Exception {
        String config = config("fits");
        ok("topics", "create", "--config", config);
        String version = trained("version", 1);
        assertThat(
                        refused(
                                "models",
                                "publish",
                                version,
                                "--config",
                                config,
                                "--set",
                                "target.name=nox"))
                .contains("the targets are [co]; the configuration has [nox]");
        assertThat(refused("models", "publish", directory + "/none", "--config", config))
                .contains("expected an output directory of 'train'");
        Files.write(Path.of(version, "parameters"), new byte[10]);
        assertThat(refused("models", "publish", version, "--config", config))
                .contains("the SHA-256 of the parameters (10 bytes) is");
        assertThat(refused("models", "show", "1", "--config", config))
                .isEqualTo("there is no version 1; there are no versions");
        assertThat(list(config)).isEmpty();
    }

    private String config(String name) throws Exception {
        return Files.writeString(
                        directory.resolve(name + ".yaml"),
                        """
                        name: %s
                        modalities:
                          - {name: mox, channels: [a, b]}
                          - {name: env, channels: [t]}
                        target: {name: co}
                        alignment: {period: PT1S}
                        encoder:
                          type: pidreg
                          latent: 2
                          hidden: [8]
                          fine-tune-every: 800
                          device: cpu
                          artefacts: "%s"
                          training:
                            epochs: 40
                            batch-size: 64
                            learning-rate: 0.005
                            bottleneck: false
                            fusion: equal
                            normality: 0
                            conditional: 0
                            joint-normality: 0
                        kafka: {bootstrap-servers: "%s"}
                        flink: {execution.checkpointing.dir: "%s"}
                        """
                                .formatted(
                                        name,
                                        directory.resolve("artefacts").toUri(),
                                        kafka.bootstrapServers(),
                                        directory.resolve("checkpoints").toUri()))
                .toString();
    }

    private String trained(String name, long seed) throws Exception {
        TrainingSamples samples = new TrainingSamples();
        for (TrainingSample s : Samples.nonlinear(100, 0.1)) {
            samples.add(
                    new double[][] {
                        {s.getValues().get(0), s.getValues().get(1)}, {s.getValues().get(2)}
                    },
                    new boolean[] {true, true},
                    new double[] {s.getTarget()},
                    s.getTime().toEpochMilli());
        }
        ModelShape shape =
                new ModelShape(
                        EncoderType.PIDREG.text(),
                        List.of(
                                new ModalityShape("mox", List.of("a", "b"), 2),
                                new ModalityShape("env", List.of("t"), 2)),
                        List.of("co"),
                        List.of(8),
                        1);
        TrainingSettings settings =
                new TrainingSettings(1, 64, 1e-3, 0, false, 1, 0, 0, 0, false, 0, true, 2);
        Path output = directory.resolve(name);
        new Trainer(settings, "cpu")
                .train(
                        new TrainingTask(shape, "hash", seed, null, null),
                        samples,
                        null,
                        epoch -> {},
                        () -> false)
                .artefact()
                .write(output);
        return output.toString();
    }

    private static void send(String topic, List<TrainingSample> samples) throws Exception {
        ValueCodec<TrainingSample> codec = ValueCodec.of(TrainingSample.class);
        KafkaSettings settings =
                new KafkaSettings(
                        kafka.bootstrapServers(),
                        "",
                        KafkaSettings.Delivery.EXACTLY_ONCE,
                        Map.of());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            for (TrainingSample sample : samples) {
                sent.add(
                        producer.send(
                                new ProducerRecord<>(
                                        topic,
                                        sample.getAsset().getBytes(StandardCharsets.UTF_8),
                                        codec.encode(sample))));
            }
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    private static CommandRun ok(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        return run;
    }

    /** The one line that says why not. */
    private static String refused(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        return run.err().strip();
    }

    private static JsonNode list(String config) throws Exception {
        return json(ok("models", "list", "--config", config, "--json").lastLine()).get("versions");
    }

    private static List<String> states(String config) throws Exception {
        List<String> states = new ArrayList<>();
        list(config)
                .forEach(
                        version ->
                                states.add(
                                        version.get("version").asText()
                                                + " "
                                                + version.get("state").asText()));
        return states;
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
