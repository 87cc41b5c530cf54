package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    /** A variable that is set wherever tests run. */
    private static final String VARIABLE = "PATH";

    @TempDir Path directory;

    @Test
    void areResolvedByTheClientItself() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "pa$s}word\n");
        Properties properties =
                Clients.properties(
                        settings(
                                Map.of(
                                        "client.rack",
                                        "${env:" + VARIABLE + "}",
                                        "sasl.jaas.config",
                                        "Login required password=\"${file:" + file + "}\";")));

        ConsumerConfig config = consumerConfig(properties);

        assertThat(config.getString("client.rack")).isEqualTo(System.getenv(VARIABLE));
        assertThat(config.getPassword(SaslConfigs.SASL_JAAS_CONFIG))
                .isEqualTo(new Password("Login required password=\"pa$s}word\";"));
        assertThat(producerConfig(properties).getPassword(SaslConfigs.SASL_JAAS_CONFIG).value())
                .contains("pa$s}word");
    }

    @Test
    void areNotInThePropertiesThatTravelInTheJob() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "hunter2");
        KafkaSettings settings = settings(Map.of("ssl.key.password", "${file:" + file + "}"));

        assertThat(Clients.properties(settings).toString()).doesNotContain("hunter2");
        assertThat(consumerConfig(Clients.properties(settings)).values().toString())
                .doesNotContain("hunter2");
    }

    @Test
    void areNotPrintedWithTheSettingsEvenIfWrittenOut() {
        assertThat(settings(Map.of("ssl.key.password", "hunter2")))
                .hasToString(
                        "KafkaSettings[bootstrapServers=localhost:1, prefix=p., "
                                + "delivery=exactly-once, properties=[ssl.key.password]]");
    }

    @Test
    void areMissedByNameAndKey() {
        KafkaSettings settings =
                settings(
                        Map.of(
                                "sasl.jaas.config", "password=\"${env:KEY}\"",
                                "ssl.key.password", "${file:/nowhere/password}",
                                "ssl.keystore.password", "${env:HERE}"));

        assertThat(Secrets.problems(settings, Map.of("HERE", "hunter2")::get))
                .containsExactly(
                        "kafka.properties.sasl.jaas.config: ${env:KEY}: expected the environment"
                                + " variable; it is not set",
                        "kafka.properties.ssl.key.password: ${file:/nowhere/password}: expected a"
                                + " file that can be read; there is none");
    }

    @Test
    void stopAClientWhereTheyAreMissing() {
        assertThatThrownBy(
                        () ->
                                consumerConfig(
                                        Clients.properties(
                                                settings(
                                                        Map.of(
                                                                "client.rack",
                                                                "${env:PIDSTREAM_UNSET}")))))
                .hasMessageContaining("${env:PIDSTREAM_UNSET}")
                .hasMessageContaining("not set");
        assertThatThrownBy(
                        () ->
                                consumerConfig(
                                        Clients.properties(
                                                settings(Map.of("client.rack", "${file:/no/x}")))))
                .hasMessageContaining("${file:/no/x}");
    }

    @Test
    void leaveOtherProvidersAlone() {
        Map<String, String> properties =
                Secrets.withProviders(Map.of("config.providers", "vault", "a", "${env:B}"));

        assertThat(properties).containsEntry("config.providers", "env,file,vault");
        assertThat(Secrets.withProviders(Map.of("a", "b"))).containsOnlyKeys("a");
    }

    private static KafkaSettings settings(Map<String, String> properties) {
        return new KafkaSettings(
                "localhost:1", "p.", KafkaSettings.Delivery.EXACTLY_ONCE, properties);
    }

    private static ConsumerConfig consumerConfig(Properties properties) {
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        return new ConsumerConfig(properties);
    }

    private static ProducerConfig producerConfig(Properties properties) {
        properties.put("key.serializer", ByteArraySerializer.class.getName());
        properties.put("value.serializer", ByteArraySerializer.class.getName());
        return new ProducerConfig(properties);
    }
}
