package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.Reading;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulateCommandIT {
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
    void createsTheTopicsAndSendsThePlantsPastUpToNow() throws Exception {
        CommandRun run =
                CommandRun.of(
                        "simulate",
                        "--config",
                        "deploy/examples/demo.yaml",
                        "--bootstrap-servers",
                        kafka.bootstrapServers(),
                        "--duration",
                        "PT100S",
                        "--speed",
                        "max",
                        "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.lastLine());
        assertThat(json.path("framesSent").asLong()).isEqualTo(4 * 1000);
        assertThat(json.path("labelsSent").asLong()).isEqualTo(4 * 1000);
        assertThat(json.path("events"))
                .extracting(event -> event.path("description").asText())
                .containsExactly(
                        "the thermal sensors of press-2 came loose",
                        "the thermal sensors of press-2 were replaced");
        assertThat(records("demo.labels")).isEqualTo(4 * 1000);
        // One reading in two hundred is lost.
        assertThat(records("demo.readings.thermal")).isBetween(3950L, 3999L);
        assertThat(records("demo.predictions")).isZero();
    }

    @Test
    void sendsTheShiftThatItWasAskedFor() throws Exception {
        CommandRun run =
                CommandRun.of(
                        "simulate",
                        "--config",
                        "deploy/examples/demo.yaml",
                        "--set",
                        "kafka.prefix=frozen.",
                        "--bootstrap-servers",
                        kafka.bootstrapServers(),
                        "--duration",
                        "PT100S",
                        "--speed",
                        "max",
                        "--missing",
                        "0",
                        "--no-faults",
                        "--inject",
                        "R3:0.6",
                        "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<Reading> thermal = thermalOf("press-1");
        assertThat(thermal).hasSize(1000);
        List<Double> before = ranges(thermal.subList(0, 600));
        List<Double> after = ranges(thermal.subList(600, 1000));
        // A frozen channel still has the noise of its electronics.
        assertThat(IntStream.range(0, 4).filter(c -> after.get(c) < 0.05 * before.get(c)).count())
                .isEqualTo(1);
        assertThat(IntStream.range(0, 4).filter(c -> after.get(c) > 0.3 * before.get(c)).count())
                .isEqualTo(3);
    }

    /** By channel, the distance between its least and its greatest value. */
    private static List<Double> ranges(List<Reading> readings) {
        List<Double> ranges = new ArrayList<>();
        for (int channel = 0; channel < readings.get(0).getValues().size(); channel++) {
            int c = channel;
            var values = readings.stream().mapToDouble(r -> r.getValues().get(c));
            DoubleSummaryStatistics statistics = values.summaryStatistics();
            ranges.add(statistics.getMax() - statistics.getMin());
        }
        return ranges;
    }

    private static List<Reading> thermalOf(String asset) throws Exception {
        ValueCodec<Reading> codec = ValueCodec.of(Reading.class);
        List<Reading> readings = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(settings("frozen."))) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor("frozen.readings.thermal").stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<Reading> all = new ArrayList<>();
            long sent = records("frozen.readings.thermal");
            Waiting.until(
                    sent + " readings",
                    () -> {
                        for (var record : consumer.poll(Duration.ofMillis(200))) {
                            all.add(codec.decode(record.value()));
                        }
                        return all.size();
                    },
                    read -> read == sent);
            all.stream().filter(r -> r.getAsset().equals(asset)).forEach(readings::add);
        }
        readings.sort(Comparator.comparing(Reading::getTime));
        return readings;
    }

    private static KafkaSettings settings(String prefix) {
        return new KafkaSettings(
                kafka.bootstrapServers(), prefix, KafkaSettings.Delivery.EXACTLY_ONCE, Map.of());
    }

    private static long records(String topic) {
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(settings("demo."))) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
