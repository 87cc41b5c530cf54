package io.pidstream.pid;

/** Thrown if the information is undefined; the message becomes the reason. */
final class UndefinedInformation extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndefinedInformation(String reason) {
        // Without a stack trace, because degenerate input is normal and may occur in every block.
        super(reason, null, false, false);
    }
}
