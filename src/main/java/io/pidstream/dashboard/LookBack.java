package io.pidstream.dashboard;

import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * From where on topics are read: so much time before their newest record, by its event time, so
 * that a stream of the past is shown as well as one of today.
 *
 * @param time how far back; null for everything
 */
record LookBack(Duration time) {
    private static final Duration ANSWER = Clients.PATIENCE;

    /**
     * Puts a consumer where it should begin.
     *
     * @param bounded partitions of its assignment that are read from there; the others from their
     *     beginning
     */
    void seek(Consumer<?, ?> consumer, KafkaSettings settings, Set<TopicPartition> bounded) {
        consumer.seekToBeginning(consumer.assignment());
        if (time == null) {
            return;
        }
        long newest = newest(settings, bounded);
        if (newest < 0) {
            return;
        }
        Map<TopicPartition, Long> from = new HashMap<>();
        bounded.forEach(partition -> from.put(partition, Math.max(0, newest - time.toMillis())));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(from, ANSWER);
        Set<TopicPartition> old = new HashSet<>();
        for (TopicPartition partition : bounded) {
            if (found.get(partition) == null) {
                old.add(partition);
            } else {
                consumer.seek(partition, found.get(partition).offset());
            }
        }
        consumer.seekToEnd(old);
    }

    /** The largest timestamp in any of the partitions; −1 for none. */
    private static long newest(KafkaSettings settings, Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, OffsetSpec.maxTimestamp()));
        try (Admin admin = Clients.admin(settings)) {
            return admin.listOffsets(wanted).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::timestamp)
                    .max()
                    .orElse(-1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for the newest record", e);
        } catch (ExecutionException e) {
            throw new KafkaException("the newest record cannot be found", e.getCause());
        }
    }
}
