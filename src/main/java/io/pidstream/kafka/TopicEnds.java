package io.pidstream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** How far the partitions of topics are written, and how far they can be read. */
final class TopicEnds {
    private static final Duration PARTITIONS_ARE_KNOWN_FOR = Duration.ofMinutes(1);

    private final Admin admin;
    private final KafkaSettings settings;
    private final List<String> topics;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private long described;

    /**
     * Ends of a partition.
     *
     * @param committed offset before which every transaction has ended: readers of committed
     *     records get no further
     * @param written offset of the next record
     */
    record Ends(long committed, long written) {
        boolean isHeld() {
            return committed < written;
        }
    }

    TopicEnds(Admin admin, KafkaSettings settings, List<String> topics) {
        this.admin = admin;
        this.settings = settings;
        this.topics = List.copyOf(topics);
    }

    /** The ends now. */
    Map<TopicPartition, Ends> read() throws ExecutionException {
        describe();
        // In this order: what is written after the first answer is not taken for open.
        Map<TopicPartition, Long> written = offsets(IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> committed = offsets(IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Ends> ends = new LinkedHashMap<>();
        written.forEach((partition, end) -> ends.put(partition, ends(committed, partition, end)));
        return ends;
    }

    /** Records written to each topic so far. */
    static Map<String, Long> perTopic(Map<TopicPartition, Ends> ends) {
        Map<String, Long> written = new TreeMap<>();
        ends.forEach(
                (partition, end) -> written.merge(partition.topic(), end.written(), Long::sum));
        return written;
    }

    private static Ends ends(
            Map<TopicPartition, Long> committed, TopicPartition partition, long written) {
        long stable = committed.get(partition);
        return new Ends(stable, Math.max(stable, written));
    }

    private void describe() throws ExecutionException {
        long now = System.nanoTime();
        if (!partitions.isEmpty() && now - described < PARTITIONS_ARE_KNOWN_FOR.toNanos()) {
            return;
        }
        Map<String, TopicDescription> found =
                new TreeMap<>(
                        Clients.await(admin.describeTopics(topics).allTopicNames(), settings));
        partitions.clear();
        found.forEach(
                (topic, description) ->
                        description
                                .partitions()
                                .forEach(
                                        p ->
                                                partitions.add(
                                                        new TopicPartition(topic, p.partition()))));
        described = now;
    }

    private Map<TopicPartition, Long> offsets(IsolationLevel isolation) throws ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new LinkedHashMap<>();
        partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> answer =
                Clients.await(
                        admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all(),
                        settings);
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        partitions.forEach(p -> offsets.put(p, answer.get(p).offset()));
        return offsets;
    }
}
