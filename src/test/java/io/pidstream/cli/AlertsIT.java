package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.PageRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What is done about alerts, through a broker and the commands. */
class AlertsIT {
    private static EmbeddedKafka broker;

    @TempDir Path directory;
    private String config;
    private KafkaSettings kafka;
    private Alert open;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedKafka.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void openAnAlert(TestInfo test) throws Exception {
        String name = test.getTestMethod().orElseThrow().getName().toLowerCase();
        kafka =
                new KafkaSettings(
                        broker.bootstrapServers(),
                        name + ".",
                        KafkaSettings.Delivery.EXACTLY_ONCE,
                        Map.of());
        config =
                Files.writeString(
                                directory.resolve("c.yaml"),
                                """
                                name: %s
                                modalities:
                                  - {name: thermal, channels: [a, b]}
                                  - {name: vibration, channels: [t]}
                                target: {name: co}
                                alignment: {period: PT1S}
                                kafka: {bootstrap-servers: "%s"}
                                """
                                        .formatted(name, broker.bootstrapServers()))
                        .toString();
        assertThat(run("topics", "create").exitCode()).isZero();
        open = PageRecords.alert("press 1", "thermal", AlertState.OPEN);
        write(open);
    }

    @Test
    void anAlertIsAcknowledgedAssignedShelvedAndJudged() throws Exception {
        String id = open.getId();
        assertThat(list().at("/alerts/0/standing").asText()).isEqualTo("OPEN");

        assertThat(run("alerts", "ack", id, "--who", "kim", "--note", "on my way").out())
                .contains("ACKNOWLEDGE", id, "kim", "on my way");
        assertThat(list().at("/alerts/0/standing").asText()).isEqualTo("ACKNOWLEDGED");

        ok("alerts", "assign", id, "robin");
        String at = "2026-01-01T00:00:00Z";
        ok("alerts", "shelve", id, "--for", "8h", "--at", at);
        assertThat(list().at("/shelves")).as("a shelf that has ended").isEmpty();
        ok("alerts", "shelve", id, "--for", "8h");
        JsonNode shelved = list();
        assertThat(shelved.at("/alerts/0/standing").asText()).isEqualTo("SHELVED");
        assertThat(shelved.at("/alerts/0/assignee").asText()).isEqualTo("robin");
        assertThat(shelved.at("/shelves/0/kind").asText()).isEqualTo(open.getKind());
        assertThat(shelved.at("/shelves/0/until").asText())
                .isEqualTo(shelved.at("/alerts/0/until").asText())
                .isNotEmpty();

        ok("alerts", "unshelve", id);
        ok("alerts", "outcome", id, "false");
        JsonNode judged = list();
        assertThat(judged.at("/alerts/0/standing").asText()).isEqualTo("ACKNOWLEDGED");
        assertThat(judged.at("/alerts/0/outcome").asText()).isEqualTo("FALSE");
        assertThat(judged.at("/falseAlarms").asInt()).isEqualTo(1);
        assertThat(run("alerts", "list").out())
                .contains("false alarms: 1 since ", "promised: one in PT8760H on average", id);

        Alert over = Alert.newBuilder(open).build();
        over.setState(AlertState.RESOLVED);
        over.setResolvedAt(PageRecords.time(800));
        over.setResolution("back");
        write(over);
        assertThat(list().at("/alerts")).isEmpty();
        assertThat(run("alerts", "list", "--all").out()).contains("RESOLVED").contains(id);
    }

    @Test
    void whatCannotBeDoneIsRefusedInOneLine() {
        assertThat(refused("alerts", "ack", open.getId() + "x"))
                .contains("expected the id of an alert", "did you mean " + open.getId());
        assertThat(refused("alerts", "outcome", open.getId(), "wrong"))
                .contains("wrong: expected right, false or expected");
        assertThat(refused("alerts", "shelve", open.getId()))
                .contains("expected --for or --until: a shelf has an end");
        assertThat(refused("alerts", "shelve", open.getId(), "--for", "90d"))
                .contains("at most 30 days later");
        assertThat(refused("alerts", "shelve", "--asset", "a", "--for", "1h"))
                .contains("expected an ID, or --asset and --kind");
        assertThat(refused("alerts", "shelve", "--asset", "a", "--kind", "SHIFT", "--for", "1h"))
                .contains("--kind: SHIFT: expected one of ", "MODALITY_STALLED");
    }

    private String refused(String... words) {
        CommandRun run = run(words);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run.err();
    }

    private void ok(String... words) {
        CommandRun run = run(words);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private JsonNode list() throws Exception {
        return new ObjectMapper().readTree(run("alerts", "list", "--json").lastLine());
    }

    private CommandRun run(String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--config";
        all[words.length + 1] = config;
        return CommandRun.of(all);
    }

    private void write(Alert alert) throws Exception {
        String topic = kafka.prefix() + "alerts";
        try (Producer<byte[], byte[]> producer = Clients.producer(kafka)) {
            producer.send(
                            new ProducerRecord<>(
                                    topic,
                                    alert.getAsset().getBytes(StandardCharsets.UTF_8),
                                    ValueCodec.of(Alert.class, kafka, topic).encode(alert)))
                    .get();
        }
    }
}
