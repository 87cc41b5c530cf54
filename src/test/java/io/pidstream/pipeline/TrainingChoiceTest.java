package io.pidstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.testing.NonlinearStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingChoiceTest {
    @Test
    void aFileThatEndsBeforeTheFirstTrainingIsNotTrainedOn() {
        TrainingChoice choice = TrainingChoice.byCost(config("[32]", 3000), 2999);
        assertThat(choice.trains()).isFalse();
        assertThat(choice.reason())
                .isEqualTo(
                        "2,999 rows are fewer than the 3,000 labelled frames before the first"
                                + " training");
    }

    @ParameterizedTest
    @ValueSource(longs = {5000, 20_000})
    void smallNetworksAreTrained(long rows) {
        TrainingChoice choice = TrainingChoice.byCost(config("[32]", 5000), rows);
        assertThat(choice.trains()).as(choice.reason()).isTrue();
        assertThat(choice.text()).startsWith("encoders are trained: estimated at ");
    }

    @ParameterizedTest
    @ValueSource(longs = {5000, 20_000, 1_000_000})
    void largeNetworksAreNot(long rows) {
        TrainingChoice choice = TrainingChoice.byCost(config("[2048, 2048]", 3000), rows);
        assertThat(choice.trains()).as(choice.reason()).isFalse();
        assertThat(choice.text()).startsWith("encoders are not trained: estimated at ");
    }

    @Test
    void oftenIsDearerThanSeldom() {
        assertThat(TrainingChoice.byCost(config("[256, 128]", 2000), 4000).trains()).isTrue();
        assertThat(TrainingChoice.byCost(config("[256, 128]", 200), 4000).trains()).isFalse();
    }

    @Test
    void aRunThatWouldTakeMoreThanAMinuteIsTrainedLessOften() {
        PipelineConfig config = config("[32]", 3000);
        TrainingChoice often = TrainingChoice.byCost(config, 15_000);
        assertThat(often.every()).isZero();
        assertThat(often.applied(config)).isSameAs(config);
        TrainingChoice seldom = TrainingChoice.byCost(config, 45_000);
        assertThat(seldom.trains()).as(seldom.reason()).isTrue();
        assertThat(seldom.every()).isGreaterThan(3000);
        assertThat(seldom.applied(config).encoder().fineTuneEvery()).isEqualTo(seldom.every());
        assertThat(seldom.text()).contains("more than a minute together", "--fine-tune");
    }

    @Test
    void trainedAsOftenAsAskedFor() {
        PipelineConfig config = config("[32]", 3000);
        assertThat(TrainingChoice.asked(true).applied(config)).isSameAs(config);
    }

    private static PipelineConfig config(String hidden, int every) {
        return ConfigFile.parse(
                NonlinearStream.CONFIG,
                "test",
                Map.of(
                        "encoder.type",
                        "piecewise",
                        "encoder.hidden",
                        hidden,
                        "encoder.fine-tune-every",
                        "" + every));
    }
}
