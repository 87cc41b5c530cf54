package io.pidstream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.format.UndecodableException;
import io.pidstream.mapping.MessageDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Decodes Avro records of any schema in Confluent's framing. Each schema is fetched from the
 * registry once.
 */
final class AvroMessages implements MessageDecoder {
    /** The zero byte and the id. */
    private static final int FRAME_BYTES = 1 + Integer.BYTES;

    private final SchemaRegistry registry;
    private final Map<Integer, Schema> schemas = new HashMap<>();

    AvroMessages(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public JsonNode decode(byte[] bytes) throws UndecodableException {
        if (bytes.length < FRAME_BYTES || bytes[0] != 0) {
            throw UndecodableException.bytes(
                    "the value is not framed; expected a zero byte, the number of its schema in"
                            + " the registry, and the Avro record");
        }
        int id = ByteBuffer.wrap(bytes).getInt(1);
        Schema schema = schema(id);
        try {
            return AvroTree.read(schema, bytes, FRAME_BYTES);
        } catch (IOException e) {
            throw UndecodableException.bytes(
                    "the value is not a record of schema %d, %s: %s"
                            .formatted(id, schema.getFullName(), e.getMessage()),
                    e);
        }
    }

    private Schema schema(int id) throws UndecodableException {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        String found =
                registry.schema(id)
                        .orElseThrow(
                                () ->
                                        UndecodableException.schema(
                                                "the registry knows no schema %d".formatted(id)));
        try {
            Schema parsed = new Schema.Parser().parse(found);
            schemas.put(id, parsed);
            return parsed;
        } catch (AvroRuntimeException e) {
            throw UndecodableException.schema(
                    "schema %d of the registry is not one of Avro: %s"
                            .formatted(id, e.getMessage()));
        }
    }
}
