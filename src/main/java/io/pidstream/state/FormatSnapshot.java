package io.pidstream.state;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Flink's serializer snapshot: the name of the format, the versions of all its parts, and the
 * format's configuration. Flink writes the name of this class into every savepoint, so it must
 * never be moved.
 */
public final class FormatSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int VERSION = 1;

    /** Finds a format by the name in the snapshot. */
    @FunctionalInterface
    interface Lookup {
        Format<?> named(String name) throws FormatException;
    }

    private final Lookup lookup;
    private Format<T> format;
    private Map<String, Integer> versions;

    /** For Flink, which calls {@link #readSnapshot} next. */
    public FormatSnapshot() {
        this(FormatCatalog::named);
    }

    FormatSnapshot(Lookup lookup) {
        this.lookup = lookup;
    }

    FormatSnapshot(Format<T> format) {
        this(FormatCatalog::named);
        this.format = format;
        this.versions = format.part().versions();
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(format.part().name());
        out.writeShort(versions.size());
        for (Map.Entry<String, Integer> part : versions.entrySet()) {
            out.writeUTF(part.getKey());
            out.writeShort(part.getValue());
        }
        format.writeConfiguration(out);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
            throws IOException {
        if (version != VERSION) {
            throw new StateRefusedException(
                    "the state has serializer snapshot version %d, this program reads version %d: the state was written by a later program"
                            .formatted(version, VERSION));
        }
        String name = in.readUTF();
        versions = new TreeMap<>();
        int parts = in.readUnsignedShort();
        for (int i = 0; i < parts; i++) {
            versions.put(in.readUTF(), in.readUnsignedShort());
        }
        try {
            @SuppressWarnings("unchecked")
            Format<T> found = (Format<T>) lookup.named(name);
            requireKnown(found.part());
            format = found.configured(in, Versions.of(versions));
        } catch (FormatException e) {
            throw new StateRefusedException(e.getMessage(), e);
        }
    }

    private void requireKnown(Part part) throws FormatException {
        for (Map.Entry<String, Integer> known : part.versions().entrySet()) {
            int written = versions.getOrDefault(known.getKey(), 0);
            if (written > known.getValue()) {
                throw new FormatException(
                        "the state has %s in version %d, this program reads versions up to %d: the state was written by a later program"
                                .formatted(known.getKey(), written, known.getValue()));
            }
        }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new FormatSerializer<>(format, Versions.of(versions));
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> old) {
        if (!(old instanceof FormatSnapshot<T> that)) {
            throw new StateRefusedException(
                    "the state was written by %s, expected %s".formatted(old, format.part()));
        }
        if (!that.format.part().name().equals(format.part().name())) {
            throw new StateRefusedException(
                    "the state has a %s, expected a %s"
                            .formatted(that.format.part().name(), format.part().name()));
        }
        try {
            format.requireCompatible(that.format);
        } catch (FormatException e) {
            throw new StateRefusedException(e.getMessage(), e);
        }
        return that.versions.equals(versions)
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
}
