package io.pidstream.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/**
 * How tests wait for what brokers, jobs, pages and processes do in their own time: for an event, up
 * to one limit that is far above what any of them takes. Whoever runs them on a crowded machine
 * raises it by {@code -Dwaiting.factor=3}.
 */
public final class Waiting {
    /** The longest that a test waits for one event. */
    public static final Duration LIMIT =
            Duration.ofMinutes(10).multipliedBy(Integer.getInteger("waiting.factor", 1));

    private static final Duration POLL = Duration.ofMillis(100);

    private Waiting() {}

    /**
     * Waits until a condition holds.
     *
     * @param event what is waited for, for the message of the failure
     */
    public static void until(String event, Callable<Boolean> condition) {
        waiting(event).until(condition);
    }

    /**
     * Waits until something has a property; the failure says what it was last.
     *
     * @param event what is waited for
     * @param seen reads the present value; may be null
     * @return the value that has the property
     */
    public static <T> T until(String event, Callable<T> seen, Predicate<T> reached) {
        return waiting(event).until(seen, reached);
    }

    /** Waits until an assertion holds; the failure is that of the last attempt. */
    public static void untilAsserted(String event, ThrowingRunnable assertion) {
        waiting(event).untilAsserted(assertion);
    }

    private static ConditionFactory waiting(String event) {
        return await(event)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .pollInSameThread();
    }
}
