package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ForecastBuilderTest {
    private static Forecast forecast(LabelRange range, double baseline, double... contributions) {
        ForecastBuilder builder =
                new ForecastBuilder(
                        new LevelCorrections(1),
                        new Mixture(LevelCorrections.VARIANTS),
                        range,
                        contributions.length,
                        null);
        builder.add(0, new ExpertForecasts(new double[] {baseline}, contributions));
        return builder.forecast(
                        (prediction, disagreement) ->
                                new ForecastBuilder.Judgement(
                                        1,
                                        1,
                                        new float[0],
                                        new double[] {prediction - 1, prediction + 1}),
                        0)
                .forecast();
    }

    @Test
    void aPredictionWithinTheRangeIsTheExperts() {
        Forecast forecast = forecast(new LabelRange(0, 10), 5, 2, -1);

        assertThat(forecast.prediction()).isCloseTo(6, within(1e-12));
        assertThat(forecast.baseline()).isCloseTo(5, within(1e-12));
        assertThat(forecast.contributions()).containsExactly(new double[] {2, -1}, within(1e-12));
    }

    @Test
    void aPredictionBeyondTheRangeIsClippedAndItsContributionsAreScaled() {
        Forecast forecast = forecast(new LabelRange(0, 10), 5, 30, -10);

        assertThat(forecast.prediction()).isCloseTo(10, within(1e-12));
        assertThat(forecast.baseline()).isCloseTo(5, within(1e-12));
        assertThat(forecast.contributions())
                .containsExactly(new double[] {7.5, -2.5}, within(1e-12));
    }

    @Test
    void aBaselineBeyondTheRangeIsClippedToo() {
        Forecast forecast = forecast(new LabelRange(0, 10), -5, 8, 0);

        assertThat(forecast.prediction()).isCloseTo(3, within(1e-12));
        assertThat(forecast.baseline()).isCloseTo(0, within(1e-12));
        assertThat(forecast.contributions()).containsExactly(new double[] {3, 0}, within(1e-12));
    }

    @Test
    void withoutLabelsNothingIsClipped() {
        assertThat(forecast(LabelRange.UNKNOWN, -5, 8, 0).prediction()).isCloseTo(3, within(1e-12));
    }

    @Test
    void theRangeFollowsEveryLabel() {
        LabelRange range = LabelRange.UNKNOWN.with(3).with(7);

        assertThat(range).isEqualTo(new LabelRange(3, 7));
        assertThat(range.with(100).clip(80)).isEqualTo(80);
        assertThat(range.with(LabelRange.UNKNOWN)).isEqualTo(range);
        assertThat(LabelRange.UNKNOWN.with(range)).isEqualTo(range);
        assertThat(range.with(new LabelRange(0, 1))).isEqualTo(new LabelRange(0, 7));
    }
}
