package io.pidstream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.avro.Alert;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.Modality;
import io.pidstream.format.UndecodableException;
import io.pidstream.testing.FullRecords;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordsTest {
    private static final Modality MOX = new Modality("mox", List.of("CO", "NOx"));

    private static final KafkaSettings SETTINGS =
            new KafkaSettings(
                    "127.0.0.1:9092",
                    "x.",
                    KafkaSettings.Delivery.EXACTLY_ONCE,
                    KafkaSettings.Encoding.JSON,
                    null,
                    Map.of());

    @ParameterizedTest
    @ValueSource(
            classes = {
                Prediction.class,
                Explanation.class,
                Alert.class,
                DeadLetter.class,
                Reading.class,
                Label.class
            })
    void aRecordWithEveryFieldComesBack(Class<? extends SpecificRecordBase> type) throws Exception {
        comesBack(type);
    }

    private static <T extends SpecificRecordBase> void comesBack(Class<T> type) throws Exception {
        ValueCodec<T> codec = ValueCodec.of(type, SETTINGS, "x.t", List.of());
        T full = FullRecords.of(type);
        if (full instanceof Prediction prediction) {
            several(prediction.getExplanation());
        } else if (full instanceof Explanation explanation) {
            several(explanation);
        }
        byte[] written = codec.encode(full);
        assertThat(written).startsWith('{');
        T read = codec.decode(written);
        assertThat(new String(codec.encode(read), UTF_8)).isEqualTo(new String(written, UTF_8));
        assertThat(read).isEqualTo(full);
    }

    /** The targets are only written if there are several, and a reason if there is one. */
    private static void several(Explanation explanation) {
        explanation.setTargets(List.of("t", "u"));
        if (explanation.getStatus() == ExplanationStatus.OK) {
            explanation.setReason(null);
        } else {
            explanation.setOptimalityGap(0);
        }
    }

    @Test
    void theRecordsThatOnlyPidstreamReadsStayInAvro() {
        for (Class<? extends SpecificRecordBase> type :
                List.of(ModelVersion.class, TrainingSample.class)) {
            assertThat(bytes(type)).startsWith(0xC3, 0x01);
        }
    }

    private static <T extends SpecificRecordBase> byte[] bytes(Class<T> type) {
        return ValueCodec.of(type, SETTINGS, "x.t").encode(FullRecords.of(type));
    }

    @Test
    void whoeverWritesAvroReadsJsonTooAndTheOtherWayRound() throws Exception {
        Label label = FullRecords.of(Label.class);
        ValueCodec<Label> json = ValueCodec.of(Label.class, SETTINGS, "x.labels");
        ValueCodec<Label> avro = ValueCodec.of(Label.class);
        assertThat(avro.decode(json.encode(label))).isEqualTo(label);
        assertThat(json.decode(avro.encode(label))).isEqualTo(label);
    }

    @Test
    void aReadingMayNameItsChannels() throws Exception {
        ValueCodec<Reading> codec = ValueCodec.of(Reading.class, SETTINGS, "x.r", List.of(MOX));
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        Reading expected = new Reading("a", "mox", time, Arrays.asList(null, 2.5));
        for (String text :
                List.of(
                        "{'asset':'a','modality':'mox','time':'2026-01-01T00:00:00Z','values':[null,2.5]}",
                        "{'asset':'a','modality':'mox','time':1767225600000,'values':{'NOx':2.5}}",
                        "{'asset':'a','time':1767225600000,'values':{'NOx':2.5,'CO':null}}")) {
            assertThat(codec.decode(json(text))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'asset':'a','time':1,'values':{'C0':1}}|values has C0; expected channels of mox:"
                        + " CO, NOx",
                "{'asset':'a','time':1,'values':[1,'x']}|values[1] is \"x\"; expected a number or"
                        + " null",
                "{'asset':'a','time':1,'values':7}|values is 7; expected an array",
                "{'asset':'a','time':'noon','values':[]}|time is \"noon\"; expected a time such as"
                        + " 2024-01-31T12:00:00Z, or milliseconds since 1970",
                "{'asset':7,'time':1,'values':[]}|asset is 7; expected a text",
                "{'time':1,'values':[]}|asset is missing; expected a text",
            })
    void whatDoesNotFitIsNamed(String text, String problem) {
        ValueCodec<Reading> codec = ValueCodec.of(Reading.class, SETTINGS, "x.r", List.of(MOX));
        assertThatThrownBy(() -> codec.decode(json(text)))
                .isInstanceOf(UndecodableException.class)
                .hasMessage(problem);
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
