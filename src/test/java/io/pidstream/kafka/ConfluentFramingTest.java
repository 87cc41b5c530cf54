package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.avro.Label;
import io.pidstream.format.UndecodableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfluentFramingTest {
    private static final Instant TIME = Instant.parse("2024-05-01T00:00:00Z");
    private static final Label LABEL = new Label("a", TIME, TIME, 1.5, List.of());
    private static final String TOPIC = "p.labels";

    private RegistryServer registry;

    @BeforeEach
    void start() throws Exception {
        registry = new RegistryServer();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void bytesAreAZeroTheIdAndTheRecord() throws Exception {
        registry.add("\"string\"");
        byte[] bytes = codec(null).encode(LABEL);
        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 2);
        Schema schema = Label.getClassSchema();
        GenericRecord read =
                new GenericDatumReader<GenericRecord>(schema)
                        .read(
                                null,
                                DecoderFactory.get()
                                        .binaryDecoder(bytes, 5, bytes.length - 5, null));
        assertThat(read.get("asset")).hasToString("a");
        assertThat(read.get("value")).isEqualTo(1.5);
    }

    @Test
    void theRegistryIsAskedOnceForASchemaUnderTheSubjectOfTheTopic() throws Exception {
        ValueCodec<Label> codec = codec(null);
        byte[] bytes = codec.encode(LABEL);
        codec.encode(LABEL);
        assertThat(codec.decode(bytes)).isEqualTo(LABEL);
        assertThat(codec.decode(bytes)).isEqualTo(LABEL);
        assertThat(registry.requests())
                .containsExactly("POST /subjects/p.labels-value/versions", "GET /schemas/ids/1");
    }

    @Test
    void whatAnotherSchemaWroteIsResolved() throws Exception {
        Schema other =
                new Schema.Parser()
                        .parse(
                                Label.getClassSchema()
                                        .toString()
                                        .replace(
                                                "\"fields\":[",
                                                "\"fields\":[{\"name\":\"new\",\"type\":\"int\"},"));
        byte[] own = codec(null).encode(LABEL);
        int id = registry.add(other.toString());
        byte[] bytes =
                ByteBuffer.allocate(own.length + 1)
                        .put((byte) 0)
                        .putInt(id)
                        .put((byte) 14)
                        .put(own, 5, own.length - 5)
                        .array();
        assertThat(codec(null).decode(bytes)).isEqualTo(LABEL);
    }

    @Test
    void singleObjectsAreReadToo() throws Exception {
        assertThat(codec(null).decode(ValueCodec.of(Label.class).encode(LABEL))).isEqualTo(LABEL);
    }

    @Test
    void anUnknownIdIsADeadLetterAndNotAFailure() {
        byte[] bytes = {0, 0, 0, 0, 77, 2};
        assertThatThrownBy(() -> codec(null).decode(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the registry knows no schema 77; expected that of a Label");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsAFailure() {
        byte[] bytes = codec(null).encode(LABEL);
        registry.close();
        assertThatThrownBy(() -> codec(null).decode(bytes))
                .isInstanceOf(KafkaUnavailableException.class)
                .hasMessageContaining(registry.url())
                .hasMessageContaining("does not answer");
    }

    @Test
    void withoutARegistryTheBytesAreNoRecord() {
        byte[] bytes = codec(null).encode(LABEL);
        assertThatThrownBy(() -> ValueCodec.of(Label.class).decode(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("are not in Avro's single-object encoding");
    }

    @Test
    void aSecretIsResolvedWhenTheRegistryIsAskedAndNotShown() throws Exception {
        codec("Bearer ${env:PATH}").encode(LABEL);
        assertThat(registry.authorizations()).containsExactly("Bearer " + System.getenv("PATH"));
        assertThat(new SchemaRegistry("http://r/", "Bearer x"))
                .hasToString("SchemaRegistry[http://r]");
    }

    @Test
    void aSerializedCodecStillWorks() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(codec(null));
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            ValueCodec<Label> copy = (ValueCodec<Label>) in.readObject();
            assertThat(copy.decode(copy.encode(LABEL))).isEqualTo(LABEL);
        }
    }

    private ValueCodec<Label> codec(String authorization) {
        return ValueCodec.of(
                Label.class,
                new KafkaSettings(
                        "localhost:1",
                        "p.",
                        KafkaSettings.Delivery.EXACTLY_ONCE,
                        new SchemaRegistry(registry.url(), authorization),
                        Map.of()),
                TOPIC);
    }
}
