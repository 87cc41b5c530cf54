package io.pidstream.yardstick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.pidstream.format.Wire;
import io.pidstream.stats.BrokenInvariant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YardstickForecastsTest {
    @Test
    void aRecordHasThoseThatKnowSomething() {
        YardstickForecasts some = YardstickForecasts.ofLinear(3).withLabels(1, 2);

        assertThat(some.toMap())
                .containsExactly(
                        entry("last-label", 1.0), entry("running-mean", 2.0), entry("linear", 3.0));
        assertThat(YardstickForecasts.ofLinear(3).toMap()).containsExactly(entry("linear", 3.0));
        assertThat(YardstickForecasts.NONE.toMap()).isEmpty();
    }

    @Test
    void areReadFromTheRecord() {
        YardstickForecasts some = new YardstickForecasts(1, Double.NaN, 3);

        assertThat(YardstickForecasts.of(some.toMap())).isEqualTo(some);
        assertThat(YardstickForecasts.of(Map.of())).isEqualTo(YardstickForecasts.NONE);
        assertThat(YardstickForecasts.of(Map.of("a-later-one", 1.0)))
                .isEqualTo(YardstickForecasts.NONE);
        assertThat(YardstickForecasts.of(Map.of("linear", Double.NEGATIVE_INFINITY)))
                .isEqualTo(YardstickForecasts.NONE);
        assertThat(Wire.copy(some::writeTo, YardstickForecasts::readFrom)).isEqualTo(some);
    }

    @Test
    void areNeverInfinite() {
        assertThatThrownBy(() -> YardstickForecasts.ofLinear(Double.POSITIVE_INFINITY))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessageContaining("Infinity (linear)");
    }
}
