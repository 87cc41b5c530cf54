package io.pidstream.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Avro's single-object encoding of one record type, in topics and in state: two marker bytes, the
 * fingerprint of the writer's schema (CRC-64-AVRO, 8 bytes, little-endian), the record.
 *
 * <p>A record is decoded with its writer's schema and resolved to the schema of {@code T}, so
 * fields may be added (with a default) or dropped on either side. The known schemas are that of
 * {@code T} and those of {@link SchemaHistory}. Readers and buffers are reused, so a codec belongs
 * to one thread.
 *
 * <p>Decoding reads directly from the array, not through Avro's {@code BinaryMessageDecoder}: its
 * intermediate stream hides the number of available bytes, so a corrupt length of 2³⁰ would be
 * allocated. Encoding uses its own buffer, not {@code BinaryMessageEncoder}, which writes byte by
 * byte into a synchronized stream.
 *
 * @param <T> a record generated from {@code avro-schemas/}
 */
public final class RecordCodec<T extends SpecificRecordBase> implements Serializable {
    private static final long serialVersionUID = 1;

    private static final byte[] MARKER = {(byte) 0xC3, 0x01};

    /** Marker and fingerprint. */
    private static final int HEADER_BYTES = MARKER.length + Long.BYTES;

    private static final int INITIAL_BYTES = 512;

    static {
        AvroTrust.establish();
    }

    private final Class<T> type;
    private final List<String> otherSchemas;
    private final WriterFactory<T> writers;
    private transient byte[] header;
    private transient DatumWriter<T> writer;
    private transient ByteArrayOutputStream encoded;
    private transient BinaryEncoder encoder;
    private transient Map<Long, DatumReader<T>> readers;
    private transient BinaryDecoder decoder;

    /** Creates writers of records. */
    public interface WriterFactory<T> extends Serializable {
        DatumWriter<T> of(Schema schema, SpecificData model);
    }

    /**
     * @param otherSchemas former or later schemas of the same record, as JSON
     * @param writers null for Avro's default
     */
    public RecordCodec(Class<T> type, List<String> otherSchemas, WriterFactory<T> writers) {
        this.type = type;
        this.otherSchemas = List.copyOf(otherSchemas);
        this.writers = writers;
        prepare();
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
        writer = writers == null ? writer(model, schema) : writers.of(schema, model);
        encoded = new ByteArrayOutputStream(INITIAL_BYTES);
        readers = new HashMap<>();
        readers.put(SchemaNormalization.parsingFingerprint64(schema), reader(schema));
        for (String other : otherSchemas) {
            Schema parsed = new Schema.Parser().parse(other);
            readers.put(SchemaNormalization.parsingFingerprint64(parsed), reader(parsed));
        }
    }

    @SuppressWarnings("unchecked")
    private DatumWriter<T> writer(SpecificData model, Schema schema) {
        return model.createDatumWriter(schema);
    }

    /** The reader for records written with a schema. */
    @SuppressWarnings("unchecked")
    public DatumReader<T> reader(Schema written) {
        SpecificData model = SpecificData.getForClass(type);
        return model.createDatumReader(written, model.getSchema(type));
    }

    /**
     * Deferred to the first record after deserialisation. A JobManager deserialises every codec in
     * threads that outlive the job, where Avro's thread-locals would leak the job's class loader.
     */
    private void prepareOnce() {
        if (header == null) {
            prepare();
        }
    }

    public Class<T> type() {
        return type;
    }

    /** Name of the record, for messages. */
    public String name() {
        return type.getSimpleName();
    }

    /** A record in single-object encoding. */
    public byte[] encode(T record) {
        prepareOnce();
        return encode(record, header);
    }

    /** A record preceded by the header of another framing. */
    public byte[] encode(T record, byte[] framing) {
        prepareOnce();
        try {
            // Flushes the remains of a record that could not be encoded; therefore before the
            // reset.
            encoder = EncoderFactory.get().binaryEncoder(encoded, encoder);
            encoded.reset();
            encoder.writeFixed(framing);
            writer.write(record, encoder);
            encoder.flush();
            return encoded.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode " + record, e);
        }
    }

    /**
     * @param bytes a record in single-object encoding; null for a tombstone
     * @throws UndecodableException naming what is wrong with the bytes
     */
    public T decode(byte[] bytes) throws UndecodableException {
        prepareOnce();
        if (bytes == null) {
            throw UndecodableException.bytes("there is no value; expected a " + name());
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

    /**
     * Decodes the bytes after a header.
     *
     * @param from position of the record
     * @throws UndecodableException naming what is wrong with the bytes
     */
    public T decode(byte[] bytes, int from, DatumReader<T> reader) throws UndecodableException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, decoder);
        T record;
        boolean whole;
        try {
            record = reader.read(null, decoder);
            whole = decoder.isEnd();
        } catch (IOException | RuntimeException e) {
            // Avro throws exceptions of many types if bytes do not match the schema.
            throw UndecodableException.bytes(
                    "the %d bytes of the value do not hold a whole %s: %s"
                            .formatted(bytes.length, name(), reason(e)),
                    e);
        }
        if (!whole) {
            throw UndecodableException.bytes(
                    "the %d bytes of the value continue after the %s; expected nothing"
                            .formatted(bytes.length, name()));
        }
        return record;
    }

    private static String reason(Exception e) {
        String message = e.getMessage() == null ? "" : ": " + e.getMessage();
        return e.getClass().getSimpleName() + message;
    }
}
