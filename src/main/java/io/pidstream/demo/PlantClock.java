package io.pidstream.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Event time that runs {@code speed} times as fast as the wall clock and equals it at {@code
 * meeting}.
 *
 * @param wall the wall clock
 * @param start when event time begins
 * @param meeting when event time and wall clock are the same
 * @param speed event time per wall-clock time; infinite for no waiting
 */
public record PlantClock(Clock wall, Instant start, Instant meeting, double speed) {
    public PlantClock {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed is " + speed + ", must be above 0");
        }
    }

    /** Event time that equals the wall clock; slots before now are due at once. */
    static PlantClock live(Clock wall, Instant start) {
        return new PlantClock(wall, start, wall.instant(), 1);
    }

    /**
     * Event time that begins now, up to speed 1. Above that it begins in the past and ends at the
     * present, because readings with future times are not admitted.
     *
     * @param duration total event time; may be null up to speed 1
     * @param period length of a slot; event time begins at a multiple of it
     */
    public static PlantClock of(Clock wall, double speed, Duration duration, Duration period) {
        Instant now = wall.instant();
        if (speed <= 1) {
            Instant start = slot(now, period);
            return new PlantClock(wall, start, start, speed);
        }
        Duration takes = Duration.ofMillis(Math.round(duration.toMillis() / speed));
        Instant start = slot(now.plus(takes).minus(duration), period);
        return new PlantClock(wall, start, start.plus(duration), speed);
    }

    private static Instant slot(Instant time, Duration period) {
        long millis = time.toEpochMilli();
        return Instant.ofEpochMilli(millis - Math.floorMod(millis, period.toMillis()));
    }

    /** Wall-clock time until this event time; never negative. */
    Duration until(Instant eventTime) {
        if (Double.isInfinite(speed)) {
            return Duration.ZERO;
        }
        long ahead = Math.round(Duration.between(meeting, eventTime).toNanos() / speed);
        Duration wait = Duration.between(wall.instant(), meeting.plusNanos(ahead));
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
