package io.pidstream.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.admit.AdmitSamples;
import io.pidstream.alert.AlertSamples;
import io.pidstream.align.AlignSamples;
import io.pidstream.event.EventSamples;
import io.pidstream.forecast.ForecastSamples;
import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import io.pidstream.join.JoinSamples;
import io.pidstream.learn.LearnSamples;
import io.pidstream.promote.PromoteSamples;
import io.pidstream.testing.GoldenFiles;
import io.pidstream.testing.StateSamples;
import io.pidstream.train.TrainSamples;
import io.pidstream.version.ModelArtefact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every format of state writes the same bytes as ever, and reads all that it has ever written.
 *
 * <p>A golden file {@code <name>-<version>.bin} has what a savepoint has: the serializer's
 * snapshot, then values. It is written once, with the format's version, and never again. The file
 * {@code <name>-<version>.fields} has the fields that values consisted of.
 */
class GoldenStateTest {
    private static final Path ROOT = GoldenFiles.path("state");
    private static final Map<Format<?>, List<Object>> SAMPLES = samples();

    private static Map<Format<?>, List<Object>> samples() {
        StateSamples samples = new StateSamples();
        AdmitSamples.add(samples);
        AlertSamples.add(samples);
        AlignSamples.add(samples);
        EventSamples.add(samples);
        ForecastSamples.add(samples);
        JoinSamples.add(samples);
        LearnSamples.add(samples);
        PromoteSamples.add(samples);
        TrainSamples.add(samples);
        return samples.byFormat();
    }

    static Stream<Format<?>> formats() {
        return SAMPLES.keySet().stream();
    }

    static Stream<Path> goldenFiles() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void everyFormatOfTheProgramHasASample() {
        assertThat(formats().map(format -> format.part().name()))
                .containsExactlyInAnyOrderElementsOf(FormatCatalog.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void writesTheBytesOfItsVersion(Format<?> format) throws IOException {
        Path file = golden(format, ".bin");
        byte[] bytes = bytes(format, SAMPLES.get(format));
        if (GoldenFiles.areWritten()) {
            GoldenFiles.writeNew(file, bytes);
        }

        assertThat(file)
                .as(
                        "there are no bytes of %s yet. If it is a new version whose reader knows"
                                + " the former ones: %s",
                        format.part(), GoldenFiles.command(GoldenStateTest.class))
                .exists();
        assertThat(Files.readAllBytes(file))
                .as(
                        "the bytes of %s have changed: raise its version, and that of whatever lies"
                                + " in it, and let the reader read the former version as well",
                        format.part())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void consistsOfTheFieldsOfItsVersion(Format<?> format) throws IOException {
        Path file = golden(format, ".fields");
        String fields = FieldsOf.values(SAMPLES.get(format));
        if (GoldenFiles.areWritten()) {
            GoldenFiles.write(file, fields);
        }

        assertThat(file).exists();
        assertThat(fields)
                .as(
                        "the fields of %s have changed. One that is part of the state needs a new"
                                + " version; one that is not is transient, or was renamed: %s",
                        format.part(), GoldenFiles.command(GoldenStateTest.class))
                .isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void readsEveryVersionThereEverWas(Path file) throws IOException {
        List<Object> values = read(new DataInputDeserializer(Files.readAllBytes(file)));
        String name = ROOT.relativize(file).toString().replaceAll("-\\d+\\.bin$", "");
        Format<?> format =
                formats().filter(f -> f.part().name().equals(name)).findFirst().orElseThrow();

        // What is read is written in the present version, as the samples are. State of a former
        // version may have learned less: what becomes of it is golden too.
        byte[] now = bytes(format, values);
        if (file.equals(golden(format, ".bin"))) {
            assertThat(now).isEqualTo(bytes(format, SAMPLES.get(format)));
        } else {
            assertBecomes(file, format, now);
            assertThat(bytes(format, readAgain(format, values))).isEqualTo(now);
        }
        assertThat(values).hasSameSizeAs(SAMPLES.get(format));
    }

    /** The digest of what state of a former version is in the present one. */
    private static void assertBecomes(Path file, Format<?> format, byte[] now) throws IOException {
        String ending = ".as-%d.sha256".formatted(format.part().version());
        Path digest = Path.of(file.toString().replaceAll("\\.bin$", ending));
        String sha256 = ModelArtefact.sha256(now) + "\n";
        if (GoldenFiles.areWritten()) {
            GoldenFiles.writeNew(digest, sha256.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(digest)
                .as("%s: %s", file, GoldenFiles.command(GoldenStateTest.class))
                .hasContent(sha256);
    }

    private static List<Object> readAgain(Format<?> format, List<Object> values)
            throws IOException {
        return read(new DataInputDeserializer(bytes(format, values)));
    }

    private static List<Object> read(DataInputDeserializer in) throws IOException {
        TypeSerializerSnapshot<Object> written =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        in, GoldenStateTest.class.getClassLoader());
        TypeSerializer<Object> reader = written.restoreSerializer();
        List<Object> values = new ArrayList<>();
        while (in.available() > 0) {
            values.add(reader.deserialize(in));
        }
        return values;
    }

    private static Path golden(Format<?> format, String ending) {
        return ROOT.resolve(format.part().name() + "-" + format.part().version() + ending);
    }

    @SuppressWarnings("unchecked")
    private static byte[] bytes(Format<?> format, List<Object> values) throws IOException {
        Format<Object> typed = (Format<Object>) format;
        DataOutputSerializer out = new DataOutputSerializer(1 << 12);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, new FormatSnapshot<>(typed));
        for (Object value : values) {
            typed.write(value, out);
        }
        return out.getCopyOfBuffer();
    }
}
