package io.pidstream.registry;

import io.pidstream.format.UndecodableException;
import io.pidstream.kafka.InboundDeserializer;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.RecordSerializer;
import io.pidstream.kafka.TopicReader;
import io.pidstream.kafka.ValueCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A topic of records of one type, read as a whole and written outside a job. */
final class RecordTopic<T extends SpecificRecordBase> {
    static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSettings settings;
    private final String name;
    private final ValueCodec<T> codec;

    RecordTopic(Class<T> type, KafkaSettings settings, String name) {
        this.settings = settings;
        this.name = name;
        this.codec = ValueCodec.of(type, settings, name);
    }

    /**
     * Reads the topic up to its current end; records without a value are ignored.
     *
     * @param to receives the records that can be decoded
     * @param problems receives sentences about the others
     */
    void read(BiConsumer<T, ConsumerRecord<byte[], byte[]>> to, List<String> problems)
            throws ExecutionException {
        try (TopicReader reader = TopicReader.open(settings, name)) {
            reader.toBeginning();
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    if (record.value() == null) {
                        continue;
                    }
                    try {
                        to.accept(codec.decode(record.value()), record);
                    } catch (UndecodableException e) {
                        problems.add(skipped(record, e.getMessage()));
                    }
                }
            }
        }
    }

    static String skipped(ConsumerRecord<byte[], byte[]> record, String why) {
        return "%s: skipped: %s".formatted(InboundDeserializer.origin(record).describe(), why);
    }

    /** Sends a record; within a transaction. */
    void send(Producer<byte[], byte[]> producer, Instant time, byte[] key, T value) {
        var unused =
                producer.send(
                        new ProducerRecord<>(
                                name,
                                null,
                                RecordSerializer.timestamp(
                                        time.toEpochMilli(), System.currentTimeMillis()),
                                key,
                                codec.encode(value)));
    }
}
