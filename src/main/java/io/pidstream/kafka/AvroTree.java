package io.pidstream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads an Avro record of any schema as a tree of plain values, with limits: schema and bytes come
 * from outside. No class that a schema names is loaded. A decimal is a number, other bytes are
 * binary, the value of a union has no trace of its branch.
 */
final class AvroTree {
    private static final int DEEPEST = 64;

    /** Items of an array may have no bytes, so their number is not limited by those. */
    private static final int MOST_ITEMS = 1_000_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private final BinaryDecoder in;
    private int items;

    private AvroTree(BinaryDecoder in) {
        this.in = in;
    }

    /**
     * @param schema the schema with which the record was written
     * @param bytes from {@code offset} on the record
     * @throws IOException if the bytes are not such a record
     */
    static JsonNode read(Schema schema, byte[] bytes, int offset) throws IOException {
        BinaryDecoder in =
                DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null);
        try {
            JsonNode tree = new AvroTree(in).read(schema, 0);
            if (!in.isEnd()) {
                throw new IOException("there are further bytes after the record");
            }
            return tree;
        } catch (AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private JsonNode read(Schema schema, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("more than %d levels".formatted(DEEPEST));
        }
        return switch (schema.getType()) {
            case RECORD -> record(schema, depth);
            case ARRAY -> array(schema, depth);
            case MAP -> map(schema, depth);
            case UNION -> read(branch(schema), depth + 1);
            case ENUM -> NODES.textNode(symbol(schema));
            case STRING -> NODES.textNode(in.readString());
            case BYTES -> bytes(schema, in.readBytes(null));
            case FIXED -> bytes(schema, fixed(schema.getFixedSize()));
            case INT -> NODES.numberNode(in.readInt());
            case LONG -> NODES.numberNode(in.readLong());
            case FLOAT -> NODES.numberNode(in.readFloat());
            case DOUBLE -> NODES.numberNode(in.readDouble());
            case BOOLEAN -> NODES.booleanNode(in.readBoolean());
            case NULL -> {
                in.readNull();
                yield NODES.nullNode();
            }
        };
    }

    private ObjectNode record(Schema schema, int depth) throws IOException {
        ObjectNode record = NODES.objectNode();
        for (Schema.Field field : schema.getFields()) {
            record.set(field.name(), read(field.schema(), depth + 1));
        }
        return record;
    }

    private ArrayNode array(Schema schema, int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (long n = in.readArrayStart(); n > 0; n = in.arrayNext()) {
            for (long i = 0; i < n; i++) {
                count();
                array.add(read(schema.getElementType(), depth + 1));
            }
        }
        return array;
    }

    private ObjectNode map(Schema schema, int depth) throws IOException {
        ObjectNode map = NODES.objectNode();
        for (long n = in.readMapStart(); n > 0; n = in.mapNext()) {
            for (long i = 0; i < n; i++) {
                count();
                String key = in.readString();
                map.set(key, read(schema.getValueType(), depth + 1));
            }
        }
        return map;
    }

    private void count() throws IOException {
        if (++items > MOST_ITEMS) {
            throw new IOException("more than %d items".formatted(MOST_ITEMS));
        }
    }

    private Schema branch(Schema union) throws IOException {
        return union.getTypes().get(in.readIndex());
    }

    private String symbol(Schema schema) throws IOException {
        return schema.getEnumSymbols().get(in.readEnum());
    }

    private ByteBuffer fixed(int size) throws IOException {
        byte[] bytes = new byte[size];
        in.readFixed(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static JsonNode bytes(Schema schema, ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return NODES.binaryNode(copy);
        }
        if (copy.length == 0) {
            throw new IOException("a decimal has no bytes");
        }
        return NODES.numberNode(new BigDecimal(new BigInteger(copy), decimal.getScale()));
    }
}
