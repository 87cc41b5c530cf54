package io.pidstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Origin;
import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertBlock;
import io.pidstream.avro.AlertMeasure;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.OneVsRest;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.avro.Reading;
import io.pidstream.event.Modality;
import io.pidstream.testing.SiteRecords;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    private static final Instant TIME = SiteRecords.TIME;
    private static final String EXPLANATION =
            "{\"asset\":\"site-1\",\"definition\":\"mmi\",\"unit\":\"bit\","
                    + "\"effectiveSamples\":150.5,"
                    + "\"information\":{\"mox\":1.61,\"env\":0.2,\"mox+env\":1.72},"
                    + "\"standardError\":{\"mox\":0.02,\"env\":0.01,\"mox+env\":0.02},"
                    + "\"conditional\":{\"mox\":1.52,\"env\":0.11},"
                    + "\"shapley\":{\"mox\":1.56,\"env\":0.16},"
                    + "\"atoms\":{\"unique\":{\"mox\":1.41,\"env\":0.0},"
                    + "\"redundant\":0.2,\"synergistic\":0.11},"
                    + "\"time\":\"2004-03-10T18:00:00Z\",\"status\":\"OK\",\"modelVersion\":0,"
                    + "\"labelledFrames\":200,\"notes\":[]}";

    private final RecordJson json = new RecordJson(List.of("mox", "env", "air"));

    @Test
    void writesAnExplanationInTheOrderOfTheConfiguration() {
        assertThat(json.explanation(SiteRecords.explanation())).isEqualTo(EXPLANATION);
    }

    @Test
    void writesAPredictionWithItsExplanation() {
        assertThat(json.prediction(prediction(SiteRecords.explanation())))
                .isEqualTo(
                        "{\"asset\":\"site-1\",\"time\":\"2004-03-10T18:00:00Z\","
                                + "\"prediction\":2.5,\"lower\":1.5,\"upper\":3.5,"
                                + "\"modelVersion\":3,\"present\":[\"mox\",\"env\"],"
                                + "\"contributions\":{\"mox\":1.0,\"env\":-0.25},"
                                + "\"baseline\":1.75,\"explanation\":"
                                + EXPLANATION
                                + "}");
    }

    /** What the configuration does not have, such as a network's share, comes last. */
    @Test
    void writesChannelsInTheOrderOfTheConfiguration() {
        Prediction prediction = prediction(SiteRecords.explanation());
        prediction.setChannels(
                Map.of("env.T", 0.5, "env.RH", -0.75, "mox.z.1", 1.0, "mox.encoder", 0.25));
        RecordJson ofChannels =
                RecordJson.ofChannels(
                        List.of(
                                new Modality("mox", List.of("z.1", "a")),
                                new Modality("env", List.of("T", "RH"))));
        String mox = "{\"channel\":\"mox.z.1\",\"contribution\":1.0}";
        String encoder = "{\"channel\":\"mox.encoder\",\"contribution\":0.25}";
        String t = "{\"channel\":\"env.T\",\"contribution\":0.5}";
        String rh = "{\"channel\":\"env.RH\",\"contribution\":-0.75}";

        assertThat(ofChannels.prediction(prediction))
                .contains("\"channels\":[%s,%s,%s,%s]".formatted(mox, encoder, t, rh));
        assertThat(json.prediction(prediction))
                .as("by name where they are not known")
                .contains("\"channels\":[%s,%s,%s,%s]".formatted(rh, t, encoder, mox));
    }

    @Test
    void doesNotTakeOneExplanationForAnother() {
        Explanation other = SiteRecords.explanation();
        other.setAsset("site-2");

        assertThat(json.prediction(prediction(SiteRecords.explanation()))).contains(EXPLANATION);
        assertThat(json.prediction(prediction(other)))
                .contains(EXPLANATION.replace("site-1", "site-2"));
    }

    @Test
    void saysWhyAnExplanationIsUndefined() {
        Explanation undefined =
                new Explanation(
                        "site-1",
                        TIME,
                        0L,
                        ExplanationStatus.UNDEFINED,
                        "the target is constant",
                        "mmi",
                        3L,
                        Double.NaN,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        null,
                        null,
                        Map.of(),
                        List.of("channel T is constant"),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        0.0,
                        null,
                        null);

        assertThat(json.explanation(undefined))
                .contains("\"effectiveSamples\":null")
                .contains("\"information\":{}")
                .contains("\"atoms\":{\"unique\":{}}")
                .contains("\"status\":\"UNDEFINED\",\"reason\":\"the target is constant\"")
                .contains("\"notes\":[\"channel T is constant\"]");
    }

    @Test
    void writesOneModalityAgainstTheRestForThree() {
        Explanation three = SiteRecords.explanation();
        three.setRedundant(null);
        three.setSynergistic(null);
        three.setInformation(
                Map.of(
                        "air+env",
                        1.0,
                        "mox+air",
                        2.0,
                        "mox+env+air",
                        3.0,
                        "mox+env",
                        4.0,
                        "air",
                        5.0,
                        "env",
                        6.0,
                        "mox",
                        7.0));
        three.setOneVsRest(Map.of("air", new OneVsRest(1.0, 2.0, 3.0, 4.0)));

        assertThat(json.explanation(three))
                .contains(
                        "\"information\":{\"mox\":7.0,\"env\":6.0,\"air\":5.0,\"mox+env\":4.0,"
                                + "\"mox+air\":2.0,\"air+env\":1.0,\"mox+env+air\":3.0}")
                .contains("\"atoms\":{\"unique\":{\"mox\":1.41,\"env\":0.0}}")
                .endsWith(
                        "\"oneVsRest\":{\"air\":{\"unique\":1.0,\"rest\":2.0,\"redundant\":3.0,"
                                + "\"synergistic\":4.0}}}");
    }

    @Test
    void ordersByNameWhereThereIsNoConfiguration() {
        assertThat(new RecordJson(List.of()).explanation(SiteRecords.explanation()))
                .contains("\"information\":{\"env\":0.2,\"mox\":1.61,\"mox+env\":1.72}");
    }

    @Test
    void writesAnAlert() {
        Alert alert =
                new Alert(
                        "id-1",
                        "CONTRIBUTION_SHIFT",
                        AlertState.OPEN,
                        "site-1",
                        "mox",
                        "DOWN",
                        TIME,
                        TIME.plusSeconds(1),
                        null,
                        "mox says less",
                        Map.of("b", 2.0, "a", 1.0),
                        null,
                        "OWN_INFORMATION_FELL",
                        List.of(new AlertMeasure("share.mox", "1", 0.5, 0.4, 0.6, 0.1, 0.0, 0.2)),
                        List.of(new AlertBlock(TIME, TIME.plusSeconds(1), 0.5, false)),
                        true,
                        0L,
                        null,
                        null,
                        null,
                        null,
                        null);

        assertThat(json.alert(alert))
                .isEqualTo(
                        "{\"kind\":\"CONTRIBUTION_SHIFT\",\"asset\":\"site-1\","
                                + "\"modality\":\"mox\",\"direction\":\"DOWN\","
                                + "\"changeTime\":\"2004-03-10T18:00:00Z\","
                                + "\"openedAt\":\"2004-03-10T18:00:01Z\",\"resolvedAt\":null,"
                                + "\"state\":\"OPEN\",\"id\":\"id-1\",\"message\":\"mox says"
                                + " less\",\"evidence\":{\"a\":1.0,\"b\":2.0},"
                                + "\"channel\":null,\"cause\":\"OWN_INFORMATION_FELL\","
                                + "\"predictionsSuffered\":true,\"modelVersion\":0,"
                                + "\"resolution\":null,\"measures\":[{\"name\":\"share.mox\","
                                + "\"unit\":\"1\",\"before\":0.5,\"beforeLower\":0.4,"
                                + "\"beforeUpper\":0.6,\"after\":0.1,\"afterLower\":0.0,"
                                + "\"afterUpper\":0.2}],\"blocks\":[{"
                                + "\"start\":\"2004-03-10T18:00:00Z\","
                                + "\"end\":\"2004-03-10T18:00:01Z\",\"value\":0.5,"
                                + "\"changed\":false}]}");
    }

    @Test
    void writesBytesInBase64AndMissingValuesAsNull() {
        var letter =
                Admission.refuse(
                                new Origin("t", 0, 1, 2, null, new byte[] {1}, Map.of()),
                                DeadLetterReason.UNDECODABLE,
                                "bad")
                        .deadLetter();

        assertThat(json.deadLetter(letter)).contains("\"key\":null,\"value\":\"AQ==\"");
        assertThat(json.reading(new Reading("a", "mox", TIME, Arrays.asList(1.5, null))))
                .endsWith("\"values\":[1.5,null]}");
    }

    private static Prediction prediction(Explanation explanation) {
        return new Prediction(
                "site-1",
                TIME,
                2.5,
                1.5,
                3.5,
                3L,
                List.of("mox", "env"),
                Map.of("env", -0.25, "mox", 1.0),
                1.75,
                explanation,
                List.of(),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                PredictionStatus.OK);
    }
}
