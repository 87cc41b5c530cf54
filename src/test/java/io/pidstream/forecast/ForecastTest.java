package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.stats.BrokenInvariant;
import io.pidstream.yardstick.YardstickForecasts;
import org.junit.jupiter.api.Test;

class ForecastTest {
    @Test
    void contributionsThatDoNotSumToThePredictionAreRefusedWithTheirValues() {
        assertThatThrownBy(() -> forecast(3, 2, 4, 1, 1, 0.5))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessage(
                        "forecast 7: baseline and contributions sum to 2.5; the prediction is 3.0");
        assertThatThrownBy(() -> forecast(Double.NaN, 2, 4, 1, 1, 1))
                .isInstanceOf(BrokenInvariant.class);
    }

    @Test
    void aPredictionOutsideOfItsIntervalIsRefusedWithItsValues() {
        assertThatThrownBy(() -> forecast(3, 3.5, 4, 1, 1, 1))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessage(
                        "forecast 7: prediction 3.0 is not within its interval from 3.5 to 4.0");
    }

    @Test
    void intervalsThatAreNotNestedAreRefusedWithTheirValues() {
        Uncertainty wider = new Uncertainty(1, 1, new float[0], new double[] {2.5, 3.5, 1.5, 3.75});

        assertThatThrownBy(
                        () ->
                                new Forecast(
                                        3,
                                        2,
                                        4,
                                        1,
                                        new double[] {2},
                                        new float[0],
                                        7,
                                        wider,
                                        YardstickForecasts.NONE))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessage(
                        "forecast 7: the interval from 1.5 to 3.75 is not within that from 2.0 to"
                                + " 4.0");
    }

    private static Forecast forecast(
            double prediction,
            double lower,
            double upper,
            double baseline,
            double... contributions) {
        return new Forecast(prediction, lower, upper, baseline, contributions, new float[0], 7);
    }
}
