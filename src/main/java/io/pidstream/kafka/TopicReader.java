package io.pidstream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads one topic outside a job: all partitions, no group. */
public final class TopicReader implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> ends;
    private final Duration patience;

    private TopicReader(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Duration patience) {
        this.consumer = consumer;
        this.patience = patience;
        this.partitions = partitions;
        consumer.assign(partitions);
        this.ends = consumer.endOffsets(partitions, patience);
    }

    /**
     * Opens a topic at its end, for committed records.
     *
     * @throws KafkaUnavailableException if no broker answers, or it has no such topic
     */
    public static TopicReader open(KafkaSettings settings, String topic) throws ExecutionException {
        return open(settings, topic, IsolationLevel.READ_COMMITTED);
    }

    /** Like {@link #open}, including records of open and aborted transactions. */
    public static TopicReader openUncommitted(KafkaSettings settings, String topic)
            throws ExecutionException {
        return open(settings, topic, IsolationLevel.READ_UNCOMMITTED);
    }

    private static TopicReader open(KafkaSettings settings, String topic, IsolationLevel isolation)
            throws ExecutionException {
        List<TopicPartition> partitions = partitions(settings, topic);
        TopicReader reader =
                new TopicReader(
                        Clients.consumer(settings, isolation),
                        partitions,
                        Clients.patience(settings));
        reader.ends.forEach(reader.consumer::seek);
        return reader;
    }

    private static List<TopicPartition> partitions(KafkaSettings settings, String topic)
            throws ExecutionException {
        try (Admin admin = Clients.admin(settings)) {
            TopicDescription description =
                    Clients.await(
                            admin.describeTopics(List.of(topic)).topicNameValues().get(topic),
                            settings,
                            topic);
            return description.partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new KafkaUnavailableException(
                        "%s: there is no such topic at %s"
                                .formatted(topic, settings.bootstrapServers()),
                        e);
            }
            throw e;
        }
    }

    /** Number of partitions. */
    public int partitionCount() {
        return partitions.size();
    }

    /** Seeks to the first record of every partition. */
    public void toBeginning() {
        consumer.seekToBeginning(partitions);
    }

    /** Seeks back by {@code records} offsets in every partition, at most to its first record. */
    public void back(long records) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, patience);
        for (TopicPartition partition : partitions) {
            consumer.seek(
                    partition, Math.max(beginnings.get(partition), ends.get(partition) - records));
        }
    }

    /** Whether the next record of every partition is its first. */
    boolean isFromBeginning() {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, patience);
        return partitions.stream()
                .allMatch(partition -> consumer.position(partition) <= beginnings.get(partition));
    }

    /** The next records; empty if none arrived within {@code patience}. */
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration patience) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(patience).forEach(records::add);
        return records;
    }

    /** Whether everything that existed when the topic was opened has been read. */
    public boolean isAtEnd() {
        return partitions.stream()
                .allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
