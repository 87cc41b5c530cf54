package io.pidstream.state;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * State that cannot be restored by this program under its configuration; the message says why in a
 * sentence. No further attempt would end otherwise, so Flink ends the job.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class StateRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StateRefusedException(String message) {
        super(message);
    }

    public StateRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
