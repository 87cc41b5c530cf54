package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.apicurio.registry.serde.Legacy4ByteIdHandler;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.format.UndecodableException;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Confluent's framing with a registry of another maker, and with that maker's own client. */
class RegistryIT {
    private static final int HOURS = 200;
    private static final int FURTHER_HOURS = 20;
    private static final Instant START = Instant.parse("2021-03-01T00:00:00Z");

    @TempDir private static Path directory;

    private static RegistryProcess registry;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                RegistryProcess.isUnpacked(),
                "there is no registry in target/registry, where mvn verify unpacks it");
        registry = RegistryProcess.start(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void aJobReadsWhatAnotherClientWritesAndThatClientReadsWhatItWrites() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            String config = config(kafka.bootstrapServers());
            Path rows = new GeneratedStream(1, HOURS).write(directory.resolve("rows.csv"));
            ok("topics", "create", "--config", config);
            ok("replay", "--config", config, "--data", rows.toString(), "--speed", "max");
            writeFurtherHours(settings(kafka.bootstrapServers()));
            ok("run", "serve", "--config", config, "--local", "--bounded");

            Map<Instant, Double> read = readPredictions(settings(kafka.bootstrapServers()));

            assertThat(tail("dead-letters", config)).isEmpty();
            Map<Instant, Double> expected = new TreeMap<>();
            for (JsonNode prediction : tail("predictions", config)) {
                expected.put(
                        Instant.parse(prediction.path("time").asText()),
                        prediction.path("prediction").asDouble());
            }
            assertThat(read).isEqualTo(expected).hasSizeGreaterThan(HOURS);
            assertThat(read).containsKey(START.plus(Duration.ofHours(HOURS + FURTHER_HOURS - 1)));
        }
    }

    /** As a producer does that knows a field more than we do. */
    private static void writeFurtherHours(KafkaSettings settings) throws Exception {
        Schema schema =
                new Schema.Parser()
                        .parse(
                                Reading.getClassSchema()
                                        .toString()
                                        .replace(
                                                "\"fields\":[",
                                                "\"fields\":[{\"name\":\"firmware\",\"type\":\"string\"},"));
        Topics topics = new Topics(settings.prefix());
        try (Producer<byte[], byte[]> producer = Clients.producer(settings);
                AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>()) {
            serializer.configure(ownClient(), false);
            for (int hour = HOURS; hour < HOURS + FURTHER_HOURS; hour++) {
                for (String modality : List.of("a", "b")) {
                    GenericRecord reading = new GenericData.Record(schema);
                    reading.put("firmware", "2.1");
                    reading.put("asset", "asset-0");
                    reading.put("modality", modality);
                    reading.put("time", START.plus(Duration.ofHours(hour)).toEpochMilli());
                    reading.put("values", modality.equals("a") ? List.of(1.0, 0.0) : List.of(0.7));
                    String topic = topics.readings(modality);
                    producer.send(
                                    new ProducerRecord<>(
                                            topic,
                                            "asset-0".getBytes(StandardCharsets.UTF_8),
                                            serializer.serialize(topic, reading)))
                            .get();
                }
            }
        }
    }

    private static Map<Instant, Double> readPredictions(KafkaSettings settings) throws Exception {
        Map<Instant, Double> predictions = new TreeMap<>();
        String topic = new Topics(settings.prefix()).predictions();
        try (TopicReader reader = TopicReader.open(settings, topic);
                AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>()) {
            deserializer.configure(ownClient(), false);
            reader.toBeginning();
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
                    assertThat(record.value()[0]).isZero();
                    GenericRecord prediction = deserializer.deserialize(topic, record.value());
                    predictions.put(
                            Instant.ofEpochMilli((Long) prediction.get("time")),
                            (Double) prediction.get("prediction"));
                }
            }
        }
        return predictions;
    }

    /** That of Apicurio, told to frame as Confluent's. */
    private static Map<String, Object> ownClient() {
        return Map.of(
                "apicurio.registry.url",
                registry.ownUrl(),
                "apicurio.registry.id-handler",
                Legacy4ByteIdHandler.class.getName(),
                "apicurio.registry.use-id",
                "contentId",
                "apicurio.registry.headers.enabled",
                false,
                "apicurio.registry.auto-register",
                true);
    }

    @Test
    void theSameSchemaHasTheSameIdHoweverOftenItIsRegistered() {
        SchemaRegistry ours = new SchemaRegistry(registry.confluentUrl(), null);
        String schema = Label.getClassSchema().toString();
        int id = ours.register("once.labels-value", schema);
        assertThat(id).isPositive();
        assertThat(ours.register("once.labels-value", schema)).isEqualTo(id);
        assertThat(new Schema.Parser().parse(ours.schema(id).orElseThrow()))
                .isEqualTo(Label.getClassSchema());
    }

    @Test
    void anIdThatItDoesNotKnowIsADeadLetter() {
        byte[] bytes = ByteBuffer.allocate(6).putInt(1, 987_654).array();
        assertThatThrownBy(
                        () ->
                                ValueCodec.of(Label.class, settings("localhost:1"), "p.labels")
                                        .decode(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the registry knows no schema 987654; expected that of a Label");
    }

    @Test
    void aSchemaThatItRefusesIsAFailureWithItsReason() {
        SchemaRegistry ours = new SchemaRegistry(registry.confluentUrl(), null);
        assertThatThrownBy(() -> ours.register("p.labels-value", "{\"type\":\"nonsense\"}"))
                .isInstanceOf(KafkaUnavailableException.class)
                .hasMessageContaining("/subjects/p.labels-value/versions")
                .hasMessageContaining("422");
    }

    private static KafkaSettings settings(String servers) {
        return new KafkaSettings(
                servers,
                "generated.",
                KafkaSettings.Delivery.EXACTLY_ONCE,
                new SchemaRegistry(registry.confluentUrl(), null),
                Map.of());
    }

    private static String config(String servers) throws Exception {
        return Files.writeString(
                        directory.resolve("generated.yaml"),
                        GeneratedStream.CONFIG
                                + """
                                csv: {asset: asset, time: time, time-format: "yyyy-MM-dd HH:mm:ss"}
                                kafka:
                                  bootstrap-servers: "%s"
                                  framing: confluent
                                  schema-registry: {url: "%s"}
                                flink: {execution.checkpointing.dir: "%s"}
                                """
                                        .formatted(
                                                servers,
                                                registry.confluentUrl(),
                                                directory.resolve("checkpoints").toUri()))
                .toString();
    }

    private static List<JsonNode> tail(String topic, String config) throws Exception {
        List<JsonNode> records = new ArrayList<>();
        CommandRun run =
                ok("tail", topic, "--config", config, "--json", "--from-beginning", "--to-end");
        for (String line : run.out().lines().toList()) {
            records.add(new ObjectMapper().readTree(line));
        }
        return records;
    }

    private static CommandRun ok(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        return run;
    }
}
