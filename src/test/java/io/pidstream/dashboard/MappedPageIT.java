package io.pidstream.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.ModelState;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.LabelReader;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.testing.Browser;
import io.pidstream.testing.PageRecords;
import io.pidstream.testing.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page over outputs in JSON, with labels in two topics of others. */
class MappedPageIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SLOTS = 400;

    private static final String CONFIG =
            """
            name: mapped
            modalities:
              - {name: thermal, channels: [x]}
              - {name: vibration, channels: [x]}
            target: {name: deviation}
            alignment: {period: 1m}
            sources:
              - topic: telemetry
                asset: id
                time: {field: at, format: iso}
                channels: {thermal.x: t, vibration.x: v}
              - topic: gauge
                asset: {key: true}
                time: {field: ts, unit: ms}
                target: /result/um
                recorded-at: {delay: PT0S}
              - topic: laboratory
                asset: part
                time: {field: taken, format: iso}
                target: deviation
            kafka: {bootstrap-servers: "%s", format: json}
            """;

    private static EmbeddedKafka kafka;
    private static PipelineConfig config;

    @BeforeAll
    static void write() throws Exception {
        kafka = EmbeddedKafka.start();
        config = ConfigFile.parse(CONFIG.formatted(kafka.bootstrapServers()), "c.yaml", Map.of());
        try (Admin admin = Clients.admin(config.kafka())) {
            admin.createTopics(
                            List.of("telemetry", "gauge", "laboratory").stream()
                                    .map(name -> new NewTopic(name, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
        try (TopicAdmin admin = new TopicAdmin(config.kafka(), config.inputTopics())) {
            admin.create(
                    new TopicAdmin.Layout(1, Optional.of((short) 1), Optional.<Duration>empty()));
        }
        try (Producer<byte[], byte[]> producer = Clients.producer(config.kafka())) {
            publish(producer);
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /** A gauge measures every other slot, the laboratory one in four of the others. */
    private static void publish(Producer<byte[], byte[]> producer) throws Exception {
        Topics topics = new Topics(config.kafka().prefix());
        for (int slot = 0; slot < SLOTS; slot++) {
            Instant time = PageRecords.time(slot);
            double truth = PageRecords.truth(slot);
            send(producer, topics.predictions(), PageRecords.prediction("press-1", slot));
            if (slot % 2 == 0) {
                send(
                        producer,
                        "gauge",
                        "press-1",
                        "{\"ts\":%d,\"result\":{\"um\":%s}}".formatted(time.toEpochMilli(), truth));
            } else if (slot % 8 == 1) {
                send(
                        producer,
                        "laboratory",
                        "batch",
                        "{\"part\":\"press-1\",\"taken\":\"%s\",\"deviation\":\"%s\"}"
                                .formatted(time, truth));
            }
            if (slot % 60 == 59) {
                send(
                        producer,
                        topics.explanations(),
                        PageRecords.explanation("press-1", slot, 0.8));
                send(producer, topics.explanations(), PageRecords.explanation("*", slot, 0.7));
            }
        }
        send(producer, "gauge", "press-1", "{\"ts\":\"yesterday\",\"result\":{\"um\":1}}");
        send(producer, topics.alerts(), PageRecords.alert("press-1", "thermal", AlertState.OPEN));
        send(producer, topics.modelVersions(), PageRecords.version(1, ModelState.ACTIVE, 100));
    }

    /** As the job writes it: in JSON, but for what only pidstream reads. */
    @SuppressWarnings("unchecked") // a codec of its own class
    private static <T extends SpecificRecordBase> void send(
            Producer<byte[], byte[]> producer, String topic, T record) throws Exception {
        ValueCodec<T> codec = ValueCodec.of((Class<T>) record.getClass(), config.kafka(), topic);
        producer.send(new ProducerRecord<>(topic, "press-1".getBytes(UTF_8), codec.encode(record)))
                .get();
    }

    private static void send(
            Producer<byte[], byte[]> producer, String topic, String key, String value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)))
                .get();
    }

    private static Dashboard page() throws Exception {
        KafkaSettings settings = config.kafka();
        return Dashboard.start(
                settings,
                LabelReader.of(settings, config.mappedTopics()),
                PageRecords.SUBJECT,
                Dashboard.Options.local(0));
    }

    private static JsonNode get(Dashboard page, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(page.address() + path)).build();
        return JSON.readTree(
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @Test
    void outputsInJsonAndTheLabelsOfBothTopicsAreShown() throws Exception {
        try (Dashboard page = page()) {
            Waiting.until(
                    "everything is read",
                    () -> get(page, "/api/overview").at("/status/state").asText().equals("LIVE"));
            assertThat(get(page, "/api/overview").path("openAlerts").asInt()).isEqualTo(1);
            JsonNode asset = get(page, "/api/assets/press-1?points=9999");
            assertThat(asset.path("points").path("times")).hasSize(SLOTS);
            assertThat(asset.path("labelled").asInt()).isEqualTo(SLOTS / 2 + SLOTS / 8);
            assertThat(asset.path("blocks")).hasSize(SLOTS / 60);
            assertThat(asset.path("versions").get(0).path("version").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aPersonSeesThem() throws Exception {
        assumeTrue(Browser.isThere(), "there is no /usr/bin/chromium with /usr/bin/chromedriver");
        try (Dashboard page = page();
                Browser browser = new Browser()) {
            browser.size(1280, 900);
            browser.open(page.address() + "/", "fleet");
            browser.await("return document.querySelectorAll('.assets tbody tr').length === 1");
            browser.await("return document.querySelectorAll('.alert.open').length === 1");
            browser.open(page.address() + "/#/asset/press-1", "asset");
            browser.await("return document.querySelectorAll('.asset canvas').length === 3");
            assertThat(browser.text()).contains("pushed this prediction", "if it were gone");
            browser.assertQuiet();
        }
    }
}
