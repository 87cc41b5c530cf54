package io.pidstream.state;

import io.pidstream.format.BinaryFormat;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Flink's serializer over a {@link BinaryFormat}: no reflection, no Kryo, no Java serialisation of
 * values.
 */
public final class BinarySerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1;

    private final BinaryFormat<T> format;

    public BinarySerializer(BinaryFormat<T> format) {
        this.format = Objects.requireNonNull(format);
    }

    @Override
    public boolean isImmutableType() {
        return format.immutable();
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        return format.copy(from);
    }

    @Override
    public T copy(T from, T reuse) {
        return format.copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        format.write(value, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return format.read(source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return format.read(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        format.write(format.read(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinarySerializer<?> that
                && format.getClass().equals(that.format.getClass());
    }

    @Override
    public int hashCode() {
        return format.getClass().hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>(format);
    }

    /** Names the format in a savepoint. */
    public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {
        private BinaryFormat<T> format;

        /** For Flink, which fills it by {@link #readSnapshot}. */
        public Snapshot() {}

        Snapshot(BinaryFormat<T> format) {
            this.format = format;
        }

        @Override
        public int getCurrentVersion() {
            return 1;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(format.getClass().getName());
            format.writeConfiguration(out);
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
                throws IOException {
            String name = in.readUTF();
            try {
                Class<?> type = Class.forName(name, true, classLoader);
                if (!BinaryFormat.class.isAssignableFrom(type)) {
                    throw new IOException(name + " in the savepoint is not a state format");
                }
                @SuppressWarnings("unchecked")
                BinaryFormat<T> read =
                        (BinaryFormat<T>) type.getDeclaredConstructor().newInstance();
                format = read.configured(in);
            } catch (ReflectiveOperationException e) {
                throw new IOException("state format " + name + " of the savepoint is not here", e);
            }
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return new BinarySerializer<>(format);
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
                TypeSerializerSnapshot<T> old) {
            if (!(old instanceof Snapshot<T> that)
                    || !that.format.getClass().equals(format.getClass())) {
                return TypeSerializerSchemaCompatibility.incompatible();
            }
            format.requireCompatible(that.format);
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
    }
}
