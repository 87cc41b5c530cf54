package io.pidstream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.format.UndecodableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroMissingFieldException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Fills generated records from JSON by the names of their fields: times as ISO-8601 or milliseconds
 * since 1970, bytes as base64, null for a number that is not finite. A field that is not there has
 * its default; fields that are unknown are ignored.
 */
final class JsonToAvro {
    private JsonToAvro() {}

    /**
     * @throws UndecodableException naming the field and what was expected
     */
    static <T extends SpecificRecordBase> T read(JsonNode json, Class<T> type)
            throws UndecodableException {
        SpecificData data = SpecificData.getForClass(type);
        return type.cast(record(json, data.getSchema(type), "", data));
    }

    private static Object record(JsonNode json, Schema schema, String place, SpecificData data)
            throws UndecodableException {
        require(json.isObject(), json, place, "an object");
        SpecificRecordBase record = (SpecificRecordBase) data.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = json.path(field.name());
            String name = place.isEmpty() ? field.name() : place + "." + field.name();
            record.put(
                    field.pos(),
                    value.isMissingNode()
                            ? defaultOf(field, name, data)
                            : value(value, field.schema(), name, data));
        }
        return record;
    }

    private static Object defaultOf(Schema.Field field, String name, SpecificData data)
            throws UndecodableException {
        try {
            return data.deepCopy(field.schema(), data.getDefaultValue(field));
        } catch (AvroMissingFieldException e) {
            throw UndecodableException.bytes(
                    "%s is missing; expected %s".formatted(name, expected(field.schema())), e);
        } catch (AvroRuntimeException e) {
            throw UndecodableException.bytes(
                    "%s is missing: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static Object value(JsonNode json, Schema schema, String place, SpecificData data)
            throws UndecodableException {
        return switch (schema.getType()) {
            case UNION -> json.isNull() ? null : value(json, branch(schema), place, data);
            case RECORD -> record(json, schema, place, data);
            case ARRAY -> list(json, schema.getElementType(), place, data);
            case MAP -> map(json, schema.getValueType(), place, data);
            case ENUM -> symbol(json, schema, place, data);
            case STRING -> {
                require(json.isTextual(), json, place, expected(schema));
                yield json.textValue();
            }
            case BYTES -> bytes(json, place);
            case LONG -> number(json, schema, place);
            case INT -> {
                require(json.canConvertToInt(), json, place, expected(schema));
                yield json.intValue();
            }
            case DOUBLE -> {
                require(json.isNumber() || json.isNull(), json, place, expected(schema));
                yield json.isNull() ? Double.NaN : json.doubleValue();
            }
            case BOOLEAN -> {
                require(json.isBoolean(), json, place, expected(schema));
                yield json.booleanValue();
            }
            case FLOAT, FIXED, NULL ->
                    throw new IllegalStateException(place + " is " + schema.getType());
        };
    }

    /** Unions are of null and one type. */
    private static Schema branch(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static List<Object> list(JsonNode json, Schema of, String place, SpecificData data)
            throws UndecodableException {
        require(json.isArray(), json, place, "an array");
        List<Object> list = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            list.add(value(json.get(i), of, "%s[%d]".formatted(place, i), data));
        }
        return list;
    }

    private static Map<String, Object> map(
            JsonNode json, Schema of, String place, SpecificData data) throws UndecodableException {
        require(json.isObject(), json, place, "an object");
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            map.put(
                    entry.getKey(),
                    value(entry.getValue(), of, place + "." + entry.getKey(), data));
        }
        return map;
    }

    private static Object symbol(JsonNode json, Schema schema, String place, SpecificData data)
            throws UndecodableException {
        require(schema.hasEnumSymbol(json.asText()), json, place, expected(schema));
        return data.createEnum(json.asText(), schema);
    }

    private static ByteBuffer bytes(JsonNode json, String place) throws UndecodableException {
        try {
            require(json.isTextual(), json, place, "bytes in base64");
            return ByteBuffer.wrap(json.binaryValue());
        } catch (IOException e) {
            throw UndecodableException.bytes(place + " is not base64", e);
        }
    }

    private static Object number(JsonNode json, Schema schema, String place)
            throws UndecodableException {
        boolean isTime = schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
        if (isTime && json.isTextual()) {
            try {
                return Instant.parse(json.textValue());
            } catch (DateTimeException e) {
                throw mismatch(json, place, expected(schema));
            }
        }
        require(json.canConvertToLong() && json.isIntegralNumber(), json, place, expected(schema));
        return isTime ? (Object) Instant.ofEpochMilli(json.longValue()) : json.longValue();
    }

    private static String expected(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            return "a time such as 2024-01-31T12:00:00Z, or milliseconds since 1970";
        }
        return switch (schema.getType()) {
            case STRING -> "a text";
            case DOUBLE -> "a number or null";
            case LONG, INT -> "a whole number";
            case BOOLEAN -> "true or false";
            case ENUM -> "one of " + String.join(", ", schema.getEnumSymbols());
            case ARRAY -> "an array";
            case BYTES -> "bytes in base64";
            default -> "an object";
        };
    }

    private static void require(boolean fits, JsonNode json, String place, String expected)
            throws UndecodableException {
        if (!fits) {
            throw mismatch(json, place, expected);
        }
    }

    private static UndecodableException mismatch(JsonNode json, String place, String expected) {
        String found = json.isContainerNode() ? "not a value" : json.toString();
        return UndecodableException.bytes(
                "%s is %s; expected %s"
                        .formatted(
                                place,
                                found.length() > 60 ? found.substring(0, 60) + "…" : found,
                                expected));
    }
}
