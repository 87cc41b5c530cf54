package io.pidstream.state;

import io.pidstream.format.Format;
import io.pidstream.format.FormatException;
import io.pidstream.format.Versions;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Flink's serializer over a {@link Format}: no reflection, no Kryo, no Java serialisation of
 * values. It writes the format's newest version and reads the versions that it is constructed with.
 */
final class FormatSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1;

    private final Format<T> format;

    /** Null for the versions of this program, so that it need not be serialized. */
    private final transient Versions written;

    FormatSerializer(Format<T> format, Versions written) {
        this.format = format;
        this.written = written;
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
        try {
            return format.read(source, written == null ? Versions.CURRENT : written);
        } catch (FormatException e) {
            throw new StateRefusedException(e.getMessage(), e);
        }
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        format.write(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FormatSerializer<?> that
                && format.part().name().equals(that.format.part().name());
    }

    @Override
    public int hashCode() {
        return format.part().name().hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new FormatSnapshot<>(format);
    }
}
