package io.pidstream.dashboard;

import io.pidstream.kafka.Clients;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * From where on topics are read: so much time before their newest record, by its event time, so
 * that a stream of the past is shown as well as one of today.
 *
 * @param time how far back; null for everything
 */
record LookBack(Duration time) {
    private static final Duration ANSWER = Clients.PATIENCE;
    private static final Duration POLL = Duration.ofMillis(250);

    /**
     * Records looked at for the newest; where all are the ends of transactions, as many times more.
     */
    private static final long LAST = 100;

    /**
     * Puts a consumer where it should begin.
     *
     * @param bounded partitions of its assignment that are read from there; the others from their
     *     beginning
     */
    void seek(Consumer<?, ?> consumer, Set<TopicPartition> bounded) {
        consumer.seekToBeginning(consumer.assignment());
        if (time == null) {
            return;
        }
        OptionalLong newest = newest(consumer, bounded);
        if (newest.isEmpty()) {
            consumer.seekToBeginning(bounded);
            return;
        }
        long earliest = Math.max(0, newest.getAsLong() - time.toMillis());
        Map<TopicPartition, Long> from = new HashMap<>();
        bounded.forEach(partition -> from.put(partition, earliest));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(from, ANSWER);
        Set<TopicPartition> old = new HashSet<>();
        for (TopicPartition partition : bounded) {
            if (found.get(partition) == null) {
                old.add(partition);
            } else {
                consumer.seek(partition, found.get(partition).offset());
            }
        }
        // Of no partition means of all of them to the consumer.
        if (!old.isEmpty()) {
            consumer.seekToEnd(old);
        }
    }

    /**
     * The largest timestamp among the last records of the partitions. They are read: what the
     * broker knows as a partition's largest timestamp may be that of a transaction's end, which is
     * of the wall clock.
     */
    private static OptionalLong newest(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ANSWER);
        Set<TopicPartition> others = new HashSet<>(consumer.assignment());
        others.removeAll(partitions);
        consumer.pause(others);
        long newest = Long.MIN_VALUE;
        Set<TopicPartition> wanted = new HashSet<>(partitions);
        for (long back = LAST; !wanted.isEmpty(); back *= LAST) {
            for (TopicPartition partition : wanted) {
                consumer.seek(
                        partition, Math.max(begins.get(partition), ends.get(partition) - back));
            }
            Set<TopicPartition> silent = new HashSet<>(wanted);
            while (wanted.stream().anyMatch(p -> consumer.position(p, ANSWER) < ends.get(p))) {
                for (ConsumerRecord<?, ?> record : consumer.poll(POLL)) {
                    newest = Math.max(newest, record.timestamp());
                    silent.remove(new TopicPartition(record.topic(), record.partition()));
                }
            }
            long reach = back;
            silent.removeIf(p -> ends.get(p) - reach <= begins.get(p));
            consumer.pause(wanted);
            consumer.resume(silent);
            wanted = silent;
        }
        consumer.resume(consumer.assignment());
        return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
    }
}
