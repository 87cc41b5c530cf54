package io.pidstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.testing.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a topic that others write to predictions, without a line by hand. */
class InitTopicIT {
    private static final int ROWS = 300;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String[] NAMES = {
        "temp_in", "temp_out", "press_in", "press_out", "quality"
    };

    @TempDir private Path directory;

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
    void whatIsWrittenForAMessageWithAllSensorsRunsWithoutAnEdit() throws Exception {
        List<String> messages = new ArrayList<>();
        for (Sample row : samples()) {
            messages.add(
                    """
                    {"device":{"id":"%s"},"ts":%d,"values":{%s}}
                    """
                            .formatted(
                                    row.asset(),
                                    row.time().toEpochMilli(),
                                    String.join(",", fields(row))));
        }
        send("plant.telemetry", messages);

        JsonNode json = init("plant.telemetry", "--target", "quality");

        assertThat(json.path("asset").asText()).isEqualTo("id");
        assertThat(json.path("period").asText()).isEqualTo("PT1M");
        assertThat(json.path("modalities").path("temperature")).hasSize(2);
        assertThat(json.path("modalities").path("pressure")).hasSize(2);
        assertThat(json.path("sources").path("records").asInt()).isEqualTo(2 * ROWS);
        assertThat(json.path("sources").path("readings").asInt()).isEqualTo(4 * ROWS);
        assertThat(json.path("sources").path("labels").asInt()).isEqualTo(2 * ROWS);
        assertThat(json.path("sources").path("deadLetters").asInt()).isZero();
        assertThat(yaml())
                .contains("asset: /device/id\n")
                .contains("time: {field: ts, unit: ms}")
                .contains("temp_in: /values/temp_in\n")
                .contains("target: /values/quality\n");
        ok("topics", "create", "--config", configuration());
        ok("run", "serve", "--config", configuration(), "--local", "--bounded");
        String[] predictions =
                ok(
                                "tail",
                                "predictions",
                                "--json",
                                "--from-beginning",
                                "--limit",
                                "500",
                                "--config",
                                configuration())
                        .out()
                        .split("\n", -1);
        assertThat(predictions).hasSizeGreaterThan(500);
    }

    @Test
    void oneValueAMessageIsFoundAndTimesMayBeTextsInAnEnvelope() throws Exception {
        List<String> messages = new ArrayList<>();
        for (Sample row : samples()) {
            for (int c = 0; c < NAMES.length; c++) {
                messages.add(
                        """
                        {"schema":null,"payload":{"at":"%s","machine":"%s","metric":"%s","value":%s}}
                        """
                                .formatted(
                                        row.time(),
                                        row.asset(),
                                        NAMES[c],
                                        number(row.values()[c])));
            }
        }
        send("points", messages);

        JsonNode json = init("points", "--target", "quality");

        assertThat(json.path("sources").path("readings").asInt()).isGreaterThan(1_500);
        assertThat(json.path("sources").path("labels").asInt()).isGreaterThan(300);
        assertThat(json.path("sources").path("deadLetters").asInt()).isZero();
        assertThat(yaml())
                .contains("asset: machine\n")
                .contains("time: {field: at, format: iso}")
                .contains("metric: metric\n    value: value\n")
                .contains("temp_in: temp_in\n")
                .contains("target: quality\n");
        ok("validate", "--config", configuration());
        assertThat(
                        ok(
                                        "init",
                                        "--topic",
                                        "points",
                                        "--bootstrap-servers",
                                        kafka.bootstrapServers(),
                                        "--output",
                                        configuration(),
                                        "--force",
                                        "--yes")
                                .out())
                .contains("a message in JSON is one record, in the envelope of Kafka Connect")
                .contains("one value a record: metric says what was measured, value has the values")
                .contains("2 assets in machine, which tells rows of the same time apart")
                .contains(" labels, 0 dead letters")
                .contains("next:  pidstream topics create --config " + configuration());
    }

    /** Nothing but numbers in arrays: the asset is the key, the time that of the record. */
    @Test
    void keyAndTimestampStandInForFieldsThatAreNotThere() throws Exception {
        List<String> messages = new ArrayList<>();
        for (Sample row : samples()) {
            messages.add("{\"batch\":[{%s}]}".formatted(String.join(",", fields(row))));
        }
        send("bare", messages);

        JsonNode json = init("bare", "--target", "quality");

        assertThat(json.path("sources").path("readings").asInt()).isEqualTo(4 * ROWS);
        assertThat(yaml())
                .contains("records: /batch\n")
                .contains("asset: {key: true}")
                .contains("time: {record: true}")
                .contains("temp_in: temp_in\n");
        ok("validate", "--config", configuration());
    }

