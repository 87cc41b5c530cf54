package io.pidstream.process;

/** A job or a page cannot start as it was asked to; the message says why, in one line. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartRefused(String message) {
        super(message);
    }
}
