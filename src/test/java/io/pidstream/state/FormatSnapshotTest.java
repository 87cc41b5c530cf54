package io.pidstream.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.event.BinarySerializer;
import io.pidstream.format.Format;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.Test;

class FormatSnapshotTest {
    private static final Format<EvolvingFormats.Evolving> EVOLVING = EvolvingFormats.EVOLVING;

    /** A snapshot as a savepoint has it. */
    private static FormatSnapshot<Object> written(String name, Map<String, Integer> versions)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(name);
        out.writeShort(versions.size());
        for (Map.Entry<String, Integer> part : versions.entrySet()) {
            out.writeUTF(part.getKey());
            out.writeShort(part.getValue());
        }
        FormatSnapshot<Object> snapshot = new FormatSnapshot<>(EvolvingFormats::named);
        snapshot.readSnapshot(
                1,
                new DataInputDeserializer(out.getCopyOfBuffer()),
                FormatSnapshotTest.class.getClassLoader());
        return snapshot;
    }

    @Test
    void aFormerVersionIsReadAndThenMigrated() throws IOException {
        FormatSnapshot<Object> old = written("test/evolving", Map.of("test/evolving", 1));
        DataOutputSerializer value = new DataOutputSerializer(16);
        value.writeUTF("abc");

        Object read =
                old.restoreSerializer()
                        .deserialize(new DataInputDeserializer(value.getCopyOfBuffer()));
        TypeSerializerSchemaCompatibility<?> compatibility = compatibility(EVOLVING, old);

        assertThat(read).isEqualTo(new EvolvingFormats.Evolving("abc", 3, "none"));
        assertThat(compatibility.isCompatibleAfterMigration()).isTrue();
    }

    @Test
    void theCurrentVersionIsReadUnchanged() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        new FormatSnapshot<>(EVOLVING).writeSnapshot(out);
        FormatSnapshot<EvolvingFormats.Evolving> read =
                new FormatSnapshot<>(EvolvingFormats::named);
        read.readSnapshot(
                1, new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

        assertThat(new FormatSnapshot<>(EVOLVING).resolveSchemaCompatibility(read))
                .matches(TypeSerializerSchemaCompatibility::isCompatibleAsIs);
        assertThat(read.restoreSerializer()).isEqualTo(new FormatSerializer<>(EVOLVING, null));
    }

    @Test
    void stateOfALaterProgramIsRefusedInOneSentence() {
        Map<String, Integer> later = new LinkedHashMap<>();
        later.put("test/evolving", 3);

        assertThatThrownBy(() -> written("test/evolving", later))
                .isInstanceOf(StateRefusedException.class)
                .hasMessage(
                        "the state has test/evolving in version 3, this program reads versions up"
                                + " to 2: the state was written by a later program");
        assertThatThrownBy(() -> written("test/unheard-of", Map.of("test/unheard-of", 1)))
                .isInstanceOf(StateRefusedException.class)
                .hasMessage(
                        "the state has a test/unheard-of, which this program does not know: the"
                                + " state was written by a later program");
    }

    @Test
    void stateUnderAnotherNameOrConfigurationIsRefused() throws IOException {
        FormatSnapshot<Object> evolving = written("test/evolving", Map.of("test/evolving", 1));

        assertThatThrownBy(() -> compatibility(new EvolvingFormats.Configured(1), evolving))
                .isInstanceOf(StateRefusedException.class)
                .hasMessage("the state has a test/evolving, expected a test/configured");
        assertThatThrownBy(
                        () ->
                                new FormatSnapshot<>(new EvolvingFormats.Configured(2))
                                        .resolveSchemaCompatibility(
                                                new FormatSnapshot<>(
                                                        new EvolvingFormats.Configured(1))))
                .isInstanceOf(StateRefusedException.class)
                .hasMessage("size: the state has 1, the settings say 2");
    }

    @Test
    void stateFromBeforeFormatsHadNamesIsRefusedInOneSentence() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(BinarySerializer.Snapshot.class.getName());
        out.writeInt(1);
        out.writeUTF("io.pidstream.learn.ForecastFormat");

        assertThat(BinarySerializer.Snapshot.class.getName())
                .isEqualTo("io.pidstream.event.BinarySerializer$Snapshot");
        assertThatThrownBy(
                        () ->
                                TypeSerializerSnapshot.readVersionedSnapshot(
                                        new DataInputDeserializer(out.getCopyOfBuffer()),
                                        getClass().getClassLoader()))
                .isInstanceOf(StateRefusedException.class)
                .hasMessageContaining("by pidstream 0.1")
                .hasMessageContaining("start without it");
    }

    @Test
    void aRefusalIsNotRetried() {
        assertThat(
                        ThrowableClassifier.findThrowableOfThrowableType(
                                new RuntimeException(
                                        "Error while getting state",
                                        new StateRefusedException("it does not fit")),
                                ThrowableType.NonRecoverableError))
                .isPresent();
    }

    @SuppressWarnings("unchecked")
    private static <T> TypeSerializerSchemaCompatibility<T> compatibility(
            Format<T> format, FormatSnapshot<?> old) {
        return new FormatSnapshot<>(format)
                .resolveSchemaCompatibility((TypeSerializerSnapshot<T>) old);
    }
}