    @Test
    void marksOfMissingValuesAndTimesWithoutAnOffsetAreWrittenAsForAFile() throws Exception {
        List<String> messages = new ArrayList<>();
        int row = 0;
        for (Sample sample : samples()) {
            List<String> fields = fields(sample);
            if (row++ % 20 == 0) {
                fields.set(0, "\"temp_in\":-999");
                fields.set(2, "\"press_in\":\"offline\"");
            }
            messages.add(
                    """
                    {"device":"%s","at":"%s",%s}
                    """
                            .formatted(
                                    sample.asset(),
                                    sample.time().toString().replace("Z", "").replace('T', ' '),
                                    String.join(",", fields)));
        }
        send("marks", messages);

        JsonNode json = init("marks", "--target", "quality");

        assertThat(json.path("sources").path("readings").asInt()).isEqualTo(4 * ROWS);
        assertThat(json.path("sources").path("deadLetters").asInt()).isZero();
        assertThat(yaml())
                .contains("missing: [\"-999\", offline]\n")
                .contains(
                        "# Times have no offset and count as UTC; for local time, for instance:\n")
                .contains("# time: {field: at, format: iso, zone: Europe/Berlin}\n");
        ok("validate", "--config", configuration());
    }

    @Test
    void wrongUseIsOneLine() throws Exception {
        send("words", List.of("hello", "world"));
        assertThat(fails(2, "init")).contains("expected --data or --topic");
        assertThat(fails(2, "init", "--topic", "words"))
                .contains("--topic: words: expected --bootstrap-servers beside it");
        assertThat(
                        fails(
                                2,
                                "init",
                                "--topic",
                                "words",
                                "--bootstrap-servers",
                                kafka.bootstrapServers()))
                .contains("--topic: words: expected records in JSON; there are 0");
    }

    private record Sample(String asset, Instant time, double[] values) {}

    private static List<Sample> samples() {
        Random random = new Random(5);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            for (String asset : List.of("press-1", "press-2")) {
                double heat = random.nextGaussian();
                double force = random.nextGaussian();
                samples.add(
                        new Sample(
                                asset,
                                START.plusSeconds(60L * i),
                                new double[] {
                                    60 + 5 * heat,
                                    40 + 5 * heat + random.nextGaussian(),
                                    2 + 0.3 * force,
                                    1.5 + 0.3 * force + 0.1 * random.nextGaussian(),
                                    50 + 2 * heat + 3 * force + random.nextGaussian()
                                }));
            }
        }
        return samples;
    }

    private static List<String> fields(Sample row) {
        List<String> fields = new ArrayList<>();
        for (int c = 0; c < NAMES.length; c++) {
            fields.add("\"%s\":%s".formatted(NAMES[c], number(row.values()[c])));
        }
        return fields;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private JsonNode init(String topic, String... more) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "init",
                                "--topic",
                                topic,
                                "--bootstrap-servers",
                                kafka.bootstrapServers(),
                                "--output",
                                configuration(),
                                "--json"));
        words.addAll(List.of(more));
        return new ObjectMapper().readTree(ok(words.toArray(String[]::new)).lastLine());
    }

    private String configuration() {
        return directory.resolve("c.yaml").toString();
    }

    private String yaml() throws Exception {
        return Files.readString(directory.resolve("c.yaml"));
    }

    private static CommandRun ok(String... words) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static String fails(int code, String... words) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(code);
        return run.err();
    }

    /** Keys and timestamps are those of the samples, in turn. */
    private static void send(String topic, List<String> messages) throws Exception {
        Map<String, Object> broker = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(broker)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        List<Sample> samples = samples();
        int each = Math.max(1, messages.size() / samples.size());
        List<Future<?>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer =
                Clients.producer(
                        new KafkaSettings(
                                kafka.bootstrapServers(),
                                "",
                                KafkaSettings.Delivery.EXACTLY_ONCE,
                                Map.of()))) {
            for (int i = 0; i < messages.size(); i++) {
                Sample sample = samples.get(i / each);
                sent.add(
                        producer.send(
                                new ProducerRecord<>(
                                        topic,
                                        null,
                                        sample.time().toEpochMilli(),
                                        sample.asset().getBytes(UTF_8),
                                        messages.get(i).strip().getBytes(UTF_8))));
            }
        }
        for (Future<?> record : sent) {
            record.get();
        }
    }
}
