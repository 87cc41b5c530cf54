package io.pidstream.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.event.PlacedLabel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant TIME = NOW.minus(Duration.ofHours(1));
    private static final byte[] KEY = {1, 2};
    private static final byte[] VALUE = {3, 4, 5};
    private static final Origin ORIGIN =
            new Origin("readings.mox", 0, 17, 99, KEY, VALUE, Map.of("trace", new byte[] {6}));

    private final Admission admission =
            new Admission(
                    new Modalities(
                            List.of(
                                    new Modality("mox", List.of("PT08", "S2")),
                                    new Modality("env", List.of("T")))),
                    List.of("y"),
                    Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void wantsOneValuePerTarget() {
        assertThat(refused(new Label("a", TIME, TIME, 1.0, List.of(2.0))))
                .isEqualTo(DeadLetterReason.WRONG_CHANNEL_COUNT);
    }

    @Test
    void letsAValidReadingIn() {
        Reading reading = reading("a", "mox", TIME, 1.0, -1e100);

        assertThat(admission.admit(reading, "mox", ORIGIN).reading()).isSameAs(reading);
    }

    @Test
    void letsAReadingWithoutAnyValueIn() {
        Reading reading = reading("a", "mox", TIME, null, null);

        assertThat(admission.admit(reading, "mox", ORIGIN).reading()).isSameAs(reading);
    }

    @Test
    void letsAValidLabelInWithItsPlace() {
        Label label = new Label("a", TIME, TIME, 2.5, List.of());

        assertThat(admission.admit(label, ORIGIN).placed())
                .isEqualTo(new PlacedLabel(label, "readings.mox", 0, 17));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void refusesAnEmptyAsset(String asset) {
        assertThat(refused(reading(asset, "mox", TIME, 1.0, 1.0)))
                .isEqualTo(DeadLetterReason.EMPTY_ASSET);
        assertThat(refused(new Label(asset, TIME, TIME, 1.0, List.of())))
                .isEqualTo(DeadLetterReason.EMPTY_ASSET);
    }

    @Test
    void refusesTheNameOfTheFleet() {
        assertThat(refused(reading("*", "mox", TIME, 1.0, 1.0))).isEqualTo(DeadLetterReason.OTHER);
    }

    @Test
    void refusesAnAssetThatStateCouldNotHoldAndQuotesOnlyItsBeginning() {
        DeadLetter letter = letter(reading("x".repeat(70_000), "mox", TIME, 1.0, 1.0));

        assertThat(letter.getReason()).isEqualTo(DeadLetterReason.OUT_OF_RANGE);
        assertThat(letter.getDetail()).contains("70000 characters").hasSizeLessThan(200);
    }

    @Test
    void refusesAModalityThatIsNotConfigured() {
        DeadLetter letter = admission.admit(reading("a", "sonar", TIME, 1.0), ORIGIN).deadLetter();

        assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNKNOWN_MODALITY);
        assertThat(letter.getDetail())
                .isEqualTo(
                        "readings.mox, partition 0, offset 17: modality is 'sonar';"
                                + " expected one of mox, env");
    }

    @Test
    void refusesAModalityOnAnothersTopic() {
        DeadLetter letter = letter(reading("a", "env", TIME, 1.0));

        assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNKNOWN_MODALITY);
        assertThat(letter.getDetail())
                .endsWith("modality is 'env'; expected mox, the modality of this topic");
    }

    @Test
    void refusesAWrongNumberOfChannels() {
        DeadLetter letter = letter(reading("a", "mox", TIME, 1.0));

        assertThat(letter.getReason()).isEqualTo(DeadLetterReason.WRONG_CHANNEL_COUNT);
        assertThat(letter.getDetail())
                .endsWith("modality mox has 1 values; expected 2, one per channel");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNotFinite(double value) {
        DeadLetter letter = letter(reading("a", "mox", TIME, value, 1.0));

        assertThat(letter.getReason()).isEqualTo(DeadLetterReason.NOT_FINITE);
        assertThat(letter.getDetail())
                .isEqualTo(
                        "readings.mox, partition 0, offset 17: channel PT08 is "
                                + value
                                + "; expected a finite number, or null for a missing value");
        assertThat(
                        admission
                                .admit(new Label("a", TIME, TIME, value, List.of()), ORIGIN)
                                .deadLetter())
                .satisfies(
                        label -> {
                            assertThat(label.getReason()).isEqualTo(DeadLetterReason.NOT_FINITE);
                            assertThat(label.getDetail())
                                    .endsWith("value is " + value + "; expected a finite number");
                        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e300, -1e300, 1.1e100})
    void refusesWhatWouldOverflow(double value) {
        DeadLetter letter = letter(reading("a", "mox", TIME, 1.0, value));

        assertThat(letter.getReason()).isEqualTo(DeadLetterReason.OUT_OF_RANGE);
        assertThat(letter.getDetail()).contains("channel S2 is " + value);
        assertThat(refused(new Label("a", TIME, TIME, value, List.of())))
                .isEqualTo(DeadLetterReason.OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999Z", "2026-03-02T12:00:00.001Z"})
    void refusesAnAbsurdTime(String text) {
        Instant time = Instant.parse(text);

        assertThat(letter(reading("a", "mox", time, 1.0, 1.0)))
                .satisfies(
                        letter -> {
                            assertThat(letter.getReason())
                                    .isEqualTo(DeadLetterReason.TIME_OUT_OF_RANGE);
                            assertThat(letter.getDetail())
                                    .contains("time is " + time)
                                    .contains("2026-03-02T12:00:00Z");
                        });
        assertThat(refused(new Label("a", time, TIME, 1.0, List.of())))
                .isEqualTo(DeadLetterReason.TIME_OUT_OF_RANGE);
        assertThat(
                        admission
                                .admit(new Label("a", TIME, time, 1.0, List.of()), ORIGIN)
                                .deadLetter()
                                .getDetail())
                .contains("recordedAt is " + time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-03-02T12:00:00Z"})
    void letsTheEarliestAndTheLatestTimeIn(String text) {
        Reading reading = reading("a", "mox", Instant.parse(text), 1.0, 1.0);

        assertThat(admission.admit(reading, ORIGIN).reading()).isSameAs(reading);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void refusesTimesAtTheEndsOfTheRange(long millis) {
        assertThat(refused(reading("a", "mox", Instant.ofEpochMilli(millis), 1.0, 1.0)))
                .isEqualTo(DeadLetterReason.TIME_OUT_OF_RANGE);
    }

    @Test
    void refusesALabelThatWasKnownBeforeItsTime() {
        DeadLetter letter =
                admission
                        .admit(new Label("a", TIME, TIME.minusMillis(1), 1.0, List.of()), ORIGIN)
                        .deadLetter();

        assertThat(letter.getReason()).isEqualTo(DeadLetterReason.LABEL_BEFORE_ITS_TIME);
        assertThat(letter.getDetail()).contains(TIME.minusMillis(1) + "").contains(TIME + "");
    }

    @Test
    void keepsTheOriginalBytesAndWhereTheyCameFrom() {
        DeadLetter letter = letter(reading("", "mox", TIME, 1.0, 1.0));

        assertThat(letter.getTopic()).isEqualTo("readings.mox");
        assertThat(letter.getPartition()).isZero();
        assertThat(letter.getOffset()).isEqualTo(17);
        assertThat(letter.getTimestamp()).isEqualTo(Instant.ofEpochMilli(99));
        assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(KEY));
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(VALUE));
        assertThat(letter.getHeaders()).isEqualTo(Map.of("trace", ByteBuffer.wrap(new byte[] {6})));
    }

    @Test
    void saysTheLineOfAFile() {
        Origin line = Origin.line("air.csv", 0, 17, "2004-03-10,NaN");
        DeadLetter letter =
                admission.admit(reading("a", "env", TIME, Double.NaN), line).deadLetter();

        assertThat(letter.getPartition()).isEqualTo(-1);
        assertThat(letter.getDetail()).startsWith("air.csv, line 17: channel T is NaN");
        assertThat(letter.getKey()).isNull();
        assertThat(new String(letter.getValue().array(), StandardCharsets.UTF_8))
                .isEqualTo("2004-03-10,NaN");
    }

    @Test
    void travelsToTheTaskManager() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(admission);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Admission copy = (Admission) in.readObject();
            Reading reading = reading("a", "mox", TIME, 1.0, 1.0);
            assertThat(copy.admit(reading, ORIGIN)).isEqualTo(admission.admit(reading, ORIGIN));
        }
    }

    private DeadLetter letter(Reading reading) {
        return admission.admit(reading, "mox", ORIGIN).deadLetter();
    }

    private DeadLetterReason refused(Reading reading) {
        return letter(reading).getReason();
    }

    private DeadLetterReason refused(Label label) {
        return admission.admit(label, ORIGIN).deadLetter().getReason();
    }

    private static Reading reading(String asset, String modality, Instant time, Double... values) {
        return new Reading(
                asset, modality, time, Collections.unmodifiableList(Arrays.asList(values)));
    }
}
