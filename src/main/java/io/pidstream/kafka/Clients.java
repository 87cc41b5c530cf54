package io.pidstream.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own clients with the configured properties, for what runs outside a job. */
public final class Clients {
    /** How long a broker may take to answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private Clients() {}

    /** Properties of every client: the configured ones, and where to resolve their secrets. */
    static Properties properties(KafkaSettings settings) {
        Properties properties = new Properties();
        properties.putAll(Secrets.withProviders(settings.properties()));
        properties.setProperty(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return properties;
    }

    public static Admin admin(KafkaSettings settings) {
        Map<String, Object> config = config(settings);
        int patience = Math.toIntExact(PATIENCE.toMillis());
        config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
        config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience / 2);
        return Admin.create(config);
    }

    /** A consumer outside any group that sees committed records only. */
    public static Consumer<byte[], byte[]> consumer(KafkaSettings settings) {
        Map<String, Object> config = config(settings);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** An idempotent producer that waits for all in-sync replicas. */
    public static Producer<byte[], byte[]> producer(KafkaSettings settings) {
        Map<String, Object> config = config(settings);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        // Right after a topic was made, a partition's first batches may be refused and sent again;
        // with several
        // on their way, the producer was seen to hold one back until it expired.
        config.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * A producer of transactions. A later one of the same id ends the transactions of an earlier
     * one, which then fails.
     */
    static Producer<byte[], byte[]> producer(KafkaSettings settings, String transactionalId) {
        Map<String, Object> config = config(settings);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicAdmin.LARGE_MESSAGE_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> config(KafkaSettings settings) {
        Map<String, Object> config = new LinkedHashMap<>();
        properties(settings).forEach((key, value) -> config.put((String) key, value));
        return config;
    }

    /**
     * What a broker answers.
     *
     * @throws KafkaUnavailableException when none answers in time
     */
    static <T> T await(KafkaFuture<T> answer, KafkaSettings settings) throws ExecutionException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException(
                    settings.bootstrapServers() + ": interrupted while waiting for Kafka", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new KafkaUnavailableException(
                        "%s: no Kafka broker answers; expected one within %d s"
                                .formatted(settings.bootstrapServers(), PATIENCE.toSeconds()),
                        e.getCause());
            }
            throw e;
        }
    }
}
