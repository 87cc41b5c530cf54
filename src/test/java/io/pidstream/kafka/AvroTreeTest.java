package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.format.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class AvroTreeTest {
    private static final Schema EVERYTHING =
            parse(
                    """
                    {"type": "record", "name": "E", "fields": [
                      {"name": "i", "type": "int"}, {"name": "l", "type": "long"},
                      {"name": "f", "type": "float"}, {"name": "d", "type": "double"},
                      {"name": "b", "type": "boolean"}, {"name": "s", "type": "string"},
                      {"name": "n", "type": ["null", "double"]}, {"name": "u", "type": ["null", "double"]},
                      {"name": "e", "type": {"type": "enum", "name": "K", "symbols": ["UP", "DOWN"]}},
                      {"name": "a", "type": {"type": "array", "items": "int"}},
                      {"name": "m", "type": {"type": "map", "values": "double"}},
                      {"name": "x", "type": "bytes"},
                      {"name": "dec", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                      {"name": "fix", "type": {"type": "fixed", "name": "F", "size": 2}},
                      {"name": "j", "type": {"type": "string", "java-class": "java.io.File"}}]}
                    """);

    private static final String EXPECTED =
            """
            {"i":1,"l":2,"f":1.5,"d":2.5,"b":true,"s":"t","n":null,"u":3.5,"e":"DOWN","a":[1,2],\
            "m":{"k":4.5},"x":"AQ==","dec":-1.25,"fix":"AQI=","j":"/etc"}\
            """;

    @Test
    void readsEveryTypeAsAPlainValue() throws IOException {
        JsonNode tree = AvroTree.read(EVERYTHING, encoded(EVERYTHING, everything()), 0);
        assertThat(tree.toString()).isEqualTo(EXPECTED);
    }

    @Test
    void bytesThatAreNoSuchRecordAreRefused() throws IOException {
        byte[] bytes = encoded(EVERYTHING, everything());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> AvroTree.read(EVERYTHING, cut, 0))
                    .isInstanceOf(IOException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> AvroTree.read(EVERYTHING, longer, 0))
                .hasMessage("there are further bytes after the record");
    }

    /** Items without bytes would fill the memory from a message of a few bytes. */
    @Test
    void itemsAndLevelsAreLimited() throws IOException {
        Schema nulls = parse("{\"type\": \"array\", \"items\": \"null\"}");
        byte[] many = encoder(e -> e.writeLong(2_000_000_000L));
        assertThatThrownBy(() -> AvroTree.read(nulls, many, 0))
                .hasMessage("more than 1000000 items");
        Schema list =
                parse(
                        "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"next\","
                                + "\"type\":[\"null\",\"L\"]}]}");
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 2);
        assertThatThrownBy(() -> AvroTree.read(list, deep, 0)).hasMessage("more than 64 levels");
    }

    @Test
    void whatIsNotFramedOrHasNoSchemaIsUndecodable() throws Exception {
        try (RegistryServer registry = new RegistryServer()) {
            AvroMessages messages = new AvroMessages(new SchemaRegistry(registry.url(), null));
            byte[] record = encoded(EVERYTHING, everything());
            int id = registry.add(EVERYTHING.toString());
            assertThat(messages.decode(framed(id, record)).path("l").asInt()).isEqualTo(2);
            assertThat(messages.decode(framed(id, record)).path("l").asInt()).isEqualTo(2);
            assertThat(registry.requests()).containsExactly("GET /schemas/ids/" + id);
            assertThatThrownBy(() -> messages.decode("{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageStartingWith("the value is not framed; expected a zero byte");
            assertThatThrownBy(() -> messages.decode(framed(99, record)))
                    .hasMessage("the registry knows no schema 99");
            assertThatThrownBy(() -> messages.decode(framed(id, new byte[] {1})))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageStartingWith("the value is not a record of schema 1, E: ");
        }
    }

    private static GenericRecord everything() {
        GenericRecord record = new GenericData.Record(EVERYTHING);
        record.put("i", 1);
        record.put("l", 2L);
        record.put("f", 1.5f);
        record.put("d", 2.5);
        record.put("b", true);
        record.put("s", "t");
        record.put("u", 3.5);
        record.put("e", new GenericData.EnumSymbol(EVERYTHING.getField("e").schema(), "DOWN"));
        record.put("a", List.of(1, 2));
        record.put("m", Map.of("k", 4.5));
        record.put("x", ByteBuffer.wrap(new byte[] {1}));
        record.put("dec", ByteBuffer.wrap(new byte[] {-125}));
        record.put(
                "fix",
                new GenericData.Fixed(EVERYTHING.getField("fix").schema(), new byte[] {1, 2}));
        record.put("j", "/etc");
        return record;
    }

    private static byte[] framed(int id, byte[] record) {
        return ByteBuffer.allocate(5 + record.length).put((byte) 0).putInt(id).put(record).array();
    }

    private static byte[] encoded(Schema schema, Object datum) throws IOException {
        return encoder(e -> new GenericDatumWriter<>(schema).write(datum, e));
    }

    private interface Writing {
        void write(BinaryEncoder encoder) throws IOException;
    }

    private static byte[] encoder(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writing.write(encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static Schema parse(String json) {
        return new Schema.Parser().parse(json);
    }
}
