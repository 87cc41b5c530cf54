package io.pidstream.kafka;

import io.pidstream.avro.ModelVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest record of every model version, as the topic has them now. */
public final class VersionTopic {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private VersionTopic() {}

    /**
     * Reads the topic to its end.
     *
     * @return by version number
     * @throws KafkaUnavailableException if no broker answers, or it has no such topic
     * @throws UndecodableException if a record is no model version
     */
    public static List<ModelVersion> newest(KafkaSettings settings)
            throws ExecutionException, UndecodableException {
        AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
        TreeMap<Long, ModelVersion> newest = new TreeMap<>();
        try (TopicReader reader =
                TopicReader.open(settings, new Topics(settings.prefix()).modelVersions())) {
            reader.toBeginning();
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(PATIENCE)) {
                    if (record.value() != null) {
                        ModelVersion version = codec.decode(record.value());
                        newest.put(version.getVersion(), version);
                    }
                }
            }
        }
        return new ArrayList<>(newest.values());
    }
}
