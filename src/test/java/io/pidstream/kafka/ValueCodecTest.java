package io.pidstream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Label;
import io.pidstream.avro.OneVsRest;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.avro.Reading;
import io.pidstream.format.UndecodableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class ValueCodecTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    /** The schema of a reading with one more field that has a default. */
    private static final Schema EVOLVED = evolved(Reading.getClassSchema());

    private final ValueCodec<Reading> codec = ValueCodec.of(Reading.class);

    private static Schema evolved(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(
                new Schema.Field(
                        "quality", Schema.create(Schema.Type.STRING), "Added later.", "good"));
        return Schema.createRecord(
                schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static Reading reading() {
        return new Reading("a", "mox", TIME, Arrays.asList(1.5, null, -2.0));
    }

    @Test
    void decodesWhatItEncoded() throws Exception {
        assertThat(codec.decode(codec.encode(reading()))).isEqualTo(reading());
    }

    @Test
    void decodesNestedRecordsAndEnums() throws Exception {
        Explanation explanation =
                Explanation.newBuilder()
                        .setAsset("a")
                        .setTime(TIME)
                        .setModelVersion(0)
                        .setStatus(ExplanationStatus.OK)
                        .setDefinition("mmi")
                        .setLabelledFrames(3)
                        .setEffectiveSamples(2.5)
                        .setInformation(Map.of("mox", 1.0, "env", 0.5, "mox+env", 1.25))
                        .setStandardError(Map.of())
                        .setConditional(Map.of())
                        .setShapley(Map.of())
                        .setUnique(Map.of())
                        .setOneVsRest(Map.of("mox", new OneVsRest(1.0, 2.0, 3.0, 4.0)))
                        .build();
        Prediction prediction =
                new Prediction(
                        "a",
                        TIME,
                        1.0,
                        0.5,
                        1.5,
                        0L,
                        List.of("mox"),
                        Map.of("mox", 0.25),
                        0.75,
                        explanation,
                        List.of(),
                        null,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        PredictionStatus.OK);
        ValueCodec<Prediction> predictions = ValueCodec.of(Prediction.class);

        assertThat(predictions.decode(predictions.encode(prediction))).isEqualTo(prediction);
    }

    @Test
    void beginsWithTheMarkerOfSingleObjectEncoding() {
        assertThat(codec.encode(reading())).startsWith(0xC3, 0x01);
    }

    @Test
    void encodesAsAvrosOwnEncoderDoes() throws Exception {
        byte[] expected =
                new BinaryMessageEncoder<Reading>(
                                SpecificData.getForClass(Reading.class), Reading.getClassSchema())
                        .encode(reading())
                        .array();

        assertThat(codec.encode(reading())).isEqualTo(expected);
        assertThat(codec.encode(reading())).isEqualTo(expected);
    }

    @Test
    void encodesTheNextRecordWholeAfterOneThatCouldNotBe() {
        byte[] expected = codec.encode(reading());
        Reading broken = new Reading("a".repeat(100), null, TIME, List.of(1.0));

        assertThatThrownBy(() -> codec.encode(broken)).isInstanceOf(RuntimeException.class);

        assertThat(codec.encode(reading())).isEqualTo(expected);
    }

    @Test
    void readsFromALaterWriterWhatItKnows() throws Exception {
        GenericRecord later =
                new GenericRecordBuilder(EVOLVED)
                        .set("asset", "a")
                        .set("modality", "mox")
                        .set("time", TIME.toEpochMilli())
                        .set("values", Arrays.asList(1.5, null, -2.0))
                        .set("quality", "bad")
                        .build();
        byte[] bytes =
                new BinaryMessageEncoder<GenericRecord>(GenericData.get(), EVOLVED)
                        .encode(later)
                        .array();

        assertThat(ValueCodec.of(Reading.class, List.of(EVOLVED.toString())).decode(bytes))
                .isEqualTo(reading());
    }

    @Test
    void isReadByALaterReaderWithTheDefaultOfTheAddedField() throws Exception {
        BinaryMessageDecoder<GenericRecord> later =
                new BinaryMessageDecoder<>(GenericData.get(), EVOLVED);
        later.addSchema(Reading.getClassSchema());

        GenericRecord read = later.decode(codec.encode(reading()));

        assertThat(read.get("quality")).hasToString("good");
        assertThat(read.get("asset")).hasToString("a");
    }

    @Test
    void saysThatAFingerprintIsUnknown() {
        byte[] label =
                ValueCodec.of(Label.class).encode(new Label("a", TIME, TIME, 1.0, List.of()));

        UndecodableException failure =
                catchThrowableOfType(UndecodableException.class, () -> codec.decode(label));

        assertThat(failure.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
        assertThat(failure)
                .hasMessageMatching(
                        "the schema fingerprint [0-9a-f]{16} is unknown; expected that of a"
                                + " Reading");
    }

    @Test
    void saysThatBytesAreNotInTheEncoding() {
        for (byte[] bytes : new byte[][] {{}, {1, 2, 3}, "not avro".getBytes(UTF_8)}) {
            UndecodableException failure =
                    catchThrowableOfType(UndecodableException.class, () -> codec.decode(bytes));
            assertThat(failure.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
            assertThat(failure).hasMessageContaining(bytes.length + " bytes");
        }
    }

    @Test
    void saysThatThereAreMoreBytesThanTheRecordHas() {
        byte[] bytes = codec.encode(reading());

        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .hasMessageContaining("continue after the Reading");
        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length - 1)))
                .hasMessageContaining("do not hold a whole Reading");
    }

    @Test
    void saysThatThereIsNoValue() {
        assertThatThrownBy(() -> codec.decode(null)).hasMessageContaining("there is no value");
    }

    @Property(tries = 300, seed = "1")
    void neverFailsOtherwiseThanBySayingThatTheBytesAreUndecodable(
            @ForAll @Size(max = 40) byte[] garbage) {
        byte[] bytes = Arrays.copyOf(codec.encode(reading()), 10 + garbage.length);
        System.arraycopy(garbage, 0, bytes, 10, garbage.length);
        try {
            assertThat(codec.decode(bytes)).isInstanceOf(Reading.class);
        } catch (UndecodableException e) {
            assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
        }
    }

    @Test
    void doesNotTakeTheMemoryThatBrokenBytesClaimToNeed() {
        // A string of 2^30 bytes, and an asset, a modality, a time and 2^30 null values.
        byte[] longString = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08};
        byte[] longArray = {
            2, 'a', 2, 'm', 0, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8
        };
        for (byte[] body : List.of(longString, longArray)) {
            byte[] bytes = Arrays.copyOf(codec.encode(reading()), 10 + body.length);
            System.arraycopy(body, 0, bytes, 10, body.length);
            assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(UndecodableException.class);
        }
    }

    @Test
    void travelsToTheTaskManager() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(ValueCodec.of(Reading.class, List.of(EVOLVED.toString())));
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            ValueCodec<Reading> copy = (ValueCodec<Reading>) in.readObject();
            assertThat(copy.decode(codec.encode(reading()))).isEqualTo(reading());
        }
    }
}
