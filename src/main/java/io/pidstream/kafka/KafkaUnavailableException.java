package io.pidstream.kafka;

/**
 * A configured broker does not answer, or a topic does not exist. The message is sufficient to act
 * on.
 */
public final class KafkaUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
