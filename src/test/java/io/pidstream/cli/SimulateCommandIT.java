package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

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
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new SimulateCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(
                                "--config",
                                "deploy/examples/demo.yaml",
                                "--bootstrap-servers",
                                kafka.bootstrapServers(),
                                "--duration",
                                "PT100S",
                                "--speed",
                                "max",
                                "--json");
        assertThat(code).as(err.toString()).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
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

    private static long records(String topic) {
        KafkaSettings settings =
                new KafkaSettings(
                        kafka.bootstrapServers(),
                        "demo.",
                        KafkaSettings.Delivery.EXACTLY_ONCE,
                        Map.of());
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(settings)) {
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
