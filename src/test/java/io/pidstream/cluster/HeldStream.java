package io.pidstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.testing.CommandRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A stream in topics with an open transaction in its middle: who reads committed records only gets
 * that far and waits there, until the transaction is aborted and leaves no trace.
 */
final class HeldStream implements AutoCloseable {
    private static final String LONGER_THAN_ANY_TEST = "900000";

    private final Producer<byte[], byte[]> transaction;

    private HeldStream(Producer<byte[], byte[]> transaction) {
        this.transaction = transaction;
    }

    /**
     * Writes a stream.
     *
     * @param client properties of a client that may write to the topics in a transaction
     * @param topics the input topics, with their prefix
     * @param assets the assets of the stream
     * @param before what comes before the transaction
     * @param after what comes after it
     */
    static HeldStream write(
            Map<String, String> client,
            Path config,
            List<String> topics,
            List<String> assets,
            Path before,
            Path after) {
        replay(config, before);
        Map<String, Object> properties = new TreeMap<>(client);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "held-" + topics.get(0));
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, LONGER_THAN_ANY_TEST);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        // In the partitions that the assets' records are in; one that never has any holds time
        // back.
        for (String topic : topics) {
            for (String asset : assets) {
                byte[] key = asset.getBytes(StandardCharsets.UTF_8);
                assertThat(producer.send(new ProducerRecord<>(topic, key, new byte[0])))
                        .isNotNull();
            }
        }
        producer.flush();
        replay(config, after);
        return new HeldStream(producer);
    }

    static void replay(Path config, Path data) {
        CommandRun run =
                CommandRun.of("replay", "--config", config.toString(), "--data", data.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    /** Lets the readers go on to the end. */
    void release() {
        transaction.abortTransaction();
    }

    @Override
    public void close() {
        transaction.close();
    }
}
