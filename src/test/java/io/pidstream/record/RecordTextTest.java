package io.pidstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TargetPrediction;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.Modality;
import io.pidstream.format.AvroTrust;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordTextTest {
    static {
        AvroTrust.establish();
    }

    private static final Instant TIME = Instant.parse("2004-03-10T18:00:00Z");

    private final RecordText text =
            new RecordText(
                    List.of(
                            new Modality("mox", List.of("s1", "s2")),
                            new Modality("env", List.of("t"))),
                    List.of("co", "no2"));
    private final RecordText nameless = new RecordText(List.of(), List.of());

    private static Prediction prediction() {
        Prediction prediction = new Prediction();
        prediction.setAsset("site-1");
        prediction.setTime(TIME);
        prediction.setPrediction(2.5);
        prediction.setLower(1.5);
        prediction.setUpper(3.5);
        prediction.setPresent(List.of("mox"));
        prediction.setContributions(Map.of("env", 0.0, "mox", 1.0));
        prediction.setBaseline(1.5);
        prediction.setFurther(List.of());
        prediction.setIntervals(List.of());
        prediction.setChannels(Map.of());
        prediction.setYardsticks(Map.of());
        prediction.setStatus(PredictionStatus.OK);
        return prediction;
    }

    @Test
    void aPredictionSaysWhatMovedItAndWhatWasAbsent() {
        assertThat(text.prediction(prediction()))
                .containsExactly(
                        "2004-03-10 18:00:00",
                        "site-1",
                        "2.500",
                        "1.500 … 3.500",
                        "1.500",
                        "mox +1.000  env absent",
                        "0");
    }

    @Test
    void aPredictionOfSeveralTargetsShowsThemAllByName() {
        Prediction prediction = prediction();
        prediction.setContributions(Map.of("mox", 1.0));
        prediction.setFurther(
                List.of(
                        new TargetPrediction(
                                "no2",
                                70.0,
                                60.0,
                                180.0,
                                Map.of("mox", -8.0),
                                62.0,
                                null,
                                List.of(),
                                Map.of(),
                                Map.of())));
        assertThat(text.prediction(prediction).subList(2, 6))
                .containsExactly(
                        "co 2.500 | no2 70.00",
                        "1.500 … 3.500 | 60.00 … 180.0",
                        "1.500 | 62.00",
                        "mox +1.000 | mox -8.000");
        assertThat(nameless.prediction(prediction).get(2)).isEqualTo("2.500 | no2 70.00");
    }

    @Test
    void anExplanationSaysHowMuchIsKnownInPartsAndShares() {
        Explanation explanation =
                Explanation.newBuilder()
                        .setAsset("*")
                        .setTime(TIME.plusMillis(250))
                        .setModelVersion(0)
                        .setStatus(ExplanationStatus.OK)
                        .setDefinition("mmi")
                        .setLabelledFrames(200)
                        .setEffectiveSamples(150.4)
                        .setInformation(Map.of("env", 0.2, "mox", 1.61, "mox+env", 1.72))
                        .setStandardError(Map.of("mox+env", 0.02))
                        .setConditional(Map.of("mox", 1.52, "env", 0.11))
                        .setShapley(Map.of("mox", 1.29, "env", 0.43))
                        .setUnique(Map.of("env", 0.0, "mox", 1.41))
                        .setRedundant(0.2)
                        .setSynergistic(0.11)
                        .setOneVsRest(Map.of())
                        .build();
        assertThat(text.explanation(explanation))
                .containsExactly(
                        "2004-03-10 18:00:00.250",
                        "*",
                        "1.720 ± 0.020",
                        "unique mox 1.410  unique env 0.000  redundant 0.200  synergistic 0.110",
                        "mox 75 %  env 25 %",
                        "150");
        explanation.setStatus(ExplanationStatus.UNDEFINED);
        explanation.setReason("too few samples");
        assertThat(text.explanation(explanation).subList(2, 5))
                .containsExactly("-", "UNDEFINED: too few samples", "-");
    }

    @Test
    void anAlertIsToldWhenItOpensAndWhenItIsOver() {
        Alert alert =
                Alert.newBuilder()
                        .setId("a-1")
                        .setKind("CONTRIBUTION_SHIFT")
                        .setState(AlertState.OPEN)
                        .setAsset("site-1")
                        .setModality("mox")
                        .setDirection("DOWN")
                        .setChangeTime(TIME)
                        .setOpenedAt(TIME.plusSeconds(7200))
                        .setMessage("site-1: mox contributes less")
                        .build();
        assertThat(RecordText.alert(alert))
                .containsExactly(
                        "2004-03-10 20:00:00",
                        "OPEN",
                        "CONTRIBUTION_SHIFT",
                        "site-1",
                        "mox down",
                        "2004-03-10 18:00:00",
                        "mox contributes less");
        alert.setState(AlertState.RESOLVED);
        alert.setResolvedAt(TIME.plusSeconds(9000));
        alert.setResolution("back at the earlier level");
        assertThat(RecordText.alert(alert).get(0)).isEqualTo("2004-03-10 20:30:00");
        assertThat(RecordText.alert(alert).get(6))
                .isEqualTo("over after 30m: back at the earlier level");
        alert.setChannel("mox.s1");
        alert.setDirection(null);
        assertThat(RecordText.alert(alert).get(4)).isEqualTo("mox.s1");
    }

    @Test
    void aLabelSaysHowLateItCame() {
        Label label = new Label("site-1", TIME, TIME.plusMillis(500), 2.5, List.of(70.0));
        assertThat(text.label(label).subList(2, 4)).containsExactly("co 2.500 | no2 70.00", "0.5s");
        label.setFurther(List.of());
        assertThat(text.label(label).get(2)).isEqualTo("2.500");
    }

    @Test
    void aReadingNamesItsChannels() {
        Reading reading = new Reading("site-1", "mox", TIME, Arrays.asList(1.0, null));
        assertThat(text.reading(reading).get(3)).isEqualTo("s1 1.000  s2 -");
        assertThat(nameless.reading(reading).get(3)).isEqualTo("1.000 -");
        reading.setValues(List.of(1.0));
        assertThat(text.reading(reading).get(3)).isEqualTo("1.000");
    }

    @Test
    void aSampleNamesItsModalitiesAndSaysWhetherItWasPredicted() {
        TrainingSample sample = new TrainingSample();
        sample.setAsset("site-1");
        sample.setTime(TIME);
        sample.setTarget(2.5);
        sample.setFurther(List.of());
        sample.setFurtherPredictions(List.of());
        sample.setModelVersion(0L);
        sample.setValues(Arrays.asList(1.0, 200.0, null));
        assertThat(text.trainingSample(sample).get(3)).isEqualTo("-");
        assertThat(text.trainingSample(sample).get(5)).isEqualTo("mox 1.000 200.0 | env absent");
        assertThat(nameless.trainingSample(sample).get(5)).isEqualTo("1.000 200.0 -");
        sample.setPrediction(2.25);
        assertThat(text.trainingSample(sample).get(3)).isEqualTo("2.250");
    }

    @Test
    void aDeadLetterSaysWhoseItIsAndFromWhere() {
        DeadLetter letter =
                DeadLetter.newBuilder()
                        .setTopic("air.labels")
                        .setPartition(1)
                        .setOffset(17)
                        .setTimestamp(TIME)
                        .setReason(DeadLetterReason.NOT_FINITE)
                        .setDetail("the value is NaN")
                        .setKey(ByteBuffer.wrap("site-1".getBytes(StandardCharsets.UTF_8)))
                        .build();
        assertThat(RecordText.deadLetter(letter))
                .containsExactly(
                        "2004-03-10 18:00:00",
                        "NOT_FINITE",
                        "site-1",
                        "air.labels-1@17",
                        "the value is NaN");
        assertThat(letter.getKey().remaining()).as("still there for others").isEqualTo(6);
    }

    @Test
    void rowsAreOneLineEachAndNumbersEndTogether() {
        Columns columns = new Columns(true);
        columns.fit(List.of("asset-10", "10.25", ""));
        assertThat(columns.line(List.of("ASSET", "VALUE", "WHY")))
                .isEqualTo("ASSET     VALUE  WHY");
        assertThat(columns.line(List.of("a\n\u001b[31m", "2.50", "x")))
                .isEqualTo("a [31m     2.50  x");
        assertThat(columns.line(List.of("b", "-", "x"))).isEqualTo("b         -      x");
    }
}
