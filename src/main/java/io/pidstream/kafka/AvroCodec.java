package io.pidstream.kafka;

import io.pidstream.avro.Prediction;
import io.pidstream.format.AvroTrust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Avro's single-object encoding of one record type: two marker bytes, the fingerprint of the
 * writer's schema (CRC-64-AVRO, 8 bytes, little-endian), the record. With a {@link SchemaRegistry},
 * Confluent's framing: a zero byte, the schema's id in the registry (4 bytes, big-endian), the
 * record; then both are read.
 *
 * <p>A record is decoded with the schema that it was written with and resolved to the schema of
 * {@code T}, so fields may be added (with a default) or dropped on either side. The schemas that
 * are known are that of {@code T} and those of {@link SchemaHistory}. Readers and buffers are used
 * again and again, so a codec belongs to one thread.
 *
 * <p>Decoding reads from the array itself, not through Avro's {@code BinaryMessageDecoder}: that
 * one puts a stream in between, no longer knows how many bytes there are, and takes a broken length
 * of 2³⁰ for one to allocate. Encoding goes through a buffer of its own, not through {@code
 * BinaryMessageEncoder}, which writes byte by byte into a stream that locks.
 *
 * @param <T> a record generated from {@code avro-schemas/}
 */
public final class AvroCodec<T extends SpecificRecordBase> implements Serializable {
    private static final long serialVersionUID = 1;

    private static final byte[] MARKER = {(byte) 0xC3, 0x01};

    /** Marker and fingerprint. */
    private static final int HEADER_BYTES = MARKER.length + Long.BYTES;

    /** Zero and id. */
    private static final int FRAME_BYTES = 1 + Integer.BYTES;

    private static final int INITIAL_BYTES = 512;

    static {
        AvroTrust.establish();
    }

    private final Class<T> type;
    private final List<String> otherSchemas;
    private final SchemaRegistry registry;
    private final String subject;
    private transient byte[] header;
    private transient DatumWriter<T> writer;
    private transient ByteArrayOutputStream encoded;
    private transient BinaryEncoder encoder;
    private transient Map<Long, DatumReader<T>> readers;
    private transient Map<Integer, DatumReader<T>> readersById;
    private transient byte[] frame;
    private transient BinaryDecoder decoder;

    private AvroCodec(
            Class<T> type, List<String> otherSchemas, SchemaRegistry registry, String subject) {
        this.type = type;
        this.otherSchemas = List.copyOf(otherSchemas);
        this.registry = registry;
        this.subject = subject;
        prepare();
    }

    public static <T extends SpecificRecordBase> AvroCodec<T> of(Class<T> type) {
        return new AvroCodec<>(type, SchemaHistory.of(type.getSimpleName()), null, null);
    }

    /** A codec for a topic, in the framing that is configured. */
    public static <T extends SpecificRecordBase> AvroCodec<T> of(
            Class<T> type, KafkaSettings settings, String topic) {
        return new AvroCodec<>(
                type,
                SchemaHistory.of(type.getSimpleName()),
                settings.registry(),
                topic + "-value");
    }

    /**
     * A codec that also reads what was written with {@code others}.
     *
     * @param others former or later schemas of the same record, as JSON
     */
    static <T extends SpecificRecordBase> AvroCodec<T> of(Class<T> type, List<String> others) {
        return new AvroCodec<>(type, others, null, null);
    }

