package io.pidstream.kafka;

/**
 * What is configured is not there: no broker answers, or it has no such topic. The message is
 * enough to act on.
 */
public final class KafkaUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
