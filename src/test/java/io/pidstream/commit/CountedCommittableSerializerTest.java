package io.pidstream.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.commit.CountedCommittable.Written;
import java.io.IOException;
import java.time.Instant;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class CountedCommittableSerializerTest {
    private static final KafkaCommittable TRANSACTION =
            new KafkaCommittable(7, (short) 3, "plant-plant.predictions-0-42", null);
    private static final Written WRITTEN =
            new Written(5, Instant.ofEpochMilli(-1), Instant.ofEpochMilli(1_700_000_000_000L));

    private final SimpleVersionedSerializer<KafkaCommittable> connectors =
            KafkaSink.<String>builder()
                    .setBootstrapServers("localhost:1")
                    .setKafkaProducerConfig(new Properties())
                    .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix("plant")
                    .setRecordSerializer(
                            (record, context, time) -> new ProducerRecord<>("t", new byte[0]))
                    .build()
                    .getCommittableSerializer();
    private final CountedCommittableSerializer serializer =
            new CountedCommittableSerializer(connectors);

    @Test
    void keepsTheTransactionAndWhatWasWrittenInIt() throws IOException {
        byte[] bytes = serializer.serialize(new CountedCommittable(TRANSACTION, WRITTEN));
        KafkaCommittable read = serializer.deserialize(serializer.getVersion(), bytes);
        assertThat(CountedCommittable.writtenIn(read)).isEqualTo(WRITTEN);
        assertThat(read.getTransactionalId()).isEqualTo(TRANSACTION.getTransactionalId());
        assertThat(read.getProducerId()).isEqualTo(7);
        assertThat(read.getEpoch()).isEqualTo((short) 3);
    }

    @Test
    void readsWhatFormerProgramsWrote() throws IOException {
        KafkaCommittable read = serializer.deserialize(1, connectors.serialize(TRANSACTION));
        assertThat(read).isEqualTo(TRANSACTION);
        assertThat(CountedCommittable.writtenIn(read)).isNull();
        KafkaCommittable again =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(read));
        assertThat(CountedCommittable.writtenIn(again)).isNull();
    }

    @Test
    void isReadByTheConnectorAlone() throws IOException {
        byte[] bytes = serializer.serialize(new CountedCommittable(TRANSACTION, WRITTEN));
        assertThat(connectors.deserialize(1, bytes)).isEqualTo(TRANSACTION);
    }

    @Test
    void refusesVersionsOfTheFuture() {
        assertThatThrownBy(() -> serializer.deserialize(1002, new byte[100]))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "a transaction of version 1002 with 100 bytes; expected version 1 or 1001");
    }
}
