package io.pidstream.example;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes readings and labels, in Avro or in JSON. */
public final class WriteReadings implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BinaryMessageEncoder<Reading> readings =
            new BinaryMessageEncoder<>(
                    SpecificData.getForClass(Reading.class), Reading.getClassSchema());
    private final BinaryMessageEncoder<Label> labels =
            new BinaryMessageEncoder<>(
                    SpecificData.getForClass(Label.class), Label.getClassSchema());
    private final String prefix;
    private final Producer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    /**
     * @param prefix what the topics' names begin with
     */
    public WriteReadings(String bootstrapServers, String prefix) {
        this.prefix = prefix;
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        // A retry neither repeats nor reorders records.
                        "enable.idempotence",
                        true,
                        "compression.type",
                        "zstd");
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * @param values in the order of the modality's channels; null for a missing one
     */
    public void reading(String asset, String modality, Instant time, List<Double> values)
            throws IOException {
        ByteBuffer bytes = readings.encode(new Reading(asset, modality, time, values));
        send("readings." + modality, asset, bytes.array());
    }

    /**
     * @param recordedAt when the value became known
     */
    public void label(String asset, Instant time, Instant recordedAt, double value)
            throws IOException {
        ByteBuffer bytes = labels.encode(new Label(asset, time, recordedAt, value, List.of()));
        send("labels", asset, bytes.array());
    }

    /** The same in JSON, values by channel; a channel that is left out is a missing value. */
    public void readingInJson(
            String asset, String modality, Instant time, Map<String, Double> values)
            throws IOException {
        Map<String, Object> fields =
                Map.of("asset", asset, "time", time.toString(), "values", values);
        send("readings." + modality, asset, JSON.writeValueAsBytes(fields));
    }

    /** The same in JSON. */
    public void labelInJson(String asset, Instant time, Instant recordedAt, double value)
            throws IOException {
        Map<String, Object> fields =
                Map.of(
                        "asset",
                        asset,
                        "time",
                        time.toString(),
                        "recordedAt",
                        recordedAt.toString(),
                        "value",
                        value);
        send("labels", asset, JSON.writeValueAsBytes(fields));
    }

    private void send(String topic, String asset, byte[] value) {
        // One asset, one partition: its readings stay in order.
        sent.add(producer.send(new ProducerRecord<>(prefix + topic, asset, value)));
    }

    /** Waits until the broker has everything; fails if it refused a record. */
    public void flush() throws InterruptedException, ExecutionException {
        producer.flush();
        for (Future<RecordMetadata> record : sent) {
            record.get();
        }
        sent.clear();
    }

    @Override
    public void close() {
        producer.close();
    }
}
