package io.pidstream.kafka;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;

/** What a checkpoint says of the topics that its job reads. */
public final class SourceState {
    private SourceState() {}

    /**
     * The topics of a source.
     *
     * @param coordinator state of its coordinator, as Flink frames it: its own version, the version
     *     of the source's serializer, the length of the source's state, and that state
     * @throws IOException if it is not the state of a Kafka source
     */
    public static Set<String> topics(byte[] coordinator) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(coordinator))) {
            in.readInt();
            int version = in.readInt();
            int length = in.readInt();
            if (length < 0 || length > coordinator.length) {
                throw new IOException("a source's state of %d bytes".formatted(length));
            }
            byte[] state = in.readNBytes(length);
            KafkaSourceEnumState read =
                    new KafkaSourceEnumStateSerializer().deserialize(version, state);
            return read.splits().stream()
                    .map(split -> split.split().getTopic())
                    .collect(Collectors.toSet());
        }
    }
}
