package io.pidstream.commit;

import java.io.Serializable;
import java.time.Instant;

/** The event time of a record. */
@FunctionalInterface
public interface EventTime<T> extends Serializable {
    Instant of(T record);
}
