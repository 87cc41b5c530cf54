package io.pidstream.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FateTest {
    @ParameterizedTest
    @CsvSource({
        "7, 3, ONGOING, OPEN",
        "7, 3, COMPLETE_COMMIT, COMMITTED",
        "7, 4, COMPLETE_COMMIT, COMMITTED",
        "7, 4, PREPARE_COMMIT, COMMITTED",
        "7, 4, COMPLETE_ABORT, ABORTED",
        "7, 4, PREPARE_ABORT, ABORTED",
        "7, 4, PREPARE_EPOCH_FENCE, ABORTED",
        // Somebody has used the id again.
        "7, 4, ONGOING, UNKNOWN",
        "7, 5, COMPLETE_COMMIT, UNKNOWN",
        "7, 4, EMPTY, UNKNOWN",
        "8, 3, COMPLETE_COMMIT, UNKNOWN",
        "7, 2, COMPLETE_ABORT, UNKNOWN"
    })
    void followsFromTheLastTransactionOfTheId(
            long producer, int epoch, TransactionState state, Fate expected) {
        KafkaCommittable transaction = new KafkaCommittable(7, (short) 3, "plant-t-0-42", null);
        TransactionDescription now =
                new TransactionDescription(
                        0, state, producer, epoch, 1000, OptionalLong.empty(), Set.of());
        assertThat(Fate.of(transaction, now)).isEqualTo(expected);
    }
}
