package io.pidstream.format;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Writes an Avro record in Avro's single-object encoding, preceded by its length. The encoding
 * names the schema that a record was written with, so a schema may change without a new version of
 * the format; see {@link RecordCodec}.
 *
 * @param <T> a record generated from {@code avro-schemas/}
 */
final class AvroFormat<T extends SpecificRecordBase> extends NamedFormat<T> {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 1 << 28;

    static {
        AvroTrust.establish();
    }

    private final transient Class<T> type;

    /** A format is shared by threads, a codec is not thread-safe. */
    private final transient ThreadLocal<RecordCodec<T>> codecs;

    AvroFormat(Part part, Class<T> type) {
        super(part);
        this.type = type;
        codecs =
                ThreadLocal.withInitial(
                        () ->
                                new RecordCodec<>(
                                        type,
                                        SchemaHistory.of(type.getSimpleName()),
                                        OrderedWriter::new));
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public void write(T value, DataOutput out) throws IOException {
        byte[] bytes = codecs.get().encode(value);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public T read(DataInput in, Versions versions) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new FormatException("the length of a " + part() + " is " + length);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        try {
            return codecs.get().decode(bytes);
        } catch (UndecodableException e) {
            throw new FormatException(part() + ": " + e.getMessage());
        }
    }
}
