package io.pidstream.testing;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** For what other processes do in their own time. */
public final class Waiting {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private Waiting() {}

    public static void until(String what, Callable<Boolean> reached) throws Exception {
        long start = System.nanoTime();
        while (!reached.call()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                fail("%s: not within %s", what, PATIENCE);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
