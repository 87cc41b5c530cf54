package io.pidstream.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.cli.CommandRun;
import io.pidstream.cli.GeneratedStream;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.AvroCodec;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows to subscribers works on what a job writes. */
class ExampleIT {
    private static final int PATIENCE_SECONDS = 120;

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
            line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
        KafkaSettings settings =
                new KafkaSettings(
                        servers, "generated.", KafkaSettings.Delivery.EXACTLY_ONCE, Map.of());
        try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            producer.send(
                            new ProducerRecord<>(
                                    "generated.alerts",
                                    "asset-0".getBytes(StandardCharsets.UTF_8),
                                    AvroCodec.of(Alert.class).encode(alert)))
                    .get();
        }
    }

    private static void ok(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    }
}
