package io.pidstream.cli;

/** A job cannot start as it was asked to; the message says why, in one line. */
final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartRefused(String message) {
        super(message);
    }
}
