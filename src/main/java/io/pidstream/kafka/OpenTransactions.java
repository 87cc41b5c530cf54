package io.pidstream.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;

/** Whose transactions are open. */
final class OpenTransactions implements HeldInputs.Writers {
    private final Admin admin;
    private final KafkaSettings settings;

    OpenTransactions(Admin admin, KafkaSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * The open transaction that begins at an offset: who has opened it and when, and when Kafka
     * ends it.
     */
    @Override
    public String of(TopicPartition partition, long offset) throws ExecutionException {
        List<ProducerState> producers =
                Clients.await(
                                admin.describeProducers(Set.of(partition)).all(),
                                settings,
                                partition.topic())
                        .get(partition)
                        .activeProducers();
        Optional<ProducerState> first =
                producers.stream()
                        .filter(p -> p.currentTransactionStartOffset().orElse(-1) == offset)
                        .findFirst();
        return first.isEmpty() ? "a producer that has just ended it" : text(first.get());
    }

    private String text(ProducerState producer) throws ExecutionException {
        String id = "producer " + producer.producerId();
        for (TransactionListing listing : listings(producer.producerId())) {
            TransactionDescription transaction =
                    Clients.await(
                            admin.describeTransactions(List.of(listing.transactionalId()))
                                    .description(listing.transactionalId()),
                            settings,
                            listing.transactionalId());
            if (transaction.transactionStartTimeMs().isPresent()) {
                Instant start =
                        Instant.ofEpochMilli(transaction.transactionStartTimeMs().getAsLong());
                Duration limit = Duration.ofMillis(transaction.transactionTimeoutMs());
                return "%s, transactional id %s, open since %s; Kafka aborts it at %s if nobody ends it before"
                        .formatted(id, listing.transactionalId(), start, start.plus(limit));
            }
        }
        return "%s, which last wrote a record of %s"
                .formatted(id, Instant.ofEpochMilli(producer.lastTimestamp()));
    }

    /** Only those that this user may see: none, without the right to describe transactional ids. */
    private Iterable<TransactionListing> listings(long producer) throws ExecutionException {
        return Clients.await(
                admin.listTransactions(
                                new ListTransactionsOptions().filterProducerIds(Set.of(producer)))
                        .all(),
                settings);
    }
}
