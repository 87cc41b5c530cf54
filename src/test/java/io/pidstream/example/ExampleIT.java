package io.pidstream.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.TopicReader;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import io.pidstream.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows to subscribers works on what a job writes. */
class ExampleIT {
    private static final Path PAGES = Path.of("src/site/markdown");
    private static final List<Path> EXAMPLES =
            List.of(
                    Path.of("src/test/java/io/pidstream/example"),
                    Path.of("deploy/examples/clients"));
    private static final Pattern BLOCK =
            Pattern.compile("```(?:java|python|sql)\n(.*?)```", Pattern.DOTALL);

    @TempDir Path directory;

    @Test
    void aPlainConsumerReadsPredictionsAndAlerts() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            predict(kafka.bootstrapServers());
            alert(kafka.bootstrapServers());

            List<String> lines = read(kafka.bootstrapServers());

            assertThat(lines)
                    .anyMatch(line -> line.equals("OPEN MODEL_REGRESSED: worse than before"))
                    .anyMatch(
                            line ->
                                    line.matches(
                                            "asset-[01] at 2021-03-\\S+Z: -?[0-9.]+ in"
                                                + " \\[-?[0-9.]+, -?[0-9.]+], moved most by [ab]"));
        }
    }

    @Test
    void sqlSumsUpTheHoursOfThePredictions() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            KafkaSettings settings = settings(kafka.bootstrapServers());
            predict(kafka.bootstrapServers());
            predictQuarters(settings);
            String topic = new Topics(settings.prefix()).predictions();

            Map<String, Hour> hours = new TreeMap<>();
            try (CloseableIterator<Row> rows = ask(kafka.bootstrapServers(), topic)) {
                rows.forEachRemaining(row -> hours.put(key(row), hour(row)));
            }

            Map<String, Hour> expected = expected(settings, topic);
            assertThat(expected).hasSizeGreaterThan(700);
            assertThat(expected).containsEntry("quarterly 2021-03-05T07:00 b", new Hour(4, 3, 1));
            assertThat(hours).isEqualTo(expected);
        }
    }

    /**
     * What is known of a modality and an hour, rounded, as sums may be taken in another order.
     *
     * @param contribution mean of its absolute value
     */
    private record Hour(long predictions, double width, double contribution) {
        Hour {
            width = Math.round(width * 1e9) / 1e9;
            contribution = Math.round(contribution * 1e9) / 1e9;
        }
    }

    private static CloseableIterator<Row> ask(String servers, String topic) {
        return HourlyContributions.ask(
                        StreamExecutionEnvironment.getExecutionEnvironment(),
                        HourlyContributions.source(servers, topic)
                                .setBounded(OffsetsInitializer.latest())
                                .build(),
                        Duration.ofDays(30))
                .collect();
    }

    private static String key(Row row) {
        return "%s %s %s"
                .formatted(row.getField("asset"), row.getField("hour"), row.getField("modality"));
    }

    private static Hour hour(Row row) {
        return new Hour(
                row.getFieldAs("predictions"),
                row.getFieldAs("mean_width"),
                row.getFieldAs("mean_contribution"));
    }

    /** The same from the records themselves. */
    private static Map<String, Hour> expected(KafkaSettings settings, String topic)
            throws Exception {
        Map<String, DoubleSummaryStatistics> widths = new TreeMap<>();
        Map<String, DoubleSummaryStatistics> contributions = new TreeMap<>();
        ValueCodec<Prediction> codec = ValueCodec.of(Prediction.class);
        try (TopicReader reader = TopicReader.open(settings, topic)) {
            reader.toBeginning();
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
                    Prediction p = codec.decode(record.value());
                    LocalDateTime hour =
                            LocalDateTime.ofInstant(p.getTime(), ZoneOffset.UTC)
                                    .truncatedTo(ChronoUnit.HOURS);
                    p.getContributions()
                            .forEach(
                                    (modality, value) -> {
                                        String key = p.getAsset() + " " + hour + " " + modality;
                                        of(widths, key).accept(p.getUpper() - p.getLower());
                                        of(contributions, key).accept(Math.abs(value));
                                    });
                }
            }
        }
        Map<String, Hour> hours = new TreeMap<>();
        widths.forEach(
                (key, width) ->
                        hours.put(
                                key,
                                new Hour(
                                        width.getCount(),
                                        width.getAverage(),
                                        contributions.get(key).getAverage())));
        return hours;
    }

    private static DoubleSummaryStatistics of(
            Map<String, DoubleSummaryStatistics> statistics, String key) {
        return statistics.computeIfAbsent(key, k -> new DoubleSummaryStatistics());
    }

    /** Two hours of an asset that has four predictions in each. */
    private static void predictQuarters(KafkaSettings settings) throws Exception {
        ValueCodec<Prediction> codec = ValueCodec.of(Prediction.class);
        Instant start = Instant.parse("2021-03-05T07:00:00Z");
        String topic = new Topics(settings.prefix()).predictions();
        try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            for (int quarter = 0; quarter < 8; quarter++) {
                Instant time = start.plus(Duration.ofMinutes(15L * quarter));
                double b = quarter % 2 == 0 ? 1 : -1;
                Prediction p = new Prediction();
                p.setAsset("quarterly");
                p.setTime(time);
                p.setPrediction(quarter + b);
                p.setLower(quarter + b - 1);
                p.setUpper(quarter + b + 2);
                p.setPresent(List.of("a", "b"));
                p.setContributions(Map.of("a", (double) quarter, "b", b));
                p.setExplanation(unexplained("quarterly", time));
                p.setFurther(List.of());
                p.setIntervals(List.of());
                p.setChannels(Map.of());
                p.setYardsticks(Map.of());
                p.setStatus(PredictionStatus.OK);
                producer.send(new ProducerRecord<>(topic, codec.encode(p))).get();
            }
        }
    }

    private static Explanation unexplained(String asset, Instant time) {
        return Explanation.newBuilder()
                .setAsset(asset)
                .setTime(time)
                .setModelVersion(0)
                .setStatus(ExplanationStatus.UNDEFINED)
                .setReason("nothing has been learned yet")
                .setDefinition("mmi")
                .setLabelledFrames(0)
                .setEffectiveSamples(0)
                .setInformation(Map.of())
                .setStandardError(Map.of())
                .setConditional(Map.of())
                .setShapley(Map.of())
                .setUnique(Map.of())
                .setOneVsRest(Map.of())
                .build();
    }

    @Test
    void thePageShowsTheProgramsVerbatim() throws Exception {
        StringBuilder programs = new StringBuilder();
        for (Path directory : EXAMPLES) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith("IT.java"))
                        .forEach(file -> programs.append(text(file)));
            }
        }
        List<String> blocks = new ArrayList<>();
        for (String page : List.of("producers.md", "subscribers.md")) {
            blocks.addAll(
                    BLOCK.matcher(text(PAGES.resolve(page)))
                            .results()
                            .map(MatchResult::group)
                            .toList());
        }
        assertThat(blocks).hasSize(12);
        for (String block : blocks) {
            String shown = block.substring(block.indexOf('\n') + 1, block.lastIndexOf("```"));
            assertThat(withoutMargins(programs.toString())).contains(withoutMargins(shown));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutMargins(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static List<String> read(String servers) throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        AlertsAndPredictions example = new AlertsAndPredictions("generated.", lines::add);
        List<Exception> failures = new ArrayList<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                example.run(servers);
                            } catch (Exception e) {
                                failures.add(e);
                            }
                        });
        thread.start();
        List<String> read = new ArrayList<>();
        String line = "";
        while (line != null
                && (read.size() < 100 || read.stream().noneMatch(l -> l.startsWith("OPEN")))) {
            line = lines.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
            read.add(line);
        }
        example.stop();
        thread.join();
        assertThat(failures).isEmpty();
        return read;
    }

    private void predict(String servers) throws Exception {
        Path data = directory.resolve("rows.csv");
        Files.writeString(
                data,
                GeneratedStream.HEADER
                        + "\n"
                        + String.join("\n", new GeneratedStream(2, 200).rows())
                        + "\n");
        Path config = directory.resolve("generated.yaml");
        Files.writeString(
                config,
                GeneratedStream.CONFIG
                        + """
                        csv: {asset: asset, time: time, time-format: "yyyy-MM-dd HH:mm:ss"}
                        kafka: {bootstrap-servers: "%s"}
                        flink: {execution.checkpointing.dir: "%s"}
                        """
                                .formatted(servers, directory.resolve("checkpoints").toUri()));
        String file = config.toString();
        ok("topics", "create", "--config", file);
        ok("replay", "--config", file, "--data", data.toString(), "--speed", "max");
        ok("run", "serve", "--config", file, "--local", "--bounded");
    }

    private static void alert(String servers) throws Exception {
        Instant time = Instant.parse("2021-03-05T00:00:00Z");
        Alert alert =
                Alert.newBuilder()
                        .setId("a-1")
                        .setKind("MODEL_REGRESSED")
                        .setState(AlertState.OPEN)
                        .setAsset("asset-0")
                        .setChangeTime(time)
                        .setOpenedAt(time)
                        .setMessage("worse than before")
                        .build();
        try (Producer<byte[], byte[]> producer = Clients.producer(settings(servers))) {
            producer.send(
                            new ProducerRecord<>(
                                    "generated.alerts",
                                    "asset-0".getBytes(StandardCharsets.UTF_8),
                                    ValueCodec.of(Alert.class).encode(alert)))
                    .get();
        }
    }

    private static KafkaSettings settings(String servers) {
        return new KafkaSettings(
                servers, "generated.", KafkaSettings.Delivery.EXACTLY_ONCE, Map.of());
    }

    private static void ok(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    }
}
