package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.TargetPrediction;
import io.pidstream.avro.TrainingSample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordTextTest {
    private static final Instant TIME = Instant.parse("2004-03-10T18:00:00Z");

    private final RecordText text = new RecordText(List.of("mox", "env"));

    @Test
    void aPredictionOfSeveralTargetsShowsThemAll() {
        Prediction prediction = new Prediction();
        prediction.setAsset("site-1");
        prediction.setTime(TIME);
        prediction.setPrediction(2.5);
        prediction.setLower(1.5);
        prediction.setUpper(3.5);
        prediction.setContributions(Map.of("mox", 1.0));
        prediction.setBaseline(1.5);
        prediction.setFurther(
                List.of(new TargetPrediction("no2", 70.0, 60.0, 80.0, Map.of("mox", 8.0), 62.0)));
        assertThat(text.prediction(prediction).subList(2, 5))
                .containsExactly(
                        "2.5000 | 70.0000",
                        "[1.5000, 3.5000] | [60.0000, 80.0000]",
                        "mox +1.0000  baseline 1.5000 | mox +8.0000  baseline 62.0000");
    }

    @Test
    void aLabelOfSeveralTargetsShowsThemAll() {
        Label label = new Label("site-1", TIME, TIME, 2.5, List.of(70.0, 3.0));
        assertThat(RecordText.label(label).get(2)).isEqualTo("2.5000 | 70.0000 | 3.0000");
    }

    @Test
    void aSampleThatWasNeverPredictedSaysSo() {
        TrainingSample sample = new TrainingSample();
        sample.setAsset("site-1");
        sample.setTime(TIME);
        sample.setTarget(2.5);
        sample.setFurther(List.of());
        sample.setFurtherPredictions(List.of());
        sample.setModelVersion(0L);
        sample.setValues(List.of(1.0));
        assertThat(RecordText.trainingSample(sample).get(3)).isEqualTo("-");
        sample.setPrediction(2.25);
        assertThat(RecordText.trainingSample(sample).get(3)).isEqualTo("2.2500");
    }
}
