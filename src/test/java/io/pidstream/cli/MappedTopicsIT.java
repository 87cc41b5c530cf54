package io.pidstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.RegistryServer;
import io.pidstream.kafka.TopicReader;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rows, in topics of others, are the same predictions as from a file. */
class MappedTopicsIT {
    private static final GeneratedStream STREAM = new GeneratedStream(3, 150);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Schema LAB =
            new Schema.Parser()
                    .parse(
                            """
                            {"type": "record", "name": "Lab", "namespace": "com.example", "fields": [
                              {"name": "comment", "type": ["null", "string"]},
                              {"name": "sample", "type": {"type": "record", "name": "Sample", "fields": [
                                {"name": "unit", "type": "string"},
                                {"name": "taken", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}},
                              {"name": "result", "type": ["null", "double"]}]}
                            """);

    @TempDir static Path directory;

    private static EmbeddedKafka kafka;
    private static List<String> expected;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        Path file = Files.writeString(directory.resolve("c.yaml"), GeneratedStream.CONFIG);
        Path data = STREAM.write(directory.resolve("d.csv"));
        Path output = directory.resolve("expected");
        ok(
                "evaluate",
                "--config",
                file.toString(),
                "--data",
                data.toString(),
                "--output",
                output.toString());
        expected = Files.readAllLines(output.resolve("predictions.jsonl"));
        assertThat(expected).hasSizeGreaterThan(400);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void oneTopicInJsonHasReadingsOfAllModalitiesAndLabels() throws Exception {
        String config =
                config(
                        "wide",
                        """
                        sources:
                          - topic: wide.telemetry
                            asset: {key: true}
                            time: {field: /meta/at, format: iso}
                            channels: {a.x: /v/ax, a.y: /v/ay, b.x: /v/bx}
                            target: /v/t
                            recorded-at: {delay: PT0S}
                        """);
        create("wide.telemetry");
        try (Sender producer = new Sender()) {
            for (String row : STREAM.rows()) {
                String[] cells = row.split(",", -1);
                send(
                        producer,
                        "wide.telemetry",
                        cells[0],
                        """
                        {"meta":{"at":"%s"},"v":{"ax":%s,"ay":"%s","bx":%s,"t":%s}}
                        """
                                .formatted(
                                        cells[1].replace(' ', 'T') + "Z",
                                        orNull(cells[2]),
                                        cells[3],
                                        orNull(cells[4]),
                                        orNull(cells[5])));
            }
            send(producer, "wide.telemetry", "asset-0", "{\"meta\":{},\"v\":{\"ax\":1}}");
            send(producer, "wide.telemetry", "asset-0", null);
        }
        ok("topics", "create", "--config", config);

        ok("run", "serve", "--config", config, "--local", "--bounded", "--parallelism", "2");

        assertThat(predictions(config)).isEqualTo(expected);
        List<JsonNode> letters =
                lines(
                        "tail",
                        "dead-letters",
                        "--json",
                        "--from-beginning",
                        "--limit",
                        "1",
                        "--config",
                        config);
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).path("detail").asText())
                .matches(
                        "wide\\.telemetry, partition \\d, offset \\d+: /meta/at is missing;"
                                + " expected a time like .*");
    }

    @Test
    void metricsAreInJsonAndLabelsInAvroOfAnySchema() throws Exception {
        try (RegistryServer registry = new RegistryServer()) {
            String config =
                    config(
                            "long",
                            """
                            sources:
                              - topic: long.metrics
                                asset: /tags/unit
                                time: {field: timestamp, unit: s}
                                metric: name
                                value: /fields/value
                                channels: {a.x: temp/x, a.y: temp/y, b.x: flow}
                              - topic: long.lab
                                format: avro
                                asset: /sample/unit
                                time: {field: /sample/taken, unit: us}
                                target: result
                                recorded-at: {delay: PT0S}
                            kafka:
                              schema-registry: {url: "%s"}
                            """
                                    .formatted(registry.url()));
            create("long.metrics", "long.lab");
            int id = registry.add(LAB.toString());
            try (Sender producer = new Sender()) {
                for (String row : STREAM.rows()) {
                    String[] cells = row.split(",", -1);
                    metric(producer, cells, "temp/x", cells[2]);
                    metric(producer, cells, "flow", cells[4]);
                    metric(producer, cells, "humidity", "1");
                    metric(producer, cells, "temp/y", cells[3]);
                    producer.send("long.lab", cells[0].getBytes(UTF_8), lab(id, cells));
                }
            }
            CommandRun before = CommandRun.of("topics", "check", "--config", config);
            assertThat(before.out())
                    .containsPattern("long\\.metrics +ok +2")
                    .doesNotContain("long.readings");
            ok("topics", "create", "--config", config);

            ok("run", "serve", "--config", config, "--local", "--bounded", "--parallelism", "2");

            assertThat(predictions(config)).isEqualTo(expected);
            assertThat(tail("dead-letters", config)).isEmpty();
        }
    }

    /** A label that was learned stays; a correction of it is a dead letter that names its topic. */
    @Test
    void labelsComeFromSeveralTopicsEachByItsMapping() throws Exception {
        String config =
                config(
                        "several",
                        """
                        sources:
                          - topic: several.telemetry
                            asset: asset
                            time: {field: at, format: iso}
                            channels: {a.x: ax, a.y: ay, b.x: bx}
                          - topic: several.lab
                            asset: /sample/unit
                            time: {field: /sample/taken, unit: s}
                            target: purity
                            recorded-at: {delay: PT0S}
                          - topic: several.corrections
                            asset: {key: true}
                            time: {field: at, format: iso}
                            target: /new/value
                            recorded-at: {field: corrected, format: iso}
                        """);
        create("several.telemetry", "several.lab", "several.corrections");
        List<String> corrected = new ArrayList<>();
        try (Sender producer = new Sender()) {
            for (String row : STREAM.rows()) {
                String[] cells = row.split(",", -1);
                String time = cells[1].replace(' ', 'T') + "Z";
                send(
                        producer,
                        "several.telemetry",
                        cells[0],
                        "{\"asset\":\"%s\",\"at\":\"%s\",\"ax\":\"%s\",\"ay\":\"%s\",\"bx\":\"%s\"}"
                                .formatted(cells[0], time, cells[2], cells[3], cells[4]));
                if (cells[5].isEmpty()) {
                    continue;
                }
                boolean laboratory = !cells[0].equals("asset-1");
                if (laboratory) {
                    send(
                            producer,
                            "several.lab",
                            "a batch",
                            "{\"sample\":{\"unit\":\"%s\",\"taken\":%d},\"purity\":%s}"
                                    .formatted(cells[0], seconds(cells), cells[5]));
                }
                boolean twice = cells[0].equals("asset-0") && cells[1].contains(" 12:");
                if (!laboratory || twice) {
                    String value = twice ? "99" : cells[5];
                    String at = twice ? time.replace("T12", "T15") : time;
                    if (twice) {
                        corrected.add(time);
                    }
                    send(
                            producer,
                            "several.corrections",
                            cells[0],
                            "{\"at\":\"%s\",\"new\":{\"value\":%s},\"corrected\":\"%s\"}"
                                    .formatted(time, value, at));
                }
            }
        }
        ok("topics", "create", "--config", config);

        ok("run", "serve", "--config", config, "--local", "--bounded", "--parallelism", "2");

        assertThat(predictions(config)).isEqualTo(expected);
        assertThat(corrected).isNotEmpty();
        List<String> letters =
                lines(
                                "tail",
                                "dead-letters",
                                "--json",
                                "--from-beginning",
                                "--limit",
                                Integer.toString(corrected.size()),
                                "--config",
                                config)
                        .stream()
                        .map(letter -> letter.path("detail").asText())
                        .toList();
        assertThat(letters)
                .allMatch(detail -> detail.startsWith("several.corrections, partition "))
                .allMatch(detail -> detail.contains("value 99.0: the slot's label "));
        for (String time : corrected) {
            assertThat(letters).anyMatch(detail -> detail.contains("time " + time));
        }
    }

    /** However fast the partition is read, nothing is late. */
    @Test
    void aPartitionMayHaveOneAssetAfterTheOther() throws Exception {
        String config =
                config(
                        "sorted",
                        """
                        sources:
                          - topic: sorted.telemetry
                            asset: asset
                            time: {field: at, format: iso}
                            channels: {a.x: ax, a.y: ay, b.x: bx}
                            target: t
                            recorded-at: {delay: PT0S}
                        """);
        create("sorted.telemetry");
        List<String> rows = new ArrayList<>(STREAM.rows());
        rows.sort(Comparator.comparing(row -> row.substring(0, row.indexOf(','))));
        try (Sender producer = new Sender()) {
            for (String row : rows) {
                String[] cells = row.split(",", -1);
                send(
                        producer,
                        "sorted.telemetry",
                        "one partition",
                        "{\"asset\":\"%s\",\"at\":\"%s\",\"ax\":\"%s\",\"ay\":\"%s\",\"bx\":\"%s\",\"t\":\"%s\"}"
                                .formatted((Object[]) cells));
                producer.flush();
            }
        }
        ok("topics", "create", "--config", config);

        CommandRun run =
                CommandRun.of(
                        "run",
                        "serve",
                        "--config",
                        config,
                        "--local",
                        "--bounded",
                        "--parallelism",
                        "2",
                        "--set",
                        "flink.pipeline.auto-watermark-interval=1ms");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains(
                        "sorted.telemetry: time steps back by up to PT149H within a partition, more"
                                + " than alignment.max-out-of-orderness, PT4H");
        assertThat(tail("late-readings", config)).isEmpty();
        assertThat(predictions(config)).isEqualTo(expected);
    }

    @Test
    void inJsonTheTopicsHaveWhatTheFilesHave() throws Exception {
        String config = config("json", "kafka:\n  format: json\n");
        ok("replay", "--config", config, "--data", directory.resolve("d.csv").toString());
        ok("run", "serve", "--config", config, "--local", "--bounded", "--parallelism", "2");

        assertThat(predictions(config)).isEqualTo(expected);
        List<String> values = new ArrayList<>();
        try (TopicReader reader =
                TopicReader.open(
                        new KafkaSettings(
                                kafka.bootstrapServers(),
                                "json.",
                                KafkaSettings.Delivery.EXACTLY_ONCE,
                                Map.of()),
                        "json.predictions")) {
            reader.toBeginning();
            while (values.size() < expected.size()) {
                reader.poll(Duration.ofMillis(200))
                        .forEach(record -> values.add(new String(record.value(), UTF_8)));
            }
        }
        assertThat(values).containsExactlyInAnyOrderElementsOf(expected);
        CommandRun rows =
                CommandRun.of(
                        "tail",
                        "predictions",
                        "--config",
                        config,
                        "--from-beginning",
                        "--limit",
                        Integer.toString(expected.size()));
        assertThat(rows.out().lines()).hasSize(expected.size() + 1);
        CommandRun readings =
                CommandRun.of(
                        "tail",
                        "readings.a",
                        "--config",
                        config,
                        "--from-beginning",
                        "--limit",
                        "1",
                        "--json");
        assertThat(readings.out()).contains("\"modality\":\"a\"");
    }

    @Test
    void aTopicOfOthersIsNotCreated() throws Exception {
        String config =
                config(
                        "absent",
                        """
                        sources:
                          - topic: absent.telemetry
                            asset: a
                            time: {record: true}
                            channels: {a.x: x, a.y: y, b.x: z}
                        """);
        CommandRun created = CommandRun.of("topics", "create", "--config", config);
        assertThat(created.exitCode()).isEqualTo(1);
        assertThat(created.out())
                .containsPattern(
                        "absent\\.telemetry +missing +- +expected a topic; it is one of sources, so"
                                + " pidstream does not create it")
                .containsPattern("absent\\.labels +created");
        CommandRun run = CommandRun.of("run", "serve", "--config", config, "--local");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip())
                .isEqualTo("sources: expected a topic absent.telemetry; there is none");
    }

    private static String orNull(String cell) {
        return cell.isEmpty() ? "null" : cell;
    }

    private static long seconds(String[] cells) {
        return LocalDateTime.parse(cells[1].replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
    }

    private static void metric(Sender producer, String[] cells, String name, String value) {
        if (!value.isEmpty()) {
            send(
                    producer,
                    "long.metrics",
                    cells[0],
                    "{\"fields\":{\"value\":%s},\"name\":\"%s\",\"tags\":{\"unit\":\"%s\"},\"timestamp\":%d}"
                            .formatted(value, name, cells[0], seconds(cells)));
        }
    }

    private static byte[] lab(int id, String[] cells) throws IOException {
        GenericRecord sample = new GenericData.Record(LAB.getField("sample").schema());
        sample.put("unit", cells[0]);
        sample.put("taken", seconds(cells) * 1_000_000);
        GenericRecord lab = new GenericData.Record(LAB);
        lab.put("comment", "ok");
        lab.put("sample", sample);
        lab.put("result", cells[5].isEmpty() ? null : Double.valueOf(cells[5]));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).putInt(1, id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(LAB).write(lab, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static void send(Sender producer, String topic, String key, String value) {
        producer.send(topic, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }

    /** Sends records, and fails unless all have arrived. */
    private static final class Sender implements AutoCloseable {
        private final List<Future<RecordMetadata>> sent = new ArrayList<>();
        private final Producer<byte[], byte[]> producer =
                Clients.producer(
                        new KafkaSettings(
                                kafka.bootstrapServers(),
                                "",
                                KafkaSettings.Delivery.EXACTLY_ONCE,
                                Map.of("delivery.timeout.ms", "600000")));

        void send(String topic, byte[] key, byte[] value) {
            sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
        }

        void flush() {
            producer.flush();
        }

        @Override
        public void close() throws Exception {
            producer.close();
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        }
    }

    private static void create(String... topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(
                            Arrays.stream(topics)
                                    .map(
                                            name ->
                                                    new NewTopic(
                                                            name, Optional.of(2), Optional.empty()))
                                    .toList())
                    .all()
                    .get();
        }
    }

    private static String config(String prefix, String sources) throws IOException {
        String kafkaKeys =
                "bootstrap-servers: \"%s\", prefix: %s."
                        .formatted(kafka.bootstrapServers(), prefix);
        String yaml =
                GeneratedStream.CONFIG.replace("name: generated", "name: " + prefix) + sources;
        yaml =
                yaml.contains("kafka:\n")
                        ? yaml.replace(
                                "kafka:\n", "kafka:\n  " + kafkaKeys.replace(", ", "\n  ") + "\n")
                        : yaml + "kafka: {" + kafkaKeys + "}\n";
        return Files.writeString(directory.resolve(prefix + ".yaml"), yaml).toString();
    }

    private static List<String> predictions(String config) throws IOException {
        // Not to the end: a transaction's end may be written after its commit has returned.
        return lines(
                        "tail",
                        "predictions",
                        "--json",
                        "--from-beginning",
                        "--limit",
                        Integer.toString(expected.size()),
                        "--config",
                        config)
                .stream()
                .sorted(
                        Comparator.comparing(
                                        (JsonNode line) ->
                                                Instant.parse(line.path("time").asText()))
                                .thenComparing(line -> line.path("asset").asText()))
                .map(JsonNode::toString)
                .toList();
    }

    private static List<JsonNode> tail(String topic, String config) throws IOException {
        return lines("tail", topic, "--json", "--from-beginning", "--to-end", "--config", config);
    }

    private static List<JsonNode> lines(String... args) throws IOException {
        CommandRun tail = CommandRun.of(args);
        assertThat(tail.exitCode()).as(tail.err()).isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : tail.out().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static void ok(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(String.join(" ", args) + ": " + run.err()).isZero();
    }
}
