package io.pidstream.version;

/** A version of a model that must not be used; the message says why. */
public final class ModelRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ModelRefusedException(String reason) {
        super(reason);
    }

    public ModelRefusedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