    private void prepare() {
        SpecificData model = SpecificData.getForClass(type);
        Schema schema = model.getSchema(type);
        header =
                ByteBuffer.allocate(HEADER_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(MARKER)
                        .putLong(SchemaNormalization.parsingFingerprint64(schema))
                        .array();
        writer = writer(model, schema);
        encoded = new ByteArrayOutputStream(INITIAL_BYTES);
        readers = new HashMap<>();
        readersById = new HashMap<>();
        addReader(schema, schema, model);
        for (String other : otherSchemas) {
            addReader(new Schema.Parser().parse(other), schema, model);
        }
    }

    @SuppressWarnings("unchecked")
    private DatumWriter<T> writer(SpecificData model, Schema schema) {
        return type == Prediction.class
                ? (DatumWriter<T>) new PredictionWriter(schema, model)
                : model.createDatumWriter(schema);
    }

    @SuppressWarnings("unchecked")
    private void addReader(Schema writer, Schema reader, SpecificData model) {
        readers.put(
                SchemaNormalization.parsingFingerprint64(writer),
                model.createDatumReader(writer, reader));
    }

    /**
     * After deserialisation, with the first record and not before. A JobManager deserialises every
     * codec in threads that outlive the job, and Avro would leave there, in a thread-local of its
     * own, the job's class loader.
     */
    private void prepareOnce() {
        if (header == null) {
            prepare();
        }
    }

    public Class<T> type() {
        return type;
    }

    public byte[] encode(T record) {
        prepareOnce();
        try {
            // Flushes what a record that could not be encoded has left, so before the reset.
            encoder = EncoderFactory.get().binaryEncoder(encoded, encoder);
            encoded.reset();
            encoder.writeFixed(registry == null ? header : frame());
            writer.write(record, encoder);
            encoder.flush();
            return encoded.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode " + record, e);
        }
    }

    /** The registry is asked once, with the first record. */
    private byte[] frame() {
        if (frame == null) {
            Schema schema = SpecificData.getForClass(type).getSchema(type);
            int id = registry.register(subject, schema.toString());
            frame = ByteBuffer.allocate(FRAME_BYTES).put((byte) 0).putInt(id).array();
        }
        return frame;
    }

    /**
     * @param bytes a record in single-object encoding; may be null, as a tombstone's are
     * @throws UndecodableException naming what is wrong with the bytes
     */
    public T decode(byte[] bytes) throws UndecodableException {
        prepareOnce();
        if (bytes == null) {
            throw UndecodableException.bytes("there is no value; expected a " + name());
        }
        if (registry != null && bytes.length >= FRAME_BYTES && bytes[0] == 0) {
            return decode(bytes, FRAME_BYTES, readerOf(ByteBuffer.wrap(bytes).getInt(1)));
        }
        if (bytes.length < HEADER_BYTES || bytes[0] != MARKER[0] || bytes[1] != MARKER[1]) {
            throw UndecodableException.bytes(
                    "the %d bytes of the value are not in Avro's single-object encoding; expected a %s"
                            .formatted(bytes.length, name()));
        }
        long fingerprint =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER.length);
        DatumReader<T> reader = readers.get(fingerprint);
        if (reader == null) {
            throw UndecodableException.schema(
                    "the schema fingerprint %016x is unknown; expected that of a %s"
                            .formatted(fingerprint, name()));
        }
        return decode(bytes, HEADER_BYTES, reader);
    }

    /** That of a schema in the registry, which is asked once for each. */
    private DatumReader<T> readerOf(int id) throws UndecodableException {
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
                                                        .formatted(id, name())));
        SpecificData model = SpecificData.getForClass(type);
        DatumReader<T> made;
        try {
            made =
                    cast(
                            model.createDatumReader(
                                    new Schema.Parser().parse(found), model.getSchema(type)));
        } catch (AvroRuntimeException e) {
            throw UndecodableException.schema(
                    "schema %d of the registry is none: %s".formatted(id, e.getMessage()));
        }
        readersById.put(id, made);
        return made;
    }

    @SuppressWarnings("unchecked")
    private DatumReader<T> cast(DatumReader<?> reader) {
        return (DatumReader<T>) reader;
    }

    private T decode(byte[] bytes, int from, DatumReader<T> reader) throws UndecodableException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, decoder);
        T record;
        boolean whole;
        try {
            record = reader.read(null, decoder);
            whole = decoder.isEnd();
        } catch (IOException | RuntimeException e) {
            // Avro reports bytes that do not fit the schema by exceptions of many kinds.
            throw UndecodableException.bytes(
                    "the %d bytes of the value do not hold a whole %s: %s"
                            .formatted(bytes.length, name(), reason(e)),
                    e);
        }
        if (!whole) {
            throw UndecodableException.bytes(
                    "the %d bytes of the value go on after the %s; expected nothing"
                            .formatted(bytes.length, name()));
        }
        return record;
    }

    private String name() {
        return type.getSimpleName();
    }

    private static String reason(Exception e) {
        String message = e.getMessage() == null ? "" : ": " + e.getMessage();
        return e.getClass().getSimpleName() + message;
    }
}
