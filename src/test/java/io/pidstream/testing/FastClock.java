package io.pidstream.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Runs faster than the wall clock, which it meets when it is made. */
public final class FastClock extends Clock {
    private final Instant begun = Instant.now(Clock.systemUTC());
    private final int factor;

    public FastClock(int factor) {
        this.factor = factor;
    }

    @Override
    public Instant instant() {
        Duration since = Duration.between(begun, Instant.now(Clock.systemUTC()));
        return begun.plus(since.multipliedBy(factor));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }
}
