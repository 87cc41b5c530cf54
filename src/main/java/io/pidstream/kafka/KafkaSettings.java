package io.pidstream.kafka;

import io.pidstream.commit.AbortedOutput;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Connection to Kafka, and how it is used.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param prefix prefix of all topic names
 * @param delivery guarantee of the output topics
 * @param abortedOutput what a job does where Kafka has aborted output of its last checkpoint
 * @param encoding of the records of pidstream's own topics
 * @param registry schema registry for Confluent's framing, and for topics of others in Avro; null
 *     if there is none
 * @param properties passed through to every Kafka client; {@code ${env:NAME}} and {@code
 *     ${file:/path}} in values are resolved only when a client is created, so that secrets are
 *     neither stored nor printed
 */
public record KafkaSettings(
        String bootstrapServers,
        String prefix,
        Delivery delivery,
        AbortedOutput abortedOutput,
        Encoding encoding,
        SchemaRegistry registry,
        Map<String, String> properties)
        implements Serializable {
    /** Form of the addresses of brokers: host:port, or several with commas between them. */
    public static final String ADDRESSES = "[^,]+:\\d{1,5}( *, *[^,]+:\\d{1,5})*";

    public KafkaSettings {
        properties = new TreeMap<>(properties);
    }

    /** A job refuses to go on where Kafka has aborted output of its last checkpoint. */
    public KafkaSettings(
            String bootstrapServers,
            String prefix,
            Delivery delivery,
            Encoding encoding,
            SchemaRegistry registry,
            Map<String, String> properties) {
        this(
                bootstrapServers,
                prefix,
                delivery,
                AbortedOutput.REFUSE,
                encoding,
                registry,
                properties);
    }

    /** Avro in Confluent's framing if there is a registry, otherwise in single-object encoding. */
    public KafkaSettings(
            String bootstrapServers,
            String prefix,
            Delivery delivery,
            SchemaRegistry registry,
            Map<String, String> properties) {
        this(
                bootstrapServers,
                prefix,
                delivery,
                registry == null ? Encoding.AVRO : Encoding.CONFLUENT,
                registry,
                properties);
    }

    /** Without a registry. */
    public KafkaSettings(
            String bootstrapServers,
            String prefix,
            Delivery delivery,
            Map<String, String> properties) {
        this(bootstrapServers, prefix, delivery, null, properties);
    }

    /** The same settings with other bootstrap servers. */
    public KafkaSettings withBootstrapServers(String servers) {
        return new KafkaSettings(
                servers, prefix, delivery, abortedOutput, encoding, registry, properties);
    }

    /** The same settings with further properties, which override those of the same name. */
    public KafkaSettings with(Map<String, String> further) {
        Map<String, String> all = new TreeMap<>(properties);
        all.putAll(further);
        return new KafkaSettings(
                bootstrapServers, prefix, delivery, abortedOutput, encoding, registry, all);
    }

    /** The registry with which pidstream's own records are framed; null if they are not. */
    SchemaRegistry framing() {
        return encoding == Encoding.CONFLUENT ? registry : null;
    }

    /** Contains only the names of properties, as their values may be secret. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=%s, prefix=%s, delivery=%s, properties=%s]"
                .formatted(bootstrapServers, prefix, delivery.text(), properties.keySet());
    }

    /** Encodings of the records of pidstream's own topics. */
    public enum Encoding {
        /** Avro's single-object encoding. */
        AVRO,
        /** Avro in Confluent's framing. */
        CONFLUENT,
        /** JSON, except for records that only pidstream reads. */
        JSON
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
