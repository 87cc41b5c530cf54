package io.pidstream.kafka;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Another job of the same name runs, and writes with the same transactional ids; the message says
 * which. A restart would abort its transactions, so Flink fails the job for good.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class NameTakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NameTakenException(String message) {
        super(message);
    }
}
