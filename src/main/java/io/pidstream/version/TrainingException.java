package io.pidstream.version;

/** Training ended without a version; nothing else is affected. */
public final class TrainingException extends Exception {
    private static final long serialVersionUID = 1;

    /** The reason. */
    public enum Reason {
        /** It was cancelled. */
        CANCELLED,
        /** The loss became NaN or infinite. */
        NOT_FINITE,
        /** The device or this process ran out of memory. */
        OUT_OF_MEMORY,
        /** The engine failed. */
        ENGINE,
        /** Too few rows. */
        TOO_FEW_SAMPLES
    }

    private final Reason reason;

    public TrainingException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public TrainingException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
