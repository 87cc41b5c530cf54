package io.pidstream.csv;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Throttles event time to a multiple of wall-clock time, starting at the first event. */
public final class Pace implements LongConsumer {
    private final double speed;
    private boolean started;
    private long firstEvent;
    private long start;

    /**
     * @param speed event time per wall time; infinity for no throttling
     */
    public Pace(double speed) {
        this.speed = speed;
    }

    /** Waits until it is the event's turn; {@code time} in milliseconds since 1970. */
    @Override
    public void accept(long time) {
        if (Double.isInfinite(speed)) {
            return;
        }
        if (!started) {
            started = true;
            firstEvent = time;
            start = System.nanoTime();
        }
        long due = start + dueNanos(time);
        long wait;
        while ((wait = due - System.nanoTime()) > 0) {
            LockSupport.parkNanos(wait);
        }
    }

    private long dueNanos(long time) {
        return (long) ((time - firstEvent) * 1e6 / speed);
    }
}
