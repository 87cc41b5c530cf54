package io.pidstream.live;

import io.pidstream.avro.Alert;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.format.UndecodableException;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.ValueCodec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Reads committed predictions, explanations and labels from their beginning into a feed. */
public final class OutputReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topics topics;
    private final Consumer<byte[], byte[]> consumer;
    private final ValueCodec<Prediction> predictions;
    private final ValueCodec<Explanation> explanations;
    private final ValueCodec<Alert> alerts;
    private final ValueCodec<Label> labels;

    public OutputReader(KafkaSettings settings) {
        this.topics = new Topics(settings.prefix());
        this.predictions = ValueCodec.of(Prediction.class, settings, topics.predictions());
        this.explanations = ValueCodec.of(Explanation.class, settings, topics.explanations());
        this.alerts = ValueCodec.of(Alert.class, settings, topics.alerts());
        this.labels = ValueCodec.of(Label.class, settings, topics.labels());
        this.consumer = Clients.consumer(settings);
    }

    /** Reads until {@link #stop} is called. */
    public void run(LiveFeed feed) throws UndecodableException {
        List<TopicPartition> partitions =
                Stream.of(
                                topics.predictions(),
                                topics.explanations(),
                                topics.alerts(),
                                topics.labels())
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    hand(record, feed);
                }
            }
        } catch (WakeupException e) {
            // The way out that stop() takes.
            return;
        }
    }

    private void hand(ConsumerRecord<byte[], byte[]> record, LiveFeed feed)
            throws UndecodableException {
        if (record.topic().equals(topics.predictions())) {
            feed.add(predictions.decode(record.value()));
        } else if (record.topic().equals(topics.explanations())) {
            feed.add(explanations.decode(record.value()));
        } else if (record.topic().equals(topics.alerts())) {
            feed.add(alerts.decode(record.value()));
        } else {
            feed.add(labels.decode(record.value()));
        }
    }

    /** May be called from any thread. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
