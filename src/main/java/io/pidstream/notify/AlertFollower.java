package io.pidstream.notify;

import io.pidstream.avro.Alert;
import io.pidstream.format.UndecodableException;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.ConsumerLoop;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.ValueCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of alerts for one receiver, as a member of a consumer group. An offset is
 * committed after the receiver has taken the record, so after a crash a record may be told twice,
 * and none is left out. Several processes share the partitions.
 */
final class AlertFollower extends ConsumerLoop {
    private static final Logger LOG = LoggerFactory.getLogger("notify");
    private static final Duration POLL = Duration.ofMillis(200);

    /** A member that dies without saying goodbye is missed after this long. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    /** Longest time without a poll, apart from the request that is under way. */
    private static final long MOST_AT_ONCE = TimeUnit.SECONDS.toNanos(5);

    private final KafkaSettings kafka;
    private final String topic;
    private final String group;
    private final Receiver receiver;
    private final long resendNanos;
    private final Consumer<String> told;
    private final ValueCodec<Alert> codec;

    private org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;

    private final Map<TopicPartition, AlertPartition> partitions = new HashMap<>();
    private final Deque<AlertPartition.Task> tasks = new ArrayDeque<>();
    private final Outage outage = new Outage(System::nanoTime);
    private boolean repeatNow;
    private long repeatedAt;

    /**
     * @param group the consumer group
     * @param resendEvery open alerts are repeated after this long
     * @param told takes a line for every alert that was delivered
     */
    AlertFollower(
            KafkaSettings kafka,
            String group,
            Receiver receiver,
            Duration resendEvery,
            Consumer<String> told) {
        this.kafka = kafka;
        this.topic = new Topics(kafka.prefix()).alerts();
        this.group = group;
        this.receiver = receiver;
        this.resendNanos = resendEvery.toNanos();
        this.told = told;
        this.codec = ValueCodec.of(Alert.class, kafka, topic);
    }

    @Override
    protected org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> connect() {
        partitions.clear();
        tasks.clear();
        consumer = Clients.follower(kafka, group, group, SESSION);
        return consumer;
    }

    @Override
    protected void failed(RuntimeException failure) {
        LOG.warn("{} joins its group again: {}", group, failure.getMessage());
    }

    /** Polls even while nothing can be delivered, as the group misses a member that does not. */
    @Override
    protected void read() throws InterruptedException {
        consumer.subscribe(List.of(topic), new Assignment());
        while (true) {
            if (tasks.isEmpty()) {
                consumer.resume(consumer.assignment());
            } else {
                consumer.pause(consumer.assignment());
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(record);
            }
            for (AlertPartition partition : partitions.values()) {
                tasks.addAll(partition.reached(consumer.position(partition.partition())));
            }
            deliver();
            repeat();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        AlertPartition partition =
                partitions.get(new TopicPartition(record.topic(), record.partition()));
        if (record.value() == null || partition == null) {
            return;
        }
        try {
            tasks.addAll(partition.take(record.offset(), codec.decode(record.value())));
        } catch (UndecodableException e) {
            LOG.warn(
                    "{}, partition {}, offset {} is left out: {}",
                    topic,
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void deliver() throws InterruptedException {
        long began = System.nanoTime();
        while (!tasks.isEmpty() && outage.isDue() && System.nanoTime() - began < MOST_AT_ONCE) {
            AlertPartition.Task task = tasks.peek();
            if (task.alert() != null && !tell(task.alert())) {
                return;
            }
            tasks.remove();
            if (task.alert() != null) {
                task.of().note(task.alert());
            }
            if (task.next() >= 0) {
                consumer.commitSync(
                        Map.of(task.of().partition(), new OffsetAndMetadata(task.next())));
            }
        }
    }

    /** Whether the alert need not be sent again. */
    private boolean tell(Alert alert) throws InterruptedException {
        try {
            receiver.tell(alert);
            outage.succeeded(receiver.address());
            told.accept("%s %s: %s".formatted(receiver.name(), state(alert), alert.getId()));
            return true;
        } catch (UndeliveredException e) {
            if (e.refused()) {
                LOG.error("{} is left out, as it was refused: {}", alert.getId(), e.getMessage());
                return true;
            }
            outage.failed(e.getMessage());
            return false;
        }
    }

    private static String state(Alert alert) {
        return alert.getHandling() == null ? alert.getState().name() : alert.getHandling();
    }

    private void repeat() throws InterruptedException {
        boolean due = repeatNow || System.nanoTime() - repeatedAt >= resendNanos;
        if (!due
                || !outage.isDue()
                || !partitions.values().stream().allMatch(AlertPartition::isCaughtUp)) {
            return;
        }
        List<Alert> open = new ArrayList<>();
        partitions.values().forEach(partition -> open.addAll(partition.open()));
        try {
            if (!open.isEmpty()) {
                receiver.repeat(open);
                outage.succeeded(receiver.address());
            }
            repeatNow = false;
            repeatedAt = System.nanoTime();
        } catch (UndeliveredException e) {
            outage.failed(e.getMessage());
        }
    }

    /** Starts with what was committed, and at the end where nothing was, or the topic is new. */
    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    consumer.committed(new HashSet<>(assigned));
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            for (TopicPartition partition : assigned) {
                OffsetAndMetadata known = committed.get(partition);
                long end = ends.get(partition);
                boolean first = known == null || known.offset() > end;
                long start = first ? end : known.offset();
                partitions.put(partition, new AlertPartition(partition, start, first));
            }
            consumer.seekToBeginning(assigned);
            repeatNow = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            partitions.keySet().removeAll(revoked);
            tasks.removeIf(task -> revoked.contains(task.of().partition()));
        }
    }
}
