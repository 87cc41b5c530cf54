package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.stats.PrequentialMetrics;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PrequentialMetricsTest {
    private static Forecast forecast(double prediction) {
        return new Forecast(
                prediction,
                prediction - 1,
                prediction + 1,
                prediction,
                new double[1],
                new float[0],
                0);
    }

    @Test
    void scoresByDefinition() {
        PrequentialMetrics metrics = new PrequentialMetrics();
        StreamRun.add(metrics, forecast(1), 1);
        StreamRun.add(metrics, forecast(2), 4);
        StreamRun.add(metrics, forecast(3), 4);

        assertThat(metrics.count()).isEqualTo(3);
        assertThat(metrics.meanAbsoluteError()).isEqualTo(1);
        assertThat(metrics.rootMeanSquareError()).isEqualTo(Math.sqrt(5.0 / 3));
        // Squares 0 + 4 + 1 against targets 1, 4, 4 around 3: 4 + 1 + 1.
        assertThat(metrics.rSquared()).isCloseTo(1 - 5.0 / 6, within(1e-12));
        assertThat(metrics.coverage()).isEqualTo(2.0 / 3);
        assertThat(metrics.meanWidth()).isEqualTo(2);
    }

    @Test
    void hasNoFiguresWithoutForecasts() {
        assertThatThrownBy(() -> new PrequentialMetrics().rSquared())
                .isInstanceOf(IllegalStateException.class);
    }

    @Property(seed = "1")
    void partsMergeToTheWhole(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = -100, max = 100) Double> first,
            @ForAll @Size(max = 30) List<@DoubleRange(min = -100, max = 100) Double> second) {
        PrequentialMetrics whole = new PrequentialMetrics();
        PrequentialMetrics left = new PrequentialMetrics();
        PrequentialMetrics right = new PrequentialMetrics();
        first.forEach(y -> StreamRun.add(left, forecast(0.5 * y), y));
        second.forEach(y -> StreamRun.add(right, forecast(0.5 * y), y));
        first.forEach(y -> StreamRun.add(whole, forecast(0.5 * y), y));
        second.forEach(y -> StreamRun.add(whole, forecast(0.5 * y), y));

        left.merge(right);

        assertThat(left.count()).isEqualTo(whole.count());
        assertThat(left.meanAbsoluteError()).isCloseTo(whole.meanAbsoluteError(), within(1e-9));
        assertThat(left.coverage()).isEqualTo(whole.coverage());
        if (whole.rSquared() > -1e6) {
            assertThat(left.rSquared()).isCloseTo(whole.rSquared(), within(1e-6));
        }
    }
}
