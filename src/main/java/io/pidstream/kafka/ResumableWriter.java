package io.pidstream.kafka;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;

/**
 * Sends a sequence of records to the input topics, resumably: over repeated runs every record is
 * sent once.
 *
 * <p>It keeps no state; what has been sent is read from the topics. Every record carries the name
 * of its file and its sequence number within its topic. An idempotent producer keeps the order
 * within a partition, so however sending ended, a partition has all of its records up to its last
 * number and none after it; these are skipped. This requires that the number of partitions and the
 * earlier rows of the file do not change; rows may be appended. The last number is searched in a
 * partition's last {@value #LOOK_BACK} records.
 */
public final class ResumableWriter implements AutoCloseable {
    static final String FILE_HEADER = "replay-file";
    static final String NUMBER_HEADER = "replay-number";
    private static final int LOOK_BACK = 1000;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topics topics;
    private final byte[] file;
    private final LongConsumer beforeSending;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, ValueCodec<Reading>> readings = new HashMap<>();
    private final ValueCodec<Label> labels;
    private final ValueCodec<DeadLetter> deadLetters;
    private final KafkaSettings settings;
    private final Map<String, Destination> destinations = new HashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long sent;
    private long skipped;

    /** State of a topic: the last number in each partition, and the last assigned number. */
    private static final class Destination {
        private final long[] last;
        private long number;

        Destination(int partitions) {
            last = new long[partitions];
        }
    }

    /**
     * @param file name of the file of the records
     * @param names the topics
     * @param restart whether to send everything again
     * @param beforeSending called with the event time, milliseconds since 1970, before every record
     *     is sent; may block
     * @throws KafkaUnavailableException if no broker answers, or it has no such topic
     */
    public ResumableWriter(
            KafkaSettings settings,
            String file,
            List<String> names,
            boolean restart,
            LongConsumer beforeSending)
            throws ExecutionException {
        this.settings = settings;
        this.topics = new Topics(settings.prefix());
        this.labels = ValueCodec.of(Label.class, settings, topics.labels());
        this.deadLetters = ValueCodec.of(DeadLetter.class, settings, topics.deadLetters());
        this.file = file.getBytes(StandardCharsets.UTF_8);
        this.beforeSending = beforeSending;
        for (String name : names) {
            try (TopicReader reader = TopicReader.open(settings, name)) {
                Destination destination = new Destination(reader.partitionCount());
                if (!restart) {
                    findLast(reader, destination);
                }
                destinations.put(name, destination);
            }
        }
        this.producer = Clients.producer(settings);
    }

    private void findLast(TopicReader reader, Destination destination) {
        reader.back(LOOK_BACK);
        while (!reader.isAtEnd()) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                Header from = record.headers().lastHeader(FILE_HEADER);
                Header number = record.headers().lastHeader(NUMBER_HEADER);
                if (from != null && number != null && Arrays.equals(from.value(), file)) {
                    destination.last[record.partition()] =
                            Math.max(
                                    destination.last[record.partition()],
                                    ByteBuffer.wrap(number.value()).getLong());
                }
            }
        }
    }

    public void send(Reading reading) {
        send(
                topics.readings(reading.getModality()),
                reading.getAsset().getBytes(StandardCharsets.UTF_8),
                reading.getTime().toEpochMilli(),
                readings.computeIfAbsent(
                                topics.readings(reading.getModality()),
                                topic -> ValueCodec.of(Reading.class, settings, topic))
                        .encode(reading));
    }

    public void send(Label label) {
        send(
                topics.labels(),
                label.getAsset().getBytes(StandardCharsets.UTF_8),
                label.getRecordedAt().toEpochMilli(),
                labels.encode(label));
    }

    /** Sends a dead letter. */
    public void send(DeadLetter letter) {
        send(
                topics.deadLetters(),
                DeadLetters.key(letter),
                letter.getTimestamp().toEpochMilli(),
                deadLetters.encode(DeadLetters.fit(letter)));
    }

    private void send(String topic, byte[] key, long time, byte[] value) {
        Destination destination = destinations.get(topic);
        int partition =
                key == null ? 0 : Utils.toPositive(Utils.murmur2(key)) % destination.last.length;
        destination.number++;
        if (destination.number <= destination.last[partition]) {
            skipped++;
            return;
        }
        if (time > 0) {
            beforeSending.accept(time);
        }
        checkFailure();
        long timestamp = RecordSerializer.timestamp(time, System.currentTimeMillis());
        var record = new ProducerRecord<>(topic, partition, timestamp, key, value);
        Headers headers = record.headers().add(FILE_HEADER, file);
        headers.add(
                NUMBER_HEADER, ByteBuffer.allocate(Long.BYTES).putLong(destination.number).array());
        var unused =
                producer.send(
                        record,
                        (metadata, e) -> {
                            if (e != null) {
                                failure.compareAndSet(null, e);
                            }
                        });
        sent++;
    }

    private void checkFailure() {
        Exception e = failure.get();
        if (e != null) {
            throw new KafkaUnavailableException(
                    "sending failed after %d records: %s".formatted(sent, e.getMessage()), e);
        }
    }

    /** Waits until all records are acknowledged. */
    public void flush() {
        producer.flush();
        checkFailure();
    }

    /** Number of records sent by this writer. */
    public long sent() {
        return sent;
    }

    /** Number of records skipped because they were sent before. */
    public long skipped() {
        return skipped;
    }

    @Override
    public void close() {
        producer.close();
    }
}
