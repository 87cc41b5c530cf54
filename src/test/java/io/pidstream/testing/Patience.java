package io.pidstream.testing;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** For what jobs and processes do in their own time. */
public final class Patience {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private Patience() {}

    public static void until(String what, Callable<Boolean> reached) throws Exception {
        until(() -> what, reached);
    }

    /**
     * @param what is waited for, and how far it has come: asked for when it was in vain
     */
    public static void until(Supplier<String> what, Callable<Boolean> reached) throws Exception {
        long start = System.nanoTime();
        while (!reached.call()) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                fail("%s: not within %s", what.get(), LONGEST);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
