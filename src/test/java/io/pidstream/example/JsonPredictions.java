package io.pidstream.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads predictions in JSON: Kafka's client and any library for JSON. */
public final class JsonPredictions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(500);

    private JsonPredictions() {}

    /**
     * @param goOn gets each prediction; false ends the reading
     */
    public static void read(String bootstrapServers, String topic, Predicate<JsonNode> goOn)
            throws IOException {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "group.id", "json-predictions",
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            boolean wanted = true;
            while (wanted) {
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    wanted = wanted && goOn.test(JSON.readTree(record.value()));
                }
            }
        }
    }
}
