package io.pidstream.state;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * State that this program cannot restore under its configuration; the message says why. A restart
 * would fail in the same way, so Flink fails the job for good.
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
