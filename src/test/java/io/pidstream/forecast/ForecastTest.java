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

    private static Forecast forecast(
            double prediction,
            double lower,
            double upper,
            double baseline,
            double... contributions) {
        return new Forecast(
                prediction,
                lower,
                upper,
                baseline,
                contributions,
                new float[0],
                7,
                YardstickForecasts.NONE);
    }
}
