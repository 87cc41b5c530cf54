package io.pidstream.kafka;

import io.pidstream.avro.Prediction;
import io.pidstream.event.Modality;
import io.pidstream.format.RecordCodec;
import io.pidstream.format.SchemaHistory;
import io.pidstream.format.UndecodableException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The values of topics: one record type in Avro's single-object encoding, see {@link RecordCodec},
 * or with a {@link SchemaRegistry} in Confluent's framing: a zero byte, the schema's id in the
 * registry (4 bytes, big-endian), the record; or in JSON, where the configuration says so and the
 * type has a form in JSON. JSON is always read, Confluent's framing with a registry. A codec
 * belongs to one thread.
 *
 * @param <T> a record generated from {@code avro-schemas/}
 */
public final class ValueCodec<T extends SpecificRecordBase> implements Serializable {
    private static final long serialVersionUID = 1;

    /** The zero byte and the id. */
    private static final int FRAME_BYTES = 1 + Integer.BYTES;

    private final RecordCodec<T> codec;
    private final SchemaRegistry registry;
    private final String subject;
    private final boolean json;
    private final List<Modality> modalities;
    private transient JsonRecords jsonRecords;
    private transient Map<Integer, DatumReader<T>> readersById;
    private transient byte[] frame;

    private ValueCodec(
            RecordCodec<T> codec,
            SchemaRegistry registry,
            String subject,
            boolean json,
            List<Modality> modalities) {
        this.codec = codec;
        this.registry = registry;
        this.subject = subject;
        this.json = json;
        this.modalities = List.copyOf(modalities);
    }

    public static <T extends SpecificRecordBase> ValueCodec<T> of(Class<T> type) {
        return of(type, SchemaHistory.of(type.getSimpleName()));
    }

    /** A codec for a topic, in the configured framing. */
    public static <T extends SpecificRecordBase> ValueCodec<T> of(
            Class<T> type, KafkaSettings settings, String topic) {
        return of(type, settings, topic, List.of());
    }

    /**
     * A codec for a topic, in the configured framing or in JSON.
     *
     * @param modalities in the order of the configuration, which is that of fields in JSON; for
     *     readings those that can be in the topic, whose channels can be given by name
     */
    public static <T extends SpecificRecordBase> ValueCodec<T> of(
            Class<T> type, KafkaSettings settings, String topic, List<Modality> modalities) {
        return new ValueCodec<>(
                codec(type, SchemaHistory.of(type.getSimpleName())),
                settings.framing(),
                topic + "-value",
                settings.encoding() == KafkaSettings.Encoding.JSON && JsonRecords.has(type),
                modalities);
    }

    /**
     * A codec that also reads records written with other schemas.
     *
     * @param others former or later schemas of the same record, as JSON
     */
    static <T extends SpecificRecordBase> ValueCodec<T> of(Class<T> type, List<String> others) {
        return new ValueCodec<>(codec(type, others), null, null, false, List.of());
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecordBase> RecordCodec<T> codec(
            Class<T> type, List<String> others) {
        return type == Prediction.class
                ? (RecordCodec<T>)
                        new RecordCodec<>(Prediction.class, others, PredictionWriter::new)
                : new RecordCodec<>(type, others, null);
    }

    public Class<T> type() {
        return codec.type();
    }

    public byte[] encode(T record) {
        if (json) {
            return json().encode(record);
        }
        return registry == null ? codec.encode(record) : codec.encode(record, frame());
    }

    private JsonRecords json() {
        jsonRecords = jsonRecords == null ? new JsonRecords(modalities) : jsonRecords;
        return jsonRecords;
    }

    /** Registers the schema once, with the first record. */
    private byte[] frame() {
        if (frame == null) {
            Schema schema = SpecificData.getForClass(type()).getSchema(type());
            int id = registry.register(subject, schema.toString());
            frame = ByteBuffer.allocate(FRAME_BYTES).put((byte) 0).putInt(id).array();
        }
        return frame;
    }

    /**
     * @param bytes a record in single-object encoding, in JSON or, with a registry, in Confluent's
     *     framing; null for a tombstone
     * @throws UndecodableException naming what is wrong with the bytes
     */
    public T decode(byte[] bytes) throws UndecodableException {
        if (registry != null && bytes != null && bytes.length >= FRAME_BYTES && bytes[0] == 0) {
            return codec.decode(bytes, FRAME_BYTES, readerOf(ByteBuffer.wrap(bytes).getInt(1)));
        }
        if (bytes != null && JsonRecords.is(bytes) && JsonRecords.has(type())) {
            return json().decode(bytes, type());
        }
        return codec.decode(bytes);
    }

    /** The reader for a schema in the registry; each is fetched once. */
    private DatumReader<T> readerOf(int id) throws UndecodableException {
        readersById = readersById == null ? new HashMap<>() : readersById;
        DatumReader<T> known = readersById.get(id);
        if (known != null) {
            return known;
        }
        String found =
                registry.schema(id)
                        .orElseThrow(
                                () ->
                                        UndecodableException.schema(
                                                "the registry knows no schema %d; expected that of a %s"
                                                        .formatted(id, codec.name())));
        DatumReader<T> made;
        try {
            made = codec.reader(new Schema.Parser().parse(found));
        } catch (AvroRuntimeException e) {
            throw UndecodableException.schema(
                    "schema %d of the registry is invalid: %s".formatted(id, e.getMessage()));
        }
        readersById.put(id, made);
        return made;
    }
}
