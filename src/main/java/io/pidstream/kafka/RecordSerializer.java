package io.pidstream.kafka;

import io.pidstream.commit.EventTime;
import java.io.Serializable;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Builds Kafka records: key, event time as timestamp, the record in the configured framing. */
public final class RecordSerializer<T extends SpecificRecordBase>
        implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1;

    private final String topic;
    private final ValueCodec<T> codec;
    private final Key<T> key;
    private final EventTime<T> eventTime;

    RecordSerializer(String topic, ValueCodec<T> codec, Key<T> key, EventTime<T> eventTime) {
        this.topic = topic;
        this.codec = codec;
        this.key = key;
        this.eventTime = eventTime;
    }

    /** The key of a record. */
    @FunctionalInterface
    interface Key<T> extends Serializable {
        byte[] of(T record);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T record, KafkaSinkContext context, Long time) {
        return new ProducerRecord<>(
                topic,
                null,
                timestamp(eventTime.of(record).toEpochMilli(), System.currentTimeMillis()),
                key.of(record),
                codec.encode(record));
    }

    /**
     * A broker refuses timestamps more than an hour ahead of its clock, which would fail the job.
     * So a future or missing time is replaced by the current time. The event time itself is in the
     * record.
     */
    public static long timestamp(long eventTime, long now) {
        return eventTime > 0 ? Math.min(eventTime, now) : now;
    }
}
