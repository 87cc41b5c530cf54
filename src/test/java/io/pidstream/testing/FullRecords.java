package io.pidstream.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** Records of the topics in which everything that may be missing is there, always the same. */
public final class FullRecords {
    private int next;

    private FullRecords() {}

    public static <T extends SpecificRecordBase> T of(Class<T> type) {
        Schema schema = SpecificData.get().getSchema(type);
        return type.cast(new FullRecords().value(schema, type.getSimpleName()));
    }

    private Object value(Schema schema, String field) {
        next++;
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM -> Enum.valueOf(enumType(schema), schema.getEnumSymbols().get(0));
            case ARRAY -> List.of(value(schema.getElementType(), field));
            case MAP -> Map.of(field + "-" + next, value(schema.getValueType(), field));
            case UNION -> value(given(schema), field);
            case STRING -> field + "-" + next;
            case BYTES -> ByteBuffer.wrap((field + next).getBytes(StandardCharsets.UTF_8));
            case INT -> next;
            case LONG ->
                    schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                            ? Instant.ofEpochMilli(1_700_000_000_000L + next)
                            : (Object) (long) next;
            case DOUBLE -> next + 0.5;
            case BOOLEAN -> true;
            case FLOAT, FIXED, NULL ->
                    throw new IllegalArgumentException(field + " is a " + schema.getType());
        };
    }

    private Object record(Schema schema) {
        SpecificRecordBase record =
                (SpecificRecordBase) SpecificData.newInstance(type(schema), schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), field.name()));
        }
        return record;
    }

    private static Schema given(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static Class<?> type(Schema schema) {
        return SpecificData.get().getClass(schema);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Class<Enum> enumType(Schema schema) {
        return (Class<Enum>) type(schema);
    }
}
