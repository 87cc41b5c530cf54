package io.pidstream.state;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import io.pidstream.format.Versions;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's type information of a type that a {@link Format} writes. */
public final class FormatType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1;

    private final Format<T> format;

    private FormatType(Format<T> format) {
        this.format = Objects.requireNonNull(format);
    }

    /**
     * The type of a format.
     *
     * @throws IllegalArgumentException if a restore would not find the format by its name
     */
    public static <T> TypeInformation<T> of(Format<T> format) {
        if (!FormatCatalog.all().containsKey(format.part().name())) {
            throw new IllegalArgumentException(format.part() + " is not in any format catalog");
        }
        return new FormatType<>(format);
    }

    /** The type of lists of a format's values. */
    public static <T> TypeInformation<List<T>> listOf(Format<T> format) {
        return Types.LIST(of(format));
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return format.type();
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new FormatSerializer<>(format, Versions.CURRENT);
    }

    @Override
    public String toString() {
        return format.type().getSimpleName();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FormatType<?> that
                && format.part().name().equals(that.format.part().name());
    }

    @Override
    public int hashCode() {
        return format.part().name().hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof FormatType;
    }
}
