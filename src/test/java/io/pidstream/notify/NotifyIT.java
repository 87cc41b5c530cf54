package io.pidstream.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.PageRecords;
import io.pidstream.testing.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Every test has topics and a pipeline of its own; the broker is one. */
class NotifyIT {
    private static final Modalities MODALITIES =
            new Modalities(
                    List.of(
                            new Modality("thermal", List.of("a")),
                            new Modality("vibration", List.of("b"))));
    private static final String PAGE = "http://page.example:8090";

    private static EmbeddedKafka broker;

    private KafkaSettings kafka;
    private String pipeline;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedKafka.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) throws Exception {
        pipeline = test.getTestMethod().orElseThrow().getName();
        kafka =
                new KafkaSettings(
                        broker.bootstrapServers(),
                        pipeline + ".",
                        KafkaSettings.Delivery.EXACTLY_ONCE,
                        Map.of());
        try (TopicAdmin admin = new TopicAdmin(kafka, MODALITIES)) {
            admin.create(TopicAdmin.Layout.DEFAULT);
        }
    }

    @Test
    void anAlertStandsInAlertmanagerUntilItIsResolved(@TempDir Path directory) throws Exception {
        assumeTrue(AlertmanagerServer.isInstalled(), "prometheus-alertmanager is not installed");
        try (AlertmanagerServer alertmanager = AlertmanagerServer.start(directory)) {
            NotifySettings settings = alertmanager(alertmanager.address());
            write(alert("press 1", "OPEN"), alert("press 2", "OPEN"));
            try (Notifier notifier = notifier(settings)) {
                List<JsonNode> standing = standing(alertmanager, 2);
                JsonNode first = of(standing, "press 1");
                assertThat(first.at("/labels/alertname").asText())
                        .isEqualTo("PidstreamContributionShift");
                assertThat(first.at("/labels/modality").asText()).isEqualTo("thermal");
                assertThat(first.at("/labels/severity").asText()).isEqualTo("critical");
                assertThat(first.at("/annotations/summary").asText())
                        .contains("thermal contributes less information");
                assertThat(first.at("/annotations/advice").asText())
                        .isEqualTo("First look at the channels of thermal at that time.");
                assertThat(first.at("/annotations/runbook_url").asText())
                        .isEqualTo("https://docs.example/runbooks.html#contribution-shift");
                assertThat(first.at("/generatorURL").asText())
                        .isEqualTo(PAGE + "/#/asset/press%201");
                assertThat(Instant.parse(first.at("/startsAt").asText()))
                        .isEqualTo(PageRecords.time(760));
                assertThat(notifier.receivers())
                        .containsExactly("alertmanager " + alertmanager.address());

                write(alert("press 1", "RESOLVED"));
                assertThat(of(standing(alertmanager, 1), "press 2")).isNotNull();
            }
            alertmanager.stop();
            write(handled("press 2", "ACKNOWLEDGED"));
            alertmanager.resume();
            try (Notifier notifier = notifier(settings)) {
                standing(alertmanager, 0);
                write(handled("press 2", null));
                assertThat(of(standing(alertmanager, 1), "press 2")).isNotNull();
            }
            try (Notifier again = notifier(settings)) {
                assertThat(of(standing(alertmanager, 1), "press 2")).isNotNull();
                alertmanager.stop();
                write(alert("press 2", "RESOLVED"), alert("press 3", "OPEN"));
                alertmanager.resume();
                assertThat(of(standing(alertmanager, 1), "press 3")).isNotNull();
                alertmanager.stop();
                alertmanager.resume();
                assertThat(of(standing(alertmanager, 1), "press 3")).isNotNull();
                assertThat(again.isRunning()).isTrue();
            }
        }
    }

    private List<JsonNode> standing(AlertmanagerServer alertmanager, int count) {
        return Waiting.until(
                count + " alerts stand",
                () -> alertmanager.alerts(pipeline),
                alerts -> alerts != null && alerts.size() == count);
    }

    private static JsonNode of(List<JsonNode> alerts, String asset) {
        return alerts.stream()
                .filter(alert -> alert.at("/labels/asset").asText().equals(asset))
                .findFirst()
                .orElse(null);
    }

    @Test
    void whatHappensWhileAReceiverIsAwayIsToldWhenItIsBack() throws Exception {
        int port = AlertmanagerServer.freePort();
        try (Notifier notifier = notifier(webhook(port, null))) {
            write(alert("p1", "OPEN"));
            AtomicBoolean ready = new AtomicBoolean();
            try (WebhookServer server =
                    WebhookServer.start(port, alert -> ready.get() ? 204 : 503)) {
                Waiting.until("it was tried", () -> server.declined().size() >= 2);
                assertThat(server.declined()).containsOnly("shift-p1 OPEN");
                write(alert("p1", "RESOLVED"), alert("p1", "OPEN"));
                ready.set(true);
                Waiting.until("all are told", () -> server.taken().size() >= 3);
                assertThat(server.ids())
                        .containsExactly("shift-p1 OPEN", "shift-p1 RESOLVED", "shift-p1 OPEN");
            }
            assertThat(notifier.isRunning()).isTrue();
        }
    }

    @Test
    void whatIsHandledIsSaidAndIsNotAmongTheOpenOnes() throws Exception {
        write(alert("p1", "OPEN"), handled("p1", "ACKNOWLEDGED"), alert("p2", "OPEN"));
        try (WebhookServer server = WebhookServer.start(0);
                Notifier notifier = notifier(webhook(server.port(), null))) {
            Waiting.until("the open one is told", () -> server.taken().size() == 1);
            Alert shelved = handled("p2", "SHELVED");
            shelved.setShelvedUntil(PageRecords.time(800));
            write(shelved);
            Waiting.until("the shelf is told", () -> server.taken().size() == 2);
            assertThat(server.ids()).containsExactly("shift-p2 OPEN", "shift-p2 OPEN");
            JsonNode json = server.taken().get(1);
            assertThat(json.get("handling").asText()).isEqualTo("SHELVED");
            assertThat(json.get("sentence").asText())
                    .startsWith("Shelved until " + PageRecords.time(800) + ": p2: thermal");
            assertThat(notifier.isRunning()).isTrue();
        }
    }

    @Test
    void aRestartLosesNothingAndRepeatsNothing() throws Exception {
        try (WebhookServer server = WebhookServer.start(0)) {
            NotifySettings settings = webhook(server.port(), null);
            write(alert("past", "OPEN"), alert("past", "RESOLVED"), alert("p1", "OPEN"));
            try (Notifier first = notifier(settings)) {
                Waiting.until("the open one is told", () -> server.taken().size() == 1);
                assertThat(first.isRunning()).isTrue();
            }
            write(alert("p1", "RESOLVED"), alert("p2", "OPEN"));
            abort(alert("aborted", "OPEN"));
            try (Notifier second = notifier(settings)) {
                Waiting.until("the others are told", () -> server.taken().size() == 3);
                write(alert("p3", "OPEN"));
                Waiting.until("the next is told", () -> server.taken().size() == 4);
                assertThat(second.isRunning()).isTrue();
            }
            assertThat(server.ids())
                    .startsWith("shift-p1 OPEN")
                    .containsExactlyInAnyOrder(
                            "shift-p1 OPEN", "shift-p1 RESOLVED", "shift-p2 OPEN", "shift-p3 OPEN");
            JsonNode json = server.taken().get(0);
            assertThat(json.get("message").asText()).startsWith("p1: thermal contributes less");
            assertThat(json.get("sentence").asText())
                    .isEqualTo(json.get("message").asText() + " " + json.get("advice").asText());
            assertThat(json.at("/measures/0/name").asText()).isEqualTo("share.thermal");
            assertThat(json.get("page").asText()).isEqualTo(PAGE + "/#/asset/p1");
            assertThat(json.get("pipeline").asText()).isEqualTo(pipeline);
        }
    }

    @Test
    void whatIsRefusedDoesNotHoldUpTheRest(@TempDir Path directory) throws Exception {
        Path secret = directory.resolve("secret");
        Files.writeString(secret, "hunter2\n");
        try (WebhookServer server =
                        WebhookServer.start(
                                0, alert -> alert.get("asset").asText().equals("p1") ? 422 : 204);
                Notifier notifier =
                        notifier(webhook(server.port(), "Bearer ${file:" + secret + "}"))) {
            write(alert("p1", "OPEN"));
            Waiting.until("it is refused", () -> !server.declined().isEmpty());
            write(alert("p2", "OPEN"));
            Waiting.until("the next is told", () -> !server.taken().isEmpty());
            assertThat(server.declined()).containsExactly("shift-p1 OPEN");
            assertThat(server.authorizations()).containsOnly("Bearer hunter2");
            assertThat(notifier.receivers())
                    .containsExactly("webhook http://127.0.0.1:" + server.port());
        }
    }

    @Test
    void theCommandSaysWhatIsMissing() {
        assertThat(notify("notify.resend-every=PT1M"))
                .isEqualTo(
                        "notify: missing: expected notify.alertmanager or notify.webhook, an"
                                + " address to push alerts to");
        assertThat(notify("notify.webhook=${file:/nowhere}"))
                .isEqualTo(
                        "notify.webhook: ${file:/nowhere}: expected a file that can be read; there"
                                + " is none");
        assertThat(notify("notify.webhook-authorization=Bearer hunter2"))
                .isEqualTo(
                        "notify.webhook-authorization: (hidden): expected a text with ${env:NAME}"
                                + " or ${file:/path} for the secret");
    }

    private static String notify(String override) {
        CommandRun run =
                CommandRun.of("notify", "--config", "deploy/examples/demo.yaml", "--set", override);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run.err().strip();
    }

    private Notifier notifier(NotifySettings settings) {
        return Notifier.start(kafka, pipeline, MODALITIES.names(), settings, line -> {});
    }

    private static NotifySettings alertmanager(String address) {
        return new NotifySettings(
                address,
                null,
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                null,
                null,
                PAGE,
                "https://docs.example/");
    }

    private static NotifySettings webhook(int port, String authorization) {
        return new NotifySettings(
                null,
                null,
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                "http://127.0.0.1:%d/alerts".formatted(port),
                authorization,
                PAGE,
                "https://docs.example");
    }

    private static Alert alert(String asset, String state) {
        Alert alert = PageRecords.alert(asset, "thermal", AlertState.valueOf(state));
        if (alert.getState() == AlertState.RESOLVED) {
            alert.setResolvedAt(PageRecords.time(800));
            alert.setResolution("back to what it was");
        }
        return alert;
    }

    private static Alert handled(String asset, String handling) {
        Alert alert = alert(asset, "OPEN");
        alert.setHandling(handling);
        return alert;
    }

    private void write(Alert... alerts) throws Exception {
        try (Producer<byte[], byte[]> producer = Clients.producer(kafka)) {
            for (Alert alert : alerts) {
                producer.send(record(alert)).get();
            }
        }
    }

    private void abort(Alert alert) throws Exception {
        try (Producer<byte[], byte[]> producer = Clients.producer(kafka, pipeline + "-aborted")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(alert)).get();
            producer.abortTransaction();
        }
    }

    /** To the partition of the asset, as the job writes them. */
    private ProducerRecord<byte[], byte[]> record(Alert alert) {
        return new ProducerRecord<>(
                kafka.prefix() + "alerts",
                alert.getAsset().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                ValueCodec.of(Alert.class).encode(alert));
    }
}
