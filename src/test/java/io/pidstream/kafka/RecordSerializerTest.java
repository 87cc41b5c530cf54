package io.pidstream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Label;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RecordSerializerTest {
    private static final Instant TIME = Instant.parse("2004-03-10T18:00:00Z");

    @Test
    void makesARecordOfKeyEventTimeAndEncodedValue() throws Exception {
        ValueCodec<Label> codec = ValueCodec.of(Label.class);
        Label label = new Label("a", TIME, TIME, 1.0, List.of());
        RecordSerializer<Label> serializer =
                new RecordSerializer<>(
                        "labels",
                        codec,
                        record -> record.getAsset().getBytes(UTF_8),
                        Label::getTime);

        ProducerRecord<byte[], byte[]> record = serializer.serialize(label, null, null);

        assertThat(record.topic()).isEqualTo("labels");
        assertThat(record.partition()).isNull();
        assertThat(record.key()).isEqualTo("a".getBytes(UTF_8));
        assertThat(record.timestamp()).isEqualTo(TIME.toEpochMilli());
        assertThat(codec.decode(record.value())).isEqualTo(label);
    }

    @Test
    void neverStampsARecordAheadOfTheWallClockAsABrokerWouldRefuseIt() {
        assertThat(RecordSerializer.timestamp(1_000, 2_000)).isEqualTo(1_000);
        assertThat(RecordSerializer.timestamp(3_000, 2_000)).isEqualTo(2_000);
        assertThat(RecordSerializer.timestamp(0, 2_000)).isEqualTo(2_000);
    }
}
