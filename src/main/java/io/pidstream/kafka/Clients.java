package io.pidstream.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients with the configured properties, for use outside a job. */
public final class Clients {
    /** Timeout for a broker's answer, unless the properties of clients have one. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Timeout if the broker may also start later. */
    private static final Duration PATIENCE_WITH_A_LATE_BROKER = Duration.ofSeconds(3);

    private Clients() {}

    /** Properties of every client: the configured ones, and the providers that resolve secrets. */
    static Properties properties(KafkaSettings settings) {
        Properties properties = new Properties();
        properties.putAll(Secrets.withProviders(settings.properties()));
        properties.setProperty(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return properties;
    }

    /** Timeout for a broker's answer: {@code default.api.timeout.ms} of the properties, or 10 s. */
    static Duration patience(KafkaSettings settings) {
        String given = settings.properties().get(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return given != null && given.matches("[0-9]{1,9}")
                ? Duration.ofMillis(Long.parseLong(given))
                : PATIENCE;
    }

    public static Admin admin(KafkaSettings settings) {
        Map<String, Object> config = config(settings);
        int patience = Math.toIntExact(patience(settings).toMillis());
        config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
        config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience / 2);
        try {
            return Admin.create(config);
        } catch (KafkaException e) {
            throw new KafkaUnavailableException(
                    "kafka.properties: expected valid properties of a Kafka client: "
                            + innermost(e),
                    e);
        }
    }

    /**
     * The innermost message: for a missing trust store, for example, it is in the cause of the
     * cause.
     */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof KafkaException
                ? cause.getMessage()
                : "%s: %s".formatted(cause.getClass().getSimpleName(), cause.getMessage());
    }

    /** A consumer outside any group that sees committed records only. */
    public static Consumer<byte[], byte[]> consumer(KafkaSettings settings) {
        return consumer(settings, IsolationLevel.READ_COMMITTED);
    }

    static Consumer<byte[], byte[]> consumer(KafkaSettings settings, IsolationLevel isolation) {
        Map<String, Object> config = config(settings);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A member of a group that keeps what it is assigned for as long as it lives.
     *
     * @param session after this much silence the group gives its partitions to others
     */
    static Consumer<byte[], byte[]> member(
            KafkaSettings settings, String group, String clientId, Duration session) {
        return consumer(memberConfig(settings, group, clientId, session));
    }

    /**
     * A member of a group that reads committed records; the group's offsets are committed by hand.
     *
     * @param session after this much silence the group gives its partitions to others; three times
     *     that without a poll counts as silence, too
     */
    public static Consumer<byte[], byte[]> follower(
            KafkaSettings settings, String group, String clientId, Duration session) {
        Map<String, Object> config = memberConfig(settings, group, clientId, session);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return consumer(config);
    }

    private static Map<String, Object> memberConfig(
            KafkaSettings settings, String group, String clientId, Duration session) {
        Map<String, Object> config = config(settings);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        int millis = Math.toIntExact(session.toMillis());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis / 5);
        // Also how long a group waits for its members when another one joins.
        config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 3 * millis);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** An idempotent producer that waits for all in-sync replicas. */
    public static Producer<byte[], byte[]> producer(KafkaSettings settings) {
        Map<String, Object> config = config(settings);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        // Right after a topic is created, a partition may refuse the first batch and take the
        // second, after which it refuses the first for ever (KAFKA-14359, KAFKA-15591).
        config.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * A transactional producer. A later one with the same id fences off an earlier one, which then
     * fails.
     */
    public static Producer<byte[], byte[]> producer(
            KafkaSettings settings, String transactionalId) {
        Map<String, Object> config = config(settings);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.putIfAbsent(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(patience(settings).toMillis()));
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicAdmin.LARGE_MESSAGE_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> config(KafkaSettings settings) {
        Map<String, Object> config = new LinkedHashMap<>();
        properties(settings).forEach((key, value) -> config.put((String) key, value));
        return config;
    }

    /**
     * Waits for a broker's answer.
     *
     * @throws KafkaUnavailableException if no broker answers in time, or it refuses this client
     */
    static <T> T await(KafkaFuture<T> answer, KafkaSettings settings) throws ExecutionException {
        return await(answer, settings, "");
    }

    /**
     * Waits for a broker's answer.
     *
     * @param the requested resource, named in the message if the request is refused
     * @throws KafkaUnavailableException if no broker answers in time, or it refuses this client
     */
    static <T> T await(KafkaFuture<T> answer, KafkaSettings settings, String what)
            throws ExecutionException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException(
                    settings.bootstrapServers() + ": interrupted while waiting for Kafka", e);
        } catch (ExecutionException e) {
            String refusal = refusal(e.getCause(), what, patience(settings));
            if (refusal == null) {
                throw e;
            }
            throw new KafkaUnavailableException(
                    settings.bootstrapServers() + ": " + refusal, e.getCause());
        }
    }

    /**
     * Checks early whether a broker accepts this client. No answer is not an error, as the broker
     * may start later.
     *
     * @return whether one has answered
     * @throws KafkaUnavailableException if one answers and refuses this client
     */
    public static boolean requireAdmittance(KafkaSettings settings) throws ExecutionException {
        try (Admin admin = admin(settings)) {
            int patience = Math.toIntExact(PATIENCE_WITH_A_LATE_BROKER.toMillis());
            await(
                    admin.describeCluster(new DescribeClusterOptions().timeoutMs(patience))
                            .clusterId(),
                    settings);
            return true;
        } catch (KafkaUnavailableException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
            return false;
        }
    }

    /** A sentence that says why a request failed; null if there is no helpful one. */
    private static String refusal(Throwable cause, String what, Duration patience) {
        if (cause instanceof TimeoutException) {
            return "no Kafka broker answers; expected one within %d s"
                    .formatted(patience.toSeconds());
        }
        if (cause instanceof AuthenticationException) {
            return "Kafka refuses this client: %s (see kafka.properties)"
                    .formatted(innermost(cause));
        }
        if (cause instanceof AuthorizationException) {
            return "Kafka does not authorize this user: %s%s"
                    .formatted(what.isEmpty() ? "" : what + ": ", cause.getMessage());
        }
        return null;
    }
}
