package io.pidstream.kafka;

import io.pidstream.avro.Alert;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.commit.CommittedSink;
import io.pidstream.commit.EventTime;
import io.pidstream.commit.OutputTopic;
import io.pidstream.event.Modality;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Flink sinks for the topics: key = asset, timestamp = event time (never ahead of the wall clock),
 * value in the configured framing.
 *
 * <p>With exactly-once delivery a record becomes visible at the next checkpoint. Transactional ids
 * begin with the name of the configuration and the topic, so two pipelines on the same Kafka
 * cluster must have different names.
 */
public final class Sinks {
    /**
     * The maximum that a broker allows by default; a job that is down for longer loses its open
     * transactions.
     */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private final KafkaSettings settings;
    private final Topics topics;
    private final String name;
    private final List<Modality> modalities;

    /**
     * @param settings connection and delivery guarantee
     * @param name name of the configuration
     */
    public Sinks(KafkaSettings settings, String name) {
        this(settings, name, List.of());
    }

    /**
     * @param settings connection and delivery guarantee
     * @param name name of the configuration
     * @param modalities what predictions are made from, in the order of the configuration
     */
    public Sinks(KafkaSettings settings, String name, List<Modality> modalities) {
        this.settings = settings;
        this.topics = new Topics(settings.prefix());
        this.name = name;
        this.modalities = List.copyOf(modalities);
    }

    public Sink<Prediction> predictions() {
        return sink(
                topics.predictions(),
                Prediction.class,
                record -> utf8(record.getAsset()),
                Prediction::getTime);
    }

    public Sink<Explanation> explanations() {
        return sink(
                topics.explanations(),
                Explanation.class,
                record -> utf8(record.getAsset()),
                Explanation::getTime);
    }

    public Sink<Alert> alerts() {
        return sink(
                topics.alerts(),
                Alert.class,
                record -> utf8(record.getAsset()),
                record ->
                        record.getResolvedAt() == null
                                ? record.getOpenedAt()
                                : record.getResolvedAt());
    }

    public Sink<TrainingSample> trainingSamples() {
        return sink(
                topics.trainingSamples(),
                TrainingSample.class,
                record -> utf8(record.getAsset()),
                TrainingSample::getTime);
    }

    /** Keyed by the version number in decimal. */
    public Sink<ModelVersion> modelVersions() {
        return sink(
                topics.modelVersions(),
                ModelVersion.class,
                record -> utf8(Long.toString(record.getVersion())),
                ModelVersion::getEffectiveFrom);
    }

    public Sink<Reading> lateReadings() {
        return sink(
                topics.lateReadings(),
                Reading.class,
                record -> utf8(record.getAsset()),
                Reading::getTime);
    }

    /** Keyed by the original key. */
    public Sink<DeadLetter> deadLetters() {
        return sink(
                topics.deadLetters(),
                DeadLetter::getTimestamp,
                new FittingSerializer(
                        new RecordSerializer<>(
                                topics.deadLetters(),
                                codec(DeadLetter.class, topics.deadLetters()),
                                DeadLetters::key,
                                DeadLetter::getTimestamp)));
    }

    /**
     * Not a lambda: the job jar renames the connector's packages, but not in the parameter types of
     * a serialized lambda.
     */
    private record FittingSerializer(RecordSerializer<DeadLetter> serializer)
            implements KafkaRecordSerializationSchema<DeadLetter> {
        private static final long serialVersionUID = 1;

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                DeadLetter letter, KafkaSinkContext context, Long time) {
            return serializer.serialize(DeadLetters.fit(letter), context, time);
        }
    }

    private <T extends SpecificRecordBase> Sink<T> sink(
            String topic, Class<T> type, RecordSerializer.Key<T> key, EventTime<T> eventTime) {
        return sink(
                topic,
                eventTime,
                new RecordSerializer<>(topic, codec(type, topic), key, eventTime));
    }

    private <T extends SpecificRecordBase> ValueCodec<T> codec(Class<T> type, String topic) {
        return ValueCodec.of(type, settings, topic, modalities);
    }

    private <T> Sink<T> sink(
            String topic, EventTime<T> eventTime, KafkaRecordSerializationSchema<T> serializer) {
        Properties properties = Clients.properties(settings);
        properties.putIfAbsent(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(TRANSACTION_TIMEOUT.toMillis()));
        properties.putIfAbsent(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Integer.toString(TopicAdmin.LARGE_MESSAGE_BYTES));
        OutputTopic output = new OutputTopic(name, topic, properties, settings.abortedOutput());
        KafkaSink<T> sink =
                KafkaSink.<T>builder()
                        .setKafkaProducerConfig(properties)
                        .setBootstrapServers(settings.bootstrapServers())
                        .setRecordSerializer(serializer)
                        .setDeliveryGuarantee(guarantee())
                        .setTransactionalIdPrefix(output.transactionalIdPrefix())
                        .build();
        return settings.delivery() == KafkaSettings.Delivery.EXACTLY_ONCE
                ? new CommittedSink<>(sink, eventTime, output)
                : sink;
    }

    private DeliveryGuarantee guarantee() {
        return switch (settings.delivery()) {
            case EXACTLY_ONCE -> DeliveryGuarantee.EXACTLY_ONCE;
            case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
