package io.pidstream.commit;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Asks Kafka's transaction coordinators. */
final class Coordinator {
    private final Properties client;

    /**
     * @param client properties of a Kafka client
     */
    Coordinator(Properties client) {
        this.client = client;
    }

    /**
     * What became of each transaction.
     *
     * @throws IOException if the coordinator does not answer
     */
    Map<KafkaCommittable, Fate> fates(Collection<KafkaCommittable> transactions)
            throws IOException, InterruptedException {
        List<String> ids = transactions.stream().map(KafkaCommittable::getTransactionalId).toList();
        Map<KafkaCommittable, Fate> fates = new HashMap<>();
        try (Admin admin = Admin.create(client)) {
            DescribeTransactionsResult described = admin.describeTransactions(ids);
            for (KafkaCommittable transaction : transactions) {
                fates.put(transaction, fate(described, transaction));
            }
        }
        return fates;
    }

    private static Fate fate(DescribeTransactionsResult described, KafkaCommittable transaction)
            throws IOException, InterruptedException {
        String id = transaction.getTransactionalId();
        try {
            return Fate.of(transaction, described.description(id).get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException
                    || e.getCause() instanceof UnsupportedVersionException) {
                return Fate.UNKNOWN;
            }
            throw new IOException(
                    "transaction %s: its coordinator does not say what became of it: %s"
                            .formatted(id, e.getCause().getMessage()),
                    e.getCause());
        }
    }

    /**
     * The ids of aborted transactions, sorted.
     *
     * @param prefix of the ids
     * @param suffix of the ids
     */
    Set<String> aborted(String prefix, String suffix) throws IOException, InterruptedException {
        ListTransactionsOptions aborted =
                new ListTransactionsOptions()
                        .filterStates(
                                Set.of(
                                        TransactionState.PREPARE_ABORT,
                                        TransactionState.COMPLETE_ABORT));
        Set<String> ids = new TreeSet<>();
        try (Admin admin = Admin.create(client)) {
            for (TransactionListing listing : admin.listTransactions(aborted).all().get()) {
                String id = listing.transactionalId();
                if (id.startsWith(prefix) && id.endsWith(suffix)) {
                    ids.add(id);
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    "Kafka does not list transactions: " + e.getCause().getMessage(), e);
        }
        return ids;
    }
}
