package io.pidstream.testing;

import io.pidstream.format.Format;
import io.pidstream.state.FormatType;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's serializers over formats, as harnesses want them for their output. */
public final class Serializers {
    private Serializers() {}

    public static <T> TypeSerializer<T> of(Format<T> format) {
        return FormatType.of(format).createSerializer(new SerializerConfigImpl());
    }
}
