package io.pidstream.format;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecordBase;

/** Creates formats of types that write and read themselves. */
public final class Formats {
    private Formats() {}

    /** Writes a value in the newest version. */
    public interface Writer<T> {
        void write(T value, DataOutput out) throws IOException;
    }

    /** Reads a value of any version. */
    public interface Reader<T> {
        T read(DataInput in, Versions versions) throws IOException;
    }

    /**
     * A format of immutable values.
     *
     * @param part name and version, and the nested parts
     */
    public static <T> Format<T> of(Part part, Class<T> type, Writer<T> writer, Reader<T> reader) {
        return new OfType<>(part, type, writer, reader, true);
    }

    /** A format of mutable values. */
    public static <T> Format<T> ofMutable(
            Part part, Class<T> type, Writer<T> writer, Reader<T> reader) {
        return new OfType<>(part, type, writer, reader, false);
    }

    /**
     * A format of topic records, which may have been written with any schema of their history. Its
     * version is the number of schemas, those of the history and the present one.
     *
     * @param name such as {@code record/alert}
     */
    public static <T extends SpecificRecordBase> Format<T> ofAvro(String name, Class<T> type) {
        int schemas = 1 + SchemaHistory.of(type.getSimpleName()).size();
        return new AvroFormat<>(Part.of(name, schemas), type);
    }

    private static final class OfType<T> extends NamedFormat<T> {
        private static final long serialVersionUID = 1;

        private final transient Class<T> type;
        private final transient Writer<T> writer;
        private final transient Reader<T> reader;
        private final transient boolean immutable;

        OfType(Part part, Class<T> type, Writer<T> writer, Reader<T> reader, boolean immutable) {
            super(part);
            this.type = type;
            this.writer = writer;
            this.reader = reader;
            this.immutable = immutable;
        }

        @Override
        public Class<T> type() {
            return type;
        }

        @Override
        public void write(T value, DataOutput out) throws IOException {
            writer.write(value, out);
        }

        @Override
        public T read(DataInput in, Versions versions) throws IOException {
            return reader.read(in, versions);
        }

        @Override
        public boolean immutable() {
            return immutable;
        }
    }
}
