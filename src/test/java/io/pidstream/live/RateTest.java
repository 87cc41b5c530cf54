package io.pidstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
    @Test
    void measuresGrowthAndHowLongThereWasNone() {
        Rate rate = new Rate(Duration.ofSeconds(10));
        assertThat(rate.perSecond()).isZero();
        assertThat(rate.still()).isZero();
        rate.add(1, 0);
        rate.add(2, 40);
        assertThat(rate.perSecond()).isEqualTo(40);
        assertThat(rate.still()).isZero();
        rate.add(5, 40);
        assertThat(rate.perSecond()).isEqualTo(10);
        assertThat(rate.still()).isEqualTo(Duration.ofSeconds(3));
    }
}
