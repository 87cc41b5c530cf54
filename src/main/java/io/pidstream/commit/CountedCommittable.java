package io.pidstream.commit;

import java.time.Instant;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * A transaction that waits for its commit, and what was written in it. What was written is null if
 * a former program wrote the checkpoint.
 */
final class CountedCommittable extends KafkaCommittable {
    private final Written written;

    /**
     * What was written in a transaction.
     *
     * @param records number of records, at least one
     * @param first earliest event time of the records
     * @param last latest event time of the records
     */
    record Written(long records, Instant first, Instant last) {}

    CountedCommittable(KafkaCommittable transaction, Written written) {
        super(
                transaction.getProducerId(),
                transaction.getEpoch(),
                transaction.getTransactionalId(),
                transaction.getProducer().orElse(null));
        this.written = written;
    }

    /** What was written in a transaction; null if that is not known. */
    static Written writtenIn(KafkaCommittable transaction) {
        return transaction instanceof CountedCommittable counted ? counted.written : null;
    }

    /** By the transaction alone, as for the connector's own. */
    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
