package io.pidstream.state;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import io.pidstream.format.FormatException;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** A format that is in its second version, with a part that its first version did not have. */
final class EvolvingFormats {
    static final Part TAIL = Part.of("test/tail", 1);
    static final Part PART = Part.of("test/evolving", 2, TAIL);

    /** The first version had a name only. */
    record Evolving(String name, int size, String tail) {}

    static final Format<Evolving> EVOLVING =
            Formats.of(PART, Evolving.class, EvolvingFormats::write, EvolvingFormats::read);

    /** A format that accepts nothing that was configured otherwise. */
    record Configured(int size) implements Format<String> {
        @Override
        public Part part() {
            return Part.of("test/configured", 1);
        }

        @Override
        public Class<String> type() {
            return String.class;
        }

        @Override
        public void write(String value, DataOutput out) throws IOException {
            out.writeUTF(value);
        }

        @Override
        public String read(DataInput in, Versions versions) throws IOException {
            return in.readUTF();
        }

        @Override
        public void writeConfiguration(DataOutput out) throws IOException {
            out.writeInt(size);
        }

        @Override
        public Format<String> configured(DataInput in, Versions versions) throws IOException {
            return new Configured(in.readInt());
        }

        @Override
        public void requireCompatible(Format<?> old) throws FormatException {
            FormatException.requireSame("size", ((Configured) old).size(), size);
        }
    }

    private static final List<Format<?>> ALL = List.of(EVOLVING, new Configured(0));

    private EvolvingFormats() {}

    /** As the catalog, which knows the formats of the program only. */
    static Format<?> named(String name) throws FormatException {
        for (Format<?> format : ALL) {
            if (format.part().name().equals(name)) {
                return format;
            }
        }
        return FormatCatalog.named(name);
    }

    private static void write(Evolving value, DataOutput out) throws IOException {
        out.writeUTF(value.name());
        out.writeInt(value.size());
        out.writeUTF(value.tail());
    }

    private static Evolving read(DataInput in, Versions versions) throws IOException {
        String name = in.readUTF();
        int size = versions.of(PART) < 2 ? name.length() : in.readInt();
        return new Evolving(name, size, versions.has(TAIL) ? in.readUTF() : "none");
    }
}
