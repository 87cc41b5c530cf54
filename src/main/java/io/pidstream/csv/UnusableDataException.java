package io.pidstream.csv;

/** There is nothing to run on; the message says why. */
public final class UnusableDataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnusableDataException(String message) {
        super(message);
    }
}
