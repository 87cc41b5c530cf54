package io.pidstream.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.forecast.Forecast;
import io.pidstream.forecast.Uncertainty;
import io.pidstream.metric.StageMetrics;
import io.pidstream.yardstick.YardstickForecasts;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class AssetMetricsTest {
    private final Map<String, Gauge<?>> gauges = new TreeMap<>();
    private final AssetMetrics metrics =
            new AssetMetrics(StageMetrics.of(new Collecting("")), Turns.SETTINGS);

    /** Keeps gauges by their full name. */
    private final class Collecting extends UnregisteredMetricsGroup {
        private final String name;

        Collecting(String name) {
            this.name = name;
        }

        @Override
        public MetricGroup addGroup(String group) {
            return new Collecting(name + group + ".");
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return new Collecting(name + value + ".");
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String key, G gauge) {
            gauges.put(name + key, gauge);
            return gauge;
        }
    }

    private double active(String key) {
        return (double) gauges.get("pidstream.fleet.y.active." + key).getValue();
    }

    @Test
    void predictionsAreComparedWithTheBestYardstickOnTheSameLabels() throws Exception {
        assertThat(active("skill")).isNaN();
        Forecast known = forecast(1);
        metrics.scored("x", 0, true, known, 100);
        assertThat(active("prequentialMae")).isEqualTo(99);
        assertThat(active("skill")).as("the last label is not known").isNaN();

        metrics.scored("x", 0, true, known.withLabels(4, 10), 2);
        metrics.scored("y", 0, true, known.withLabels(4, 10), 0);
        assertThat(active("yardstickMae")).isEqualTo((2 + 4) / 2.0);
        assertThat(active("skill")).isCloseTo(1 - 1 / 3.0, within(1e-12));
        assertThat(active("skillBits"))
                .isCloseTo(0.5 * Math.log((4 + 16) / 2.0) / Math.log(2), within(1e-12));
        assertThat((double) gauges.get("pidstream.fleet.y.shadow.skill").getValue()).isNaN();
    }

    /** The linear yardstick says −20. */
    private static Forecast forecast(double prediction) {
        return new Forecast(
                prediction,
                prediction - 1,
                prediction + 1,
                prediction,
                new double[2],
                new float[0],
                0,
                new Uncertainty(Double.NaN, Double.NaN, new float[0], new double[0]),
                YardstickForecasts.ofLinear(-20));
    }
}
