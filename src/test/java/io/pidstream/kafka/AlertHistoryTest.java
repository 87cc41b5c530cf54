package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Alert;
import io.pidstream.format.SchemaHistory;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class AlertHistoryTest {
    @Test
    void anAlertFromBeforeItSaidWhyCanStillBeRead() throws Exception {
        Schema old = new Schema.Parser().parse(SchemaHistory.of("Alert").get(0));
        GenericData.Record record = new GenericData.Record(old);
        record.put("id", "x");
        record.put("kind", "CONTRIBUTION_SHIFT");
        record.put("state", new GenericData.EnumSymbol(old.getField("state").schema(), "RESOLVED"));
        record.put("asset", "site-1");
        record.put("modality", "mox");
        record.put("direction", "DOWN");
        record.put("changeTime", 1L);
        record.put("openedAt", 2L);
        record.put("resolvedAt", 3L);
        record.put("message", "mox says less");
        record.put("evidence", Map.of("a", 1.0));
        ByteBuffer bytes =
                new BinaryMessageEncoder<GenericData.Record>(new GenericData(), old).encode(record);
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);

        Alert alert = ValueCodec.of(Alert.class).decode(array);

        assertThat(alert.getId()).isEqualTo("x");
        assertThat(alert.getOpenedAt().toEpochMilli()).isEqualTo(2);
        assertThat(alert.getCause()).isNull();
        assertThat(alert.getMeasures()).isEmpty();
    }
}
