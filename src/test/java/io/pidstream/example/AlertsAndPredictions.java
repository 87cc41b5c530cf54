package io.pidstream.example;

import io.pidstream.avro.Alert;
import io.pidstream.avro.Prediction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints predictions and alerts: Kafka's client and Avro, and the classes made from the schemas.
 */
public final class AlertsAndPredictions {
    private static final Duration POLL = Duration.ofMillis(500);

    // Records written with another schema: decoder.addSchema(...) makes it known.
    private final BinaryMessageDecoder<Prediction> predictions =
            new BinaryMessageDecoder<>(
                    SpecificData.getForClass(Prediction.class), Prediction.getClassSchema());
    private final BinaryMessageDecoder<Alert> alerts =
            new BinaryMessageDecoder<>(
                    SpecificData.getForClass(Alert.class), Alert.getClassSchema());
    private final String prefix;
    private final Consumer<String> print;
    private volatile boolean stopped;

    /**
     * @param prefix what the topics' names begin with
     * @param print gets every line
     */
    public AlertsAndPredictions(String prefix, Consumer<String> print) {
        this.prefix = prefix;
        this.print = print;
    }

    /** {@code localhost:9092 air-quality.} */
    public static void main(String[] args) throws IOException {
        new AlertsAndPredictions(args[1], System.out::println).run(args[0]);
    }

    /** Reads until {@link #stop}. */
    public void run(String bootstrapServers) throws IOException {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "group.id", "alerts-and-predictions",
                        "auto.offset.reset", "earliest",
                        // Without it, records of transactions that are aborted would be seen.
                        "isolation.level", "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        config, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(prefix + "predictions", prefix + "alerts"));
            while (!stopped) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    print.accept(line(record));
                }
            }
        }
    }

    public void stop() {
        stopped = true;
    }

    private String line(ConsumerRecord<String, byte[]> record) throws IOException {
        if (record.topic().endsWith("alerts")) {
            Alert alert = alerts.decode(record.value());
            return "%s %s: %s".formatted(alert.getState(), alert.getKind(), alert.getMessage());
        }
        Prediction p = predictions.decode(record.value());
        String most =
                p.getContributions().entrySet().stream()
                        .max(
                                Map.Entry.comparingByValue(
                                        (a, b) -> Double.compare(Math.abs(a), Math.abs(b))))
                        .map(Map.Entry::getKey)
                        .orElse("nothing");
        return "%s at %s: %.3f in [%.3f, %.3f], moved most by %s"
                .formatted(
                        record.key(),
                        p.getTime(),
                        p.getPrediction(),
                        p.getLower(),
                        p.getUpper(),
                        most);
    }
}
