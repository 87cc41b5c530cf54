package io.pidstream.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where Kafka is and how it is used.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param prefix what the name of every topic begins with
 * @param delivery guarantee of the output topics
 * @param registry where the schemas are of records in Confluent's framing; null for Avro's
 *     single-object encoding, which needs none
 * @param properties passed through to every Kafka client; {@code ${env:NAME}} and {@code
 *     ${file:/path}} in values are resolved only where a client is made, so that a secret is
 *     neither kept nor printed
 */
public record KafkaSettings(
        String bootstrapServers,
        String prefix,
        Delivery delivery,
        SchemaRegistry registry,
        Map<String, String> properties)
        implements Serializable {
    public KafkaSettings {
        properties = new TreeMap<>(properties);
    }

    /** Without a registry. */
    public KafkaSettings(
            String bootstrapServers,
            String prefix,
            Delivery delivery,
            Map<String, String> properties) {
        this(bootstrapServers, prefix, delivery, null, properties);
    }

    /** Where Kafka's clients connect to instead. */
    public KafkaSettings withBootstrapServers(String servers) {
        return new KafkaSettings(servers, prefix, delivery, registry, properties);
    }

    /** Names the properties without their values: one may be a secret. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=%s, prefix=%s, delivery=%s, properties=%s]"
                .formatted(bootstrapServers, prefix, delivery.text(), properties.keySet());
    }

    /** Guarantee of the output topics. */
    public enum Delivery {
        EXACTLY_ONCE("exactly-once"),
        AT_LEAST_ONCE("at-least-once");

        private final String text;

        Delivery(String text) {
            this.text = text;
        }

        /** As written in the configuration. */
        public String text() {
            return text;
        }
    }
}
