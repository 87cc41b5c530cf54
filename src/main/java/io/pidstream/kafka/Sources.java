package io.pidstream.kafka;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Modality;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Flink sources of the topics.
 *
 * <p>All read committed records only. Restored from a checkpoint or savepoint, a source continues
 * from there. Started without one, it continues from the group's committed offsets, which Flink
 * commits at every checkpoint, or else from the earliest record, unless {@link Start} says
 * otherwise. The model versions and the actions on alerts are always read from the beginning,
 * because they are state rather than events.
 */
public final class Sources {
    private static final String DISCOVERY_MILLIS = "60000";

    private final KafkaSettings settings;
    private final Topics topics;
    private final String group;
    private final boolean bounded;
    private final Start start;

    /** Where a source without state starts. */
    public enum Start {
        /** At the group's committed offsets, or else at the earliest record. */
        COMMITTED(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)),
        /** At the earliest record. */
        EARLIEST(OffsetsInitializer.earliest());

        private final OffsetsInitializer offsets;

        Start(OffsetsInitializer offsets) {
            this.offsets = offsets;
        }
    }

    /** Starts at the committed offsets. */
    public Sources(KafkaSettings settings, String group, boolean bounded) {
        this(settings, group, bounded, Start.COMMITTED);
    }

    /**
     * @param settings connection to Kafka
     * @param group consumer group: the name of the configuration
     * @param bounded whether a source ends at the offsets that are the latest at its start, for a
     *     backlog; otherwise it never ends, and discovers new partitions within a minute
     * @param start where a source starts that is not restored
     */
    public Sources(KafkaSettings settings, String group, boolean bounded, Start start) {
        this.settings = settings;
        this.topics = new Topics(settings.prefix());
        this.group = group;
        this.bounded = bounded;
        this.start = start;
    }

    /** Readings of one modality, validated; invalid ones become dead letters. */
    public Source<Inbound, ?, ?> readings(Modality modality, Admission admission) {
        String topic = topics.readings(modality.name());
        return committed(
                topic,
                new InboundDeserializer<>(
                        ValueCodec.of(Reading.class, settings, topic, List.of(modality)),
                        (reading, origin) -> admission.admit(reading, modality.name(), origin)));
    }

    /** Labels, validated; invalid ones become dead letters. */
    public Source<Inbound, ?, ?> labels(Admission admission) {
        return committed(
                topics.labels(),
                new InboundDeserializer<>(
                        ValueCodec.of(Label.class, settings, topics.labels()), admission::admit));
    }

    /** Readings and labels of a topic of others; what does not fit becomes dead letters. */
    public Source<Inbound, ?, ?> mapped(MappedTopic topic, Admission admission) {
        return committed(topic.name(), new MappedDeserializer(topic, admission));
    }

    /** All records of the model versions, from the beginning. */
    public Source<ModelVersion, ?, ?> modelVersions() {
        return source(
                topics.modelVersions(),
                new RecordDeserializer<>(
                        ValueCodec.of(ModelVersion.class, settings, topics.modelVersions()),
                        EventFormats.MODEL_VERSION),
                OffsetsInitializer.earliest());
    }

    /** The records of the model versions that exist at the start; always bounded. */
    public Source<ModelVersion, ?, ?> pastModelVersions() {
        return new Sources(settings, group, true).modelVersions();
    }

    /** Alerts. */
    public Source<Alert, ?, ?> alerts() {
        return committed(
                topics.alerts(),
                new RecordDeserializer<>(
                        ValueCodec.of(Alert.class, settings, topics.alerts()), EventFormats.ALERT));
    }

    /** Everything done about alerts, from the beginning. */
    public Source<AlertAction, ?, ?> alertActions() {
        return source(
                topics.alertActions(),
                new RecordDeserializer<>(
                        ValueCodec.of(AlertAction.class, settings, topics.alertActions()),
                        EventFormats.ALERT_ACTION),
                OffsetsInitializer.earliest());
    }

    /** Labelled frames, for fine-tuning. */
    public Source<TrainingSample, ?, ?> trainingSamples() {
        return committed(
                topics.trainingSamples(),
                new RecordDeserializer<>(
                        ValueCodec.of(TrainingSample.class, settings, topics.trainingSamples()),
                        EventFormats.TRAINING_SAMPLE));
    }

    private <T> Source<T, ?, ?> committed(
            String topic, KafkaRecordDeserializationSchema<T> deserializer) {
        return source(topic, deserializer, start.offsets);
    }

    private <T> Source<T, ?, ?> source(
            String topic,
            KafkaRecordDeserializationSchema<T> deserializer,
            OffsetsInitializer start) {
        Properties properties = Clients.properties(settings);
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        if (!bounded) {
            properties.putIfAbsent(
                    KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_MILLIS);
        }
        KafkaSourceBuilder<T> builder =
                KafkaSource.<T>builder()
                        .setBootstrapServers(settings.bootstrapServers())
                        .setTopics(topic)
                        .setGroupId(group)
                        .setClientIdPrefix(group + "-" + topic)
                        .setDeserializer(deserializer)
                        .setStartingOffsets(start)
                        .setProperties(properties);
        return bounded
                ? new EndingSource<>(builder.setBounded(OffsetsInitializer.latest()).build())
                : builder.build();
    }
}
