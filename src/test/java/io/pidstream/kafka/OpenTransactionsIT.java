package io.pidstream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.testing.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever waits for a transaction says for which. */
class OpenTransactionsIT {
    private static final Duration STANDSTILL = Duration.ofSeconds(5);

    private static EmbeddedKafka kafka;
    private static KafkaSettings settings;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        settings =
                new KafkaSettings(
                        kafka.bootstrapServers(),
                        "p.",
                        KafkaSettings.Delivery.EXACTLY_ONCE,
                        Map.of("transaction.timeout.ms", "60000"));
        admin = Clients.admin(settings);
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void anOpenTransactionIsNamedOnceAMinuteUntilItEnds() throws Exception {
        admin.createTopics(List.of(new NewTopic("held", Optional.of(2), Optional.empty())))
                .all()
                .get();
        TopicEnds ends = new TopicEnds(admin, settings, List.of("held"));
        HeldInputs held = new HeldInputs(STANDSTILL, new OpenTransactions(admin, settings));
        try (Producer<byte[], byte[]> other = Clients.producer(settings, "somebody-else")) {
            other.initTransactions();
            other.beginTransaction();
            other.send(new ProducerRecord<>("held", 1, null, "x".getBytes(UTF_8))).get();

            assertThat(held.look(Duration.ZERO, ends.read())).isEmpty();
            assertThat(held.look(STANDSTILL, ends.read()))
                    .singleElement()
                    .asString()
                    .matches(
                            "held, partition 1: waiting at offset 0 of 1 for an open transaction:"
                                    + " producer \\d+, transactional id somebody-else, open since"
                                    + " \\S+Z; Kafka aborts it at \\S+Z if nobody ends it before");
            assertThat(held.look(STANDSTILL.plusSeconds(59), ends.read())).isEmpty();
            assertThat(held.look(STANDSTILL.plusSeconds(60), ends.read())).hasSize(1);

            other.commitTransaction();
        }
        Waiting.until(
                "the commit has reached the partition",
                () -> ends.read().values().stream().noneMatch(TopicEnds.Ends::isHeld));
        assertThat(held.look(STANDSTILL.plusSeconds(180), ends.read())).isEmpty();
    }

    @Test
    void aNameIsHeldByOneAndLeftToTheNext() throws Exception {
        TopicAdmin.Layout layout = TopicAdmin.Layout.DEFAULT;
        try (TopicAdmin topics =
                new TopicAdmin(
                        settings, new InputTopics(List.of(), List.of(), List.of("p.labels")))) {
            topics.create(layout);
        }
        NameLease first = NameLease.ask(settings, "p");
        first.await(Duration.ZERO);
        try (NameLease second = NameLease.ask(settings, "p")) {
            assertThat(refusal(second))
                    .matches(
                            "p: another job of this name \\(member p-\\S+-\\d+, host"
                                    + " 127\\.0\\.0\\.1, since \\S+Z\\) writes with the same"
                                    + " transactions; .*");
            assertThat(first.standing().state()).isEqualTo(NameLease.State.HELD);

            first.handOver(Duration.ofSeconds(30));

            second.await(Duration.ofSeconds(30));
            assertThat(second.standing().state()).isEqualTo(NameLease.State.HELD);
        }
    }

    private static String refusal(NameLease lease) throws Exception {
        try {
            lease.await(Duration.ZERO);
        } catch (NameTakenException e) {
            return e.getMessage();
        }
        return "not refused";
    }
}
