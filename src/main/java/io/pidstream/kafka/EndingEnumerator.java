package io.pidstream.kafka;

import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Wraps the connector's restored enumerator and signals its readers when there are no more splits.
 */
final class EndingEnumerator
        extends ForwardingEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
    private final EndingContext context;

    /**
     * @param enumerator the connector's enumerator, created with {@code context}
     */
    EndingEnumerator(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator,
            EndingContext context) {
        super(enumerator);
        this.context = context;
    }

    @Override
    public void addReader(int subtask) {
        context.isNew(subtask);
        super.addReader(subtask);
        context.tellIfDiscovered(subtask);
    }
}
