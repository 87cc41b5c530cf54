package io.pidstream.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.Alert;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.record.RecordJson;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.FullRecords;
import io.pidstream.testing.GeneratedStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows to producers and subscribers works together with a job. */
class ClientsIT {
    private static final GeneratedStream STREAM = new GeneratedStream(2, 200);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir static Path directory;

    private static EmbeddedKafka kafka;
    private static List<JsonNode> expected;

    /** The plant's readings come from Java, and its results are in JSON. */
    @BeforeAll
    static void predict() throws Exception {
        kafka = EmbeddedKafka.start();
        Path file = Files.writeString(directory.resolve("c.yaml"), GeneratedStream.CONFIG);
        Path data = STREAM.write(directory.resolve("d.csv"));
        Path output = directory.resolve("expected");
        ok(
                List.of("evaluate", "--config", file, "--data", data, "--output", output),
                "--no-fine-tune");
        expected = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("predictions.jsonl"))) {
            expected.add(JSON.readTree(line));
        }
        Path config = config("plant", "json");
        ok(List.of("topics", "create", "--config", config));
        write();
        ok(List.of("run", "serve", "--config", config, "--local", "--bounded"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static Path config(String prefix, String format) throws Exception {
        return Files.writeString(
                directory.resolve(prefix + ".yaml"),
                GeneratedStream.CONFIG.replace("name: generated", "name: " + prefix)
                        + "kafka: {bootstrap-servers: \"%s\", format: %s}\n"
                                .formatted(kafka.bootstrapServers(), format));
    }

    /** One asset in Avro, the other in JSON. */
    private static void write() throws Exception {
        try (WriteReadings writer = new WriteReadings(kafka.bootstrapServers(), "plant.")) {
            for (String row : STREAM.rows()) {
                String[] cells = row.split(",", -1);
                String asset = cells[0];
                Instant time = Instant.parse(cells[1].replace(' ', 'T') + "Z");
                Double ax = number(cells[2]);
                Double ay = number(cells[3]);
                Double bx = number(cells[4]);
                Double label = number(cells[5]);
                if (asset.equals("asset-0")) {
                    writer.reading(asset, "a", time, Arrays.asList(ax, ay));
                    writer.reading(asset, "b", time, Arrays.asList(bx));
                    if (label != null) {
                        writer.label(asset, time, time, label);
                    }
                } else {
                    writer.readingInJson(asset, "a", time, present("x", ax, "y", ay));
                    writer.readingInJson(asset, "b", time, present("x", bx));
                    if (label != null) {
                        writer.labelInJson(asset, time, time, label);
                    }
                }
            }
            writer.flush();
        }
    }

    private static Double number(String cell) {
        return cell.isEmpty() ? null : Double.valueOf(cell);
    }

    private static Map<String, Double> present(Object... namesAndValues) {
        Map<String, Double> present = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                present.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
            }
        }
        return present;
    }

    @Test
    void whatJavaWroteIsPredictedAndReadInJson() throws Exception {
        List<JsonNode> read = new ArrayList<>();
        JsonPredictions.read(
                kafka.bootstrapServers(),
                "plant.predictions",
                prediction -> {
                    read.add(prediction);
                    return read.size() < expected.size();
                });
        assertThat(sorted(read)).isEqualTo(expected);
    }

    @Test
    void pythonWritesReadingsAndReadsBothForms() throws Exception {
        Python.assume("confluent_kafka");
        List<String> lines = new ArrayList<>(List.of(GeneratedStream.HEADER));
        STREAM.rows()
                .forEach(row -> lines.add(row.replaceFirst("(,[0-9-]+) ([0-9:]+),", "$1T$2Z,")));
        Path rows = Files.write(directory.resolve("iso.csv"), lines);
        Path config = config("python", "avro");
        ok(List.of("topics", "create", "--config", config));
        String servers = kafka.bootstrapServers();
        Python.run(null, "write_readings.py", servers, "python.", rows.toString(), "t").ok();
        ok(List.of("run", "serve", "--config", config, "--local", "--bounded"));

        List<JsonNode> json = read("plant.predictions");
        assertThat(json).isEqualTo(expected);
        List<JsonNode> avro = read("python.predictions");
        assertThat(avro).hasSameSizeAs(expected);
        for (int i = 0; i < avro.size(); i++) {
            for (String name :
                    List.of("asset", "prediction", "lower", "upper", "present", "contributions")) {
                assertThat(avro.get(i).path(name)).isEqualTo(expected.get(i).path(name));
            }
            assertThat(Instant.parse(avro.get(i).path("time").asText()))
                    .isEqualTo(expected.get(i).path("time").asText());
        }
    }

    private static List<JsonNode> read(String topic) throws Exception {
        List<JsonNode> records = new ArrayList<>();
        for (String line :
                Python.run(null, "read_records.py", kafka.bootstrapServers(), topic, "avro-schemas")
                        .ok()) {
            records.add(JSON.readTree(line));
        }
        return sorted(records);
    }

    private static List<JsonNode> sorted(List<JsonNode> predictions) {
        return predictions.stream()
                .sorted(
                        Comparator.comparing((JsonNode p) -> Instant.parse(p.path("time").asText()))
                                .thenComparing(p -> p.path("asset").asText()))
                .toList();
    }

    @Test
    void flinkSqlReadsPredictionsExplanationsAndAlerts() throws Exception {
        Alert alert = FullRecords.of(Alert.class);
        try (Producer<byte[], byte[]> producer =
                Clients.producer(
                        new KafkaSettings(
                                kafka.bootstrapServers(),
                                "plant.",
                                KafkaSettings.Delivery.EXACTLY_ONCE,
                                Map.of()))) {
            byte[] value = new RecordJson(List.of()).alert(alert).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>("plant.alerts", value)).get();
        }
        StreamTableEnvironment sql =
                StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment());
        List<List<Row>> answers = new ArrayList<>();
        for (String statement : statements()) {
            if (statement.startsWith("CREATE")) {
                sql.executeSql(statement);
            } else {
                answers.add(last(sql, statement));
            }
        }
        assertThat(answers).hasSize(3);
        checkMeans(answers.get(0));
        assertThat(answers.get(1)).hasSize(expected.get(0).path("contributions").size() * 3);
        assertThat(answers.get(2))
                .anyMatch(
                        row ->
                                alert.getOpenedAt().equals(row.getField("openedAt"))
                                        && alert.getMessage().equals(row.getField("message")));
    }

    /** The statements of the file, with the address of this broker. */
    private static List<String> statements() throws Exception {
        String text =
                Files.readAllLines(Path.of("deploy/examples/clients/predictions.sql")).stream()
                        .filter(line -> !line.startsWith("--"))
                        .collect(Collectors.joining("\n"))
                        .replace("localhost:9092", kafka.bootstrapServers());
        return Arrays.stream(text.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    /** The rows that are left when all changes have been made. */
    private static List<Row> last(StreamTableEnvironment sql, String query) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> changes = sql.executeSql(query).collect()) {
            changes.forEachRemaining(
                    change -> {
                        Row row = Row.copy(change);
                        row.setKind(org.apache.flink.types.RowKind.INSERT);
                        switch (change.getKind()) {
                            case INSERT, UPDATE_AFTER -> rows.add(row);
                            case UPDATE_BEFORE, DELETE -> assertThat(rows.remove(row)).isTrue();
                        }
                    });
        }
        return rows;
    }

    private static void checkMeans(List<Row> rows) {
        assertThat(rows).hasSize(2 * expected.get(0).path("contributions").size());
        for (Row row : rows) {
            String asset = row.getFieldAs("asset");
            String modality = row.getFieldAs("modality");
            List<JsonNode> of =
                    expected.stream().filter(p -> p.path("asset").asText().equals(asset)).toList();
            assertThat(row.<Long>getFieldAs("predictions")).isEqualTo(of.size());
            assertThat(row.<Double>getFieldAs("mean_width"))
                    .isCloseTo(
                            of.stream()
                                    .mapToDouble(
                                            p ->
                                                    p.path("upper").asDouble()
                                                            - p.path("lower").asDouble())
                                    .average()
                                    .orElseThrow(),
                            within(1e-9));
            assertThat(row.<Double>getFieldAs("mean_contribution"))
                    .isCloseTo(
                            of.stream()
                                    .mapToDouble(
                                            p ->
                                                    Math.abs(
                                                            p.path("contributions")
                                                                    .path(modality)
                                                                    .asDouble()))
                                    .average()
                                    .orElseThrow(),
                            within(1e-9));
        }
    }

    private static void ok(List<Object> args, String... more) {
        List<String> all = new ArrayList<>(args.stream().map(Object::toString).toList());
        all.addAll(List.of(more));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(all + ": " + run.err() + run.out()).isZero();
    }
}
