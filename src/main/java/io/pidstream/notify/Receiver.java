package io.pidstream.notify;

import io.pidstream.avro.Alert;
import java.util.List;

/** Somebody who is told of alerts. */
interface Receiver {
    /** A word for its consumer group. */
    String name();

    /** Its address without anything that may be secret. */
    String address();

    /** Tells one transition of an alert. */
    void tell(Alert alert) throws UndeliveredException, InterruptedException;

    /** Says again that these alerts are open, where the receiver needs that. */
    void repeat(List<Alert> open) throws UndeliveredException, InterruptedException;
}
