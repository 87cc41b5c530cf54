package io.pidstream.notify;

/** A receiver did not take what it was sent. Messages contain no secrets. */
final class UndeliveredException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean refused;

    /**
     * @param refused whether the receiver has refused the content, so that sending it again is of
     *     no use
     */
    UndeliveredException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    boolean refused() {
        return refused;
    }
}
