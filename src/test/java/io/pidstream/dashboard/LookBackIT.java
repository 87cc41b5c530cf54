package io.pidstream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where the page begins to read. */
class LookBackIT {
    private static final Instant NEWEST = Instant.parse("2026-01-05T08:00:00Z");
    private static final TopicPartition LONG = new TopicPartition("predictions", 0);

    /** Ends three hours before the other one. */
    private static final TopicPartition SHORT = new TopicPartition("predictions", 1);

    private static final TopicPartition ALERTS = new TopicPartition("alerts", 0);
    private static final TopicPartition EMPTY = new TopicPartition("empty", 0);

    private static EmbeddedKafka kafka;
    private static KafkaSettings settings;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        settings =
                new KafkaSettings(
                        kafka.bootstrapServers(),
                        "",
                        KafkaSettings.Delivery.EXACTLY_ONCE,
                        Map.of());
        try (Admin admin = Clients.admin(settings);
                Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            admin.createTopics(List.of(topic(LONG, 2), topic(ALERTS, 1), topic(EMPTY, 1)))
                    .all()
                    .get();
            for (int hours = 9; hours >= 0; hours--) {
                send(producer, LONG, hours);
            }
            for (int hours = 9; hours >= 3; hours--) {
                send(producer, SHORT, hours);
            }
            send(producer, ALERTS, 1000);
        }
    }

    private static NewTopic topic(TopicPartition of, int partitions) {
        return new NewTopic(of.topic(), partitions, (short) 1)
                .configs(Map.of("retention.ms", "-1"));
    }

    private static void send(
            Producer<byte[], byte[]> producer, TopicPartition partition, long hoursBefore)
            throws Exception {
        producer.send(
                        new ProducerRecord<>(
                                partition.topic(),
                                partition.partition(),
                                NEWEST.minus(Duration.ofHours(hoursBefore)).toEpochMilli(),
                                null,
                                new byte[1]))
                .get();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /** The offset at which a partition is read first. */
    private static long begins(Duration time, Set<TopicPartition> bounded, TopicPartition of) {
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(settings)) {
            consumer.assign(List.of(LONG, SHORT, ALERTS, EMPTY));
            new LookBack(time).seek(consumer, bounded);
            return consumer.position(of);
        }
    }

    @Test
    void withoutALimitEverythingIsRead() {
        assertThat(begins(null, Set.of(LONG, SHORT), LONG)).isZero();
        assertThat(begins(null, Set.of(LONG, SHORT), SHORT)).isZero();
    }

    @Test
    void theTimeCountsFromTheNewestRecordOfAllPartitions() {
        Set<TopicPartition> bounded = Set.of(LONG, SHORT);
        assertThat(begins(Duration.ofHours(4), bounded, LONG)).isEqualTo(5);
        assertThat(begins(Duration.ofHours(4), bounded, SHORT)).isEqualTo(5);
        assertThat(begins(Duration.ofHours(1000), bounded, LONG)).isZero();
    }

    @Test
    void aPartitionWithNothingAsNewIsReadFromItsEnd() {
        assertThat(begins(Duration.ofHours(2), Set.of(LONG, SHORT), LONG)).isEqualTo(7);
        assertThat(begins(Duration.ofHours(2), Set.of(LONG, SHORT), SHORT)).isEqualTo(7);
        assertThat(begins(Duration.ofHours(2), Set.of(LONG, EMPTY), EMPTY)).isZero();
    }

    @Test
    void whatIsNotLimitedIsReadFromItsBeginningHoweverOld() {
        assertThat(begins(Duration.ofHours(2), Set.of(LONG, SHORT), ALERTS)).isZero();
        assertThat(begins(Duration.ofHours(4), Set.of(LONG, SHORT), ALERTS)).isZero();
    }

    @Test
    void whereThereIsNothingYetEverythingThatComesIsRead() {
        assertThat(begins(Duration.ofHours(2), Set.of(EMPTY), EMPTY)).isZero();
        assertThat(begins(Duration.ofHours(2), Set.of(EMPTY), LONG)).isZero();
    }
}
