package io.pidstream.format;

import io.pidstream.avro.DeadLetterReason;

/** Bytes that are not the expected record; gives the reason of the resulting dead letter. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1;

    private final DeadLetterReason reason;

    private UndecodableException(DeadLetterReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public static UndecodableException bytes(String message) {
        return new UndecodableException(DeadLetterReason.UNDECODABLE, message, null);
    }

    public static UndecodableException bytes(String message, Throwable cause) {
        return new UndecodableException(DeadLetterReason.UNDECODABLE, message, cause);
    }

    public static UndecodableException schema(String message) {
        return new UndecodableException(DeadLetterReason.UNKNOWN_SCHEMA, message, null);
    }

    public DeadLetterReason reason() {
        return reason;
    }
}
