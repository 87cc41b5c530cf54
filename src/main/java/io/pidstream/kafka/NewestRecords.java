package io.pidstream.kafka;

import io.pidstream.format.UndecodableException;
import io.pidstream.mapping.MessageDecoder;
import io.pidstream.mapping.MessageRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest records of a topic.
 *
 * @param topic its name
 * @param partitions number of its partitions
 * @param records about as many of each partition
 * @param whole whether these are all records of the topic
 */
public record NewestRecords(
        String topic, int partitions, List<ConsumerRecord<byte[], byte[]>> records, boolean whole) {
    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * @param most so many records, of all partitions together
     * @param patience reading stops after it
     * @throws KafkaUnavailableException if no broker answers, or it has no such topic
     */
    public static NewestRecords read(
            KafkaSettings settings, String topic, int most, Duration patience)
            throws ExecutionException {
        try (TopicReader reader = TopicReader.open(settings, topic)) {
            int share = 1 + (most - 1) / reader.partitionCount();
            reader.back(share);
            boolean whole = reader.isFromBeginning();
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            long end = System.nanoTime() + patience.toNanos();
            while (!reader.isAtEnd() && System.nanoTime() < end) {
                records.addAll(reader.poll(POLL));
            }
            return new NewestRecords(
                    topic, reader.partitionCount(), records, whole && reader.isAtEnd());
        }
    }

    /** Those that are JSON, as rows; others are left out. */
    public MessageRows json() {
        MessageRows rows = new MessageRows();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                rows.add(
                        MessageDecoder.JSON.decode(record.value()),
                        record.key(),
                        record.timestamp());
            } catch (UndecodableException e) {
                // No JSON: the check of what was written says how many records are not read.
                continue;
            }
        }
        return rows;
    }
}
