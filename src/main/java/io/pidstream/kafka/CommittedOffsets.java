package io.pidstream.kafka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a job of a name has read before. */
public final class CommittedOffsets {
    private CommittedOffsets() {}

    /**
     * How far a topic was read.
     *
     * @param read number of offsets before the committed ones, over all partitions
     * @param written number of offsets that there are now
     */
    public record Progress(long read, long written) {
        private Progress plus(Progress other) {
            return new Progress(read + other.read, written + other.written);
        }
    }

    /**
     * The progress of a group in each topic, by name; empty if it has committed no offset at all.
     *
     * @param group consumer group
     * @param topics topics that count; offsets of others are left from another configuration
     */
    public static Map<String, Progress> of(
            KafkaSettings settings, String group, List<String> topics) throws ExecutionException {
        try (Admin admin = Clients.admin(settings)) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    new LinkedHashMap<>(
                            Clients.await(
                                    admin.listConsumerGroupOffsets(group)
                                            .partitionsToOffsetAndMetadata(),
                                    settings,
                                    group));
            committed.values().removeIf(offset -> offset == null || offset.offset() == 0);
            committed.keySet().removeIf(partition -> !topics.contains(partition.topic()));
            if (committed.isEmpty()) {
                return Map.of();
            }
            Map<String, Progress> progress = new TreeMap<>();
            new TopicEnds(admin, settings, topics)
                    .read()
                    .forEach(
                            (partition, ends) -> {
                                OffsetAndMetadata read = committed.get(partition);
                                progress.merge(
                                        partition.topic(),
                                        new Progress(
                                                read == null ? 0 : read.offset(), ends.written()),
                                        Progress::plus);
                            });
            return progress;
        }
    }
}
