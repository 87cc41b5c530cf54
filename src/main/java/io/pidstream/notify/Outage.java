package io.pidstream.notify;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A receiver that does not answer is asked again, at first soon, then once in half a minute. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger("notify");
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long MOST = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier nanos;
    private String reason;
    private long delay;
    private long since;

    Outage(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether the next attempt is due. */
    boolean isDue() {
        return reason == null || nanos.getAsLong() - since >= delay;
    }

    /** Says why, once per reason. */
    void failed(String why) {
        if (!why.equals(reason)) {
            LOG.warn("{}. Alerts wait and are sent later", why);
        }
        delay = reason == null ? FIRST : Math.min(MOST, 2 * delay);
        reason = why;
        since = nanos.getAsLong();
    }

    void succeeded(String address) {
        if (reason != null) {
            LOG.warn("{} takes alerts again", address);
        }
        reason = null;
    }
}
