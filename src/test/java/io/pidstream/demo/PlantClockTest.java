package io.pidstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PlantClockTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final Clock WALL = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration PERIOD = Duration.ofMillis(100);

    @Test
    void thePastIsSentAtOnceAndThePresentInItsTime() {
        PlantClock clock = PlantClock.live(WALL, NOW.minusSeconds(60));
        assertThat(clock.until(NOW.minusSeconds(60))).isZero();
        assertThat(clock.until(NOW)).isZero();
        assertThat(clock.until(NOW.plusSeconds(3))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void fasterThanTheWallClockBeginsInThePastAndEndsAtThePresent() {
        Duration duration = Duration.ofMinutes(10);
        PlantClock clock = PlantClock.of(WALL, 60, duration, PERIOD);
        Duration takes = Duration.ofSeconds(10);
        assertThat(clock.until(clock.start())).isLessThan(PERIOD);
        Instant end = clock.start().plus(duration);
        assertThat(end).isBetween(NOW.plus(takes).minus(PERIOD), NOW.plus(takes));
        assertThat(NOW.plus(clock.until(end))).isEqualTo(end);
        // Half-way, event time is still behind the wall clock.
        Instant half = clock.start().plus(duration.dividedBy(2));
        assertThat(NOW.plus(clock.until(half))).isAfter(half);
    }

    @Test
    void withoutWaitingAllOfItIsPast() {
        Duration duration = Duration.ofMinutes(10);
        PlantClock clock = PlantClock.of(WALL, Double.POSITIVE_INFINITY, duration, PERIOD);
        assertThat(clock.start()).isEqualTo(Instant.parse("2025-12-31T23:50:00.100Z"));
        assertThat(clock.until(clock.start().plus(duration))).isZero();
    }

    @Test
    void slowlyItBeginsNow() {
        PlantClock clock = PlantClock.of(WALL, 0.5, null, PERIOD);
        assertThat(clock.start()).isEqualTo(Instant.parse("2026-01-01T00:00:00.100Z"));
        assertThat(NOW.plus(clock.until(clock.start().plusSeconds(1))))
                .isEqualTo(clock.start().plusSeconds(2));
    }

    @Test
    void standingStillIsRefused() {
        assertThatThrownBy(() -> PlantClock.of(WALL, 0, null, PERIOD)).hasMessageContaining("0");
    }
}
