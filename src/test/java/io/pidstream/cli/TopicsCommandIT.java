package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.testing.CommandRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandIT {
    private static EmbeddedKafka kafka;
    private static Admin admin;

    @TempDir Path directory;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void createsEveryTopicWithTheRightSettings() throws Exception {
        String config = config("plant", kafka.bootstrapServers());

        CommandRun created =
                CommandRun.of("topics", "create", "--config", config, "--partitions", "3");

        assertThat(created.exitCode()).isZero();
        assertThat(admin.listTopics().names().get())
                .contains(
                        "plant.readings.mox",
                        "plant.readings.env",
                        "plant.labels",
                        "plant.predictions",
                        "plant.explanations",
                        "plant.alerts",
                        "plant.alert-actions",
                        "plant.training-samples",
                        "plant.model-versions",
                        "plant.dead-letters",
                        "plant.late-readings");
        assertThat(partitions("plant.readings.mox")).isEqualTo(3);
        assertThat(partitions("plant.model-versions")).isEqualTo(1);
        assertThat(partitions("plant.alert-actions")).isEqualTo(1);
        assertThat(setting("plant.model-versions", "cleanup.policy")).isEqualTo("compact");
        assertThat(setting("plant.predictions", "cleanup.policy")).isEqualTo("delete");
        assertThat(setting("plant.predictions", "retention.ms")).isEqualTo("-1");
        CommandRun checked = CommandRun.of("topics", "check", "--config", config);
        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out()).containsPattern("plant\\.model-versions +ok +1");
    }

    @Test
    void keepsAnExistingTopicAndReportsItsWrongSettings() throws Exception {
        String config = config("old", kafka.bootstrapServers());
        admin.createTopics(
                        List.of(
                                new NewTopic(
                                        "old.model-versions", Optional.of(2), Optional.empty()),
                                new NewTopic("old.labels", Optional.of(5), Optional.empty())))
                .all()
                .get();

        CommandRun created = CommandRun.of("topics", "create", "--config", config, "--json");

        assertThat(created.exitCode()).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(created.lastLine());
        assertThat(json.get("ok").asBoolean()).isFalse();
        assertThat(finding(json, "old.labels").get("state").asText()).isEqualTo("ok");
        assertThat(finding(json, "old.predictions").get("state").asText()).isEqualTo("created");
        JsonNode versions = finding(json, "old.model-versions");
        assertThat(versions.get("state").asText()).isEqualTo("wrong");
        assertThat(versions.get("problem").asText())
                .isEqualTo(
                        "cleanup.policy is delete; expected compact; 2 partitions; expected 1, for"
                                + " one order");
        assertThat(partitions("old.labels")).isEqualTo(5);
        assertThat(setting("old.model-versions", "cleanup.policy")).isEqualTo("delete");
    }

    @Test
    void checkNamesWhatIsMissing() throws Exception {
        CommandRun checked =
                CommandRun.of(
                        "topics", "check", "--config", config("none", kafka.bootstrapServers()));

        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.out()).containsPattern("none\\.labels +missing +- +expected a topic");
    }

    @Test
    void saysInOneLineThatNoBrokerAnswers() throws Exception {
        String nowhere = "127.0.0.1:" + closedPort();

        CommandRun checked = CommandRun.of("topics", "check", "--config", config("x", nowhere));

        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.err().lines())
                .containsExactly(nowhere + ": no Kafka broker answers; expected one within 10 s");
        assertThat(checked.out()).isEmpty();
    }

    @Test
    void showsWhatIsInATopicAndWhatBecomesOfIt() throws Exception {
        admin.createTopics(List.of(new NewTopic("sampled", Optional.of(1), Optional.empty())))
                .all()
                .get();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer())) {
            for (String value :
                    new String[] {
                        "{\"d\":\"p\",\"v\":{\"t\":1.5}}",
                        "{\"d\":\"q\",\"v\":{\"t\":\"n/a\"}}",
                        null,
                        "plain"
                    }) {
                producer.send(new ProducerRecord<>("sampled", "k", value)).get();
            }
        }
        String config =
                Files.writeString(
                                directory.resolve("sampled.yaml"),
                                Files.readString(Path.of(config("s", kafka.bootstrapServers())))
                                        + """
                                        sources:
                                          - topic: sampled
                                            asset: d
                                            time: {record: true}
                                            channels: {a: /v/t, b: b, t: t}
                                        """)
                        .toString();
        CommandRun plain =
                CommandRun.of(
                        "topics",
                        "sample",
                        "--topic",
                        "sampled",
                        "--bootstrap-server",
                        kafka.bootstrapServers());
        assertThat(plain.exitCode()).as(plain.err()).isZero();
        assertThat(plain.out())
                .contains("sampled: 1 partitions, 4 records read")
                .contains("format: json (2)", "format: none (tombstone) (1)", "format: text (1)")
                .contains("key: k")
                .containsPattern("/v/t +number\\|string +2 +1\\.5 to 1\\.5 +1\\.5, n/a")
                .doesNotContain("sources");
        CommandRun mapped =
                CommandRun.of(
                        "topics", "sample", "--topic", "sampled", "--config", config, "--json");
        JsonNode json = new ObjectMapper().readTree(mapped.lastLine());
        assertThat(json.at("/sources/readings").asInt()).isEqualTo(1);
        assertThat(json.at("/sources/ignored/tombstone").asInt()).isEqualTo(1);
        assertThat(json.at("/sources/deadLetters/0").asText())
                .isEqualTo(
                        "sampled, partition 0, offset 1: /v/t is 'n/a'; expected a number, a number"
                                + " as text, true, false or null");
        assertThat(json.at("/sources/deadLetters")).hasSize(2);
        assertThat(json.at("/fields/0/field").asText()).isEqualTo("/d");
    }

    @Test
    void takesTheOptionsOfKafkasOwnTools() throws Exception {
        String nowhere = "127.0.0.1:" + closedPort();
        Path client =
                Files.writeString(
                        directory.resolve("client.properties"),
                        "default.api.timeout.ms=2000\nrequest.timeout.ms=1000\n");
        CommandRun checked =
                CommandRun.of(
                        "topics",
                        "check",
                        "--config",
                        config("x", "127.0.0.1:1"),
                        "--bootstrap-server",
                        nowhere,
                        "--command-config",
                        client.toString());
        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.err().lines())
                .containsExactly(nowhere + ": no Kafka broker answers; expected one within 2 s");
        CommandRun served =
                CommandRun.of(
                        "run",
                        "serve",
                        "--local",
                        "--config",
                        config("unserved", "127.0.0.1:1"),
                        "--bootstrap-servers",
                        kafka.bootstrapServers());
        assertThat(served.exitCode()).isEqualTo(2);
        assertThat(served.err())
                .contains("expected the topics unserved.readings.mox", "unserved.labels")
                .contains("there is none (see 'topics create')");
        CommandRun without =
                CommandRun.of(
                        "topics",
                        "check",
                        "--config",
                        config("x", nowhere),
                        "--command-config",
                        "/none.properties");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err())
                .startsWith("--command-config: /none.properties: expected a file of properties");
    }

    @Test
    void saysWhichSecretIsMissingBeforeItConnects() throws Exception {
        CommandRun checked =
                CommandRun.of(
                        "topics",
                        "check",
                        "--config",
                        config("x", "127.0.0.1:1"),
                        "--set",
                        "kafka.properties.ssl.key.password='${env:PIDSTREAM_UNSET}'");

        assertThat(checked.exitCode()).isEqualTo(2);
        assertThat(checked.err().lines())
                .containsExactly(
                        "kafka.properties.ssl.key.password: ${env:PIDSTREAM_UNSET}: expected the"
                                + " environment variable; it is not set");
    }

    @Test
    void refusesNoPartitions() throws Exception {
        CommandRun created =
                CommandRun.of(
                        "topics",
                        "create",
                        "--partitions",
                        "0",
                        "--config",
                        config("x", "127.0.0.1:1"));

        assertThat(created.exitCode()).isEqualTo(2);
        assertThat(created.err()).startsWith("--partitions: 0: expected at least 1");
        assertThat(CommandRun.of("topics").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("topics", "--help").exitCode()).isZero();
    }

    private String config(String name, String bootstrapServers) throws Exception {
        return Files.writeString(
                        directory.resolve(name + ".yaml"),
                        """
                        name: %s
                        modalities:
                          - {name: mox, channels: [a, b]}
                          - {name: env, channels: [t]}
                        target: {name: co}
                        alignment: {period: PT1H}
                        kafka: {bootstrap-servers: "%s"}
                        """
                                .formatted(name, bootstrapServers))
                .toString();
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static JsonNode finding(JsonNode json, String topic) {
        return Stream.iterate(0, i -> i < json.get("topics").size(), i -> i + 1)
                .map(json.get("topics")::get)
                .filter(node -> node.get("topic").asText().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private static int partitions(String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }
}
