package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.record.RecordJson;
import io.pidstream.record.RecordText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicKindTest {
    private static final KafkaSettings SETTINGS =
            new KafkaSettings(
                    "127.0.0.1:9092", "x.", KafkaSettings.Delivery.EXACTLY_ONCE, Map.of());

    /** Whatever may be missing by the schema is missing. */
    @ParameterizedTest
    @CsvSource({
        "predictions, io.pidstream.avro.Prediction",
        "explanations, io.pidstream.avro.Explanation",
        "alerts, io.pidstream.avro.Alert",
        "alert-actions, io.pidstream.avro.AlertAction",
        "labels, io.pidstream.avro.Label",
        "readings.mox, io.pidstream.avro.Reading",
        "training-samples, io.pidstream.avro.TrainingSample",
        "model-versions, io.pidstream.avro.ModelVersion",
        "dead-letters, io.pidstream.avro.DeadLetter",
        "late-readings, io.pidstream.avro.Reading"
    })
    void aRecordIsShownThoughAllThatMayBeMissingIs(String topic, Class<?> type) throws Exception {
        TopicKind<?> kind =
                TopicKind.of(
                                topic,
                                SETTINGS,
                                new RecordText(List.of(), List.of()),
                                new RecordJson(List.of()))
                        .orElseThrow();
        shows(kind, SpecificData.get().getSchema(type));
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecordBase> void shows(TopicKind<T> kind, Schema schema)
            throws Exception {
        T least = kind.codec().decode(kind.codec().encode((T) least(schema)));
        assertThat(kind.toCells().apply(least)).hasSameSizeAs(kind.header());
        JsonNode json = new ObjectMapper().readTree(kind.toJson().apply(least));
        assertThat(json.isObject()).isTrue();
    }

    private static Object least(Schema schema) {
        if (schema.getLogicalType() != null) {
            return Instant.EPOCH;
        }
        return switch (schema.getType()) {
            case RECORD -> {
                var record = (SpecificRecordBase) SpecificData.get().newRecord(null, schema);
                for (Schema.Field field : schema.getFields()) {
                    record.put(field.pos(), least(field.schema()));
                }
                yield record;
            }
            case UNION -> schema.isNullable() ? null : least(schema.getTypes().get(0));
            case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().get(0), schema);
            case ARRAY -> List.of();
            case MAP -> Map.of();
            case STRING -> "";
            case BYTES -> ByteBuffer.allocate(0);
            case INT -> 0;
            case LONG -> 0L;
            case DOUBLE -> Double.NaN;
            case BOOLEAN -> false;
            default -> throw new IllegalArgumentException(schema + ": not in our schemas");
        };
    }
}
