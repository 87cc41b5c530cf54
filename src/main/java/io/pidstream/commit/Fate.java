package io.pidstream.commit;

import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;

/** What became of a transaction, as far as its coordinator still knows. */
enum Fate {
    /** It can still be committed. */
    OPEN,
    COMMITTED,
    ABORTED,
    /**
     * The coordinator has forgotten the transaction (after {@code transactional.id.expiration.ms}),
     * or its id has been used again.
     */
    UNKNOWN;

    /**
     * The coordinator describes the last transaction of an id. Its end raises the epoch by one,
     * with transactions of version 2 for commits too, which is why a second commit is then refused
     * as if the transaction had been lost.
     */
    static Fate of(KafkaCommittable transaction, TransactionDescription now) {
        int later = now.producerEpoch() - transaction.getEpoch();
        if (now.producerId() != transaction.getProducerId() || later < 0 || later > 1) {
            return UNKNOWN;
        }
        TransactionState state = now.state();
        if (state == TransactionState.ONGOING) {
            return later == 0 ? OPEN : UNKNOWN;
        }
        if (state == TransactionState.PREPARE_COMMIT || state == TransactionState.COMPLETE_COMMIT) {
            return COMMITTED;
        }
        return state == TransactionState.PREPARE_ABORT
                        || state == TransactionState.COMPLETE_ABORT
                        || state == TransactionState.PREPARE_EPOCH_FENCE
                ? ABORTED
                : UNKNOWN;
    }
}
