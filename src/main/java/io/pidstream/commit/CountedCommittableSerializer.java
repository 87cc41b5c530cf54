package io.pidstream.commit;

import io.pidstream.commit.CountedCommittable.Written;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Format of transactions that wait for their commit: what the connector writes (its version 1),
 * then the number of records and their first and last event times [ms]. The connector, which
 * ignores what follows its own, can still read it.
 */
final class CountedCommittableSerializer implements SimpleVersionedSerializer<KafkaCommittable> {
    /** The connector's own format, which former programs wrote. */
    private static final int CONNECTORS = 1;

    /** Far from the connector's numbers, which may go on from 1. */
    private static final int COUNTED = 1001;

    private static final int ADDED_BYTES = 3 * Long.BYTES;

    private final SimpleVersionedSerializer<KafkaCommittable> connectors;

    CountedCommittableSerializer(SimpleVersionedSerializer<KafkaCommittable> connectors) {
        this.connectors = connectors;
        if (connectors.getVersion() != CONNECTORS) {
            throw new IllegalStateException(
                    "the connector writes its transactions in version %d; expected %d"
                            .formatted(connectors.getVersion(), CONNECTORS));
        }
    }

    @Override
    public int getVersion() {
        return COUNTED;
    }

    @Override
    public byte[] serialize(KafkaCommittable transaction) throws IOException {
        Written written = CountedCommittable.writtenIn(transaction);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(connectors.serialize(transaction));
            out.writeLong(written == null ? 0 : written.records());
            out.writeLong(written == null ? 0 : written.first().toEpochMilli());
            out.writeLong(written == null ? 0 : written.last().toEpochMilli());
        }
        return bytes.toByteArray();
    }

    @Override
    public KafkaCommittable deserialize(int version, byte[] bytes) throws IOException {
        if (version == CONNECTORS) {
            return connectors.deserialize(version, bytes);
        }
        if (version != COUNTED || bytes.length < ADDED_BYTES) {
            throw new IOException(
                    "a transaction of version %d with %d bytes; expected version %d or %d"
                            .formatted(version, bytes.length, CONNECTORS, COUNTED));
        }
        ByteBuffer added = ByteBuffer.wrap(bytes, bytes.length - ADDED_BYTES, ADDED_BYTES);
        long records = added.getLong();
        Written written =
                records == 0
                        ? null
                        : new Written(
                                records,
                                Instant.ofEpochMilli(added.getLong()),
                                Instant.ofEpochMilli(added.getLong()));
        return new CountedCommittable(connectors.deserialize(CONNECTORS, bytes), written);
    }
}
