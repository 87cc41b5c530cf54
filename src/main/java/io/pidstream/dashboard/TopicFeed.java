package io.pidstream.dashboard;

import io.pidstream.avro.Alert;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.format.UndecodableException;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.ConsumerLoop;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.LabelReader;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.ValueCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the committed records of the output topics, and the labels, into a store until it is
 * stopped. A broker that goes away and comes back is waited for; the store says so meanwhile.
 *
 * <p>Labels wait until the predictions that were there before have been read, as a label needs its
 * prediction.
 */
final class TopicFeed extends ConsumerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final KafkaSettings settings;
    private final OutputStore store;
    private final LookBack lookBack;
    private final Clock clock;
    private final Topics topics;
    private final ValueCodec<Prediction> predictions;
    private final ValueCodec<Explanation> explanations;
    private final ValueCodec<Alert> alerts;
    private final ValueCodec<ModelVersion> versions;
    private final LabelReader labels;

    private Consumer<byte[], byte[]> consumer;
    private Map<TopicPartition, Long> ends = Map.of();
    private boolean loaded;
    private long checkedAt;

    TopicFeed(
            KafkaSettings settings,
            LabelReader labels,
            OutputStore store,
            LookBack lookBack,
            Clock clock) {
        this.settings = settings;
        this.store = store;
        this.lookBack = lookBack;
        this.clock = clock;
        this.topics = new Topics(settings.prefix());
        this.predictions = ValueCodec.of(Prediction.class, settings, topics.predictions());
        this.explanations = ValueCodec.of(Explanation.class, settings, topics.explanations());
        this.alerts = ValueCodec.of(Alert.class, settings, topics.alerts());
        this.versions = ValueCodec.of(ModelVersion.class, settings, topics.modelVersions());
        this.labels = labels;
    }

    @Override
    protected Consumer<byte[], byte[]> connect() {
        consumer = Clients.consumer(settings);
        return consumer;
    }

    @Override
    protected void failed(RuntimeException failure) {
        LOG.warn("the page reads the topics again from the start", failure);
        status(FeedStatus.State.UNREACHABLE, failure.getMessage());
    }

    @Override
    protected void read() {
        loaded = false;
        if (!find()) {
            return;
        }
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                hand(record);
            }
            store.announce();
            follow();
        }
    }

    /** Finds the partitions and their first offsets; false if they are not known yet. */
    private boolean find() {
        Map<String, List<PartitionInfo>> known;
        try {
            known = consumer.listTopics(ANSWER);
        } catch (TimeoutException e) {
            status(FeedStatus.State.UNREACHABLE, "no broker answers");
            return false;
        }
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : shown()) {
            if (!known.containsKey(topic)) {
                status(FeedStatus.State.WAITING, "there is no topic " + topic + " yet");
                return false;
            }
            known.get(topic)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        Set<String> inOrder = new HashSet<>(labels.topics());
        inOrder.addAll(List.of(topics.predictions(), topics.explanations()));
        lookBack.seek(consumer, of(inOrder));
        ends = consumer.endOffsets(partitions, ANSWER);
        consumer.pause(of(labels.topics()));
        status(FeedStatus.State.LOADING, "");
        checkedAt = System.nanoTime();
        return true;
    }

    private List<String> shown() {
        List<String> shown = new ArrayList<>(labels.topics());
        shown.addAll(
                List.of(
                        topics.predictions(),
                        topics.explanations(),
                        topics.alerts(),
                        topics.modelVersions()));
        return shown;
    }

    private Set<TopicPartition> ofPredictions() {
        return of(Set.of(topics.predictions()));
    }

    private Set<TopicPartition> of(Set<String> wanted) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (TopicPartition partition : consumer.assignment()) {
            if (wanted.contains(partition.topic())) {
                partitions.add(partition);
            }
        }
        return partitions;
    }

    /** Admits labels, and checks whether everything has been read and the broker still answers. */
    private void follow() {
        if (!loaded && isRead(ofPredictions())) {
            consumer.resume(of(labels.topics()));
            if (isRead(consumer.assignment())) {
                loaded = true;
                status(FeedStatus.State.LIVE, "");
            }
        }
        if (System.nanoTime() - checkedAt < CHECK.toNanos()) {
            return;
        }
        try {
            consumer.endOffsets(ofPredictions(), ANSWER);
            status(loaded ? FeedStatus.State.LIVE : FeedStatus.State.LOADING, "");
        } catch (RetriableException e) {
            status(FeedStatus.State.UNREACHABLE, "no broker answers");
        }
        checkedAt = System.nanoTime();
    }

    private boolean isRead(Set<TopicPartition> partitions) {
        return partitions.stream()
                .allMatch(partition -> consumer.position(partition, ANSWER) >= ends.get(partition));
    }

    private void status(FeedStatus.State state, String detail) {
        store.status(state, detail == null ? "" : detail, clock.instant());
    }

    private void hand(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        String topic = record.topic();
        try {
            if (topic.equals(topics.predictions())) {
                long now = loaded ? clock.millis() : OutputStore.NEVER;
                store.add(predictions.decode(record.value()), now);
            } else if (labels.topics().contains(topic)) {
                labels.read(record).forEach(store::add);
            } else if (topic.equals(topics.explanations())) {
                store.add(explanations.decode(record.value()));
            } else if (topic.equals(topics.alerts())) {
                store.add(alerts.decode(record.value()));
            } else {
                store.add(versions.decode(record.value()));
            }
        } catch (UndecodableException e) {
            // Labels come from outside; what is wrong with them is in the dead letters.
            LOG.debug("{} {} {}", topic, record.partition(), record.offset(), e);
        }
    }
}
