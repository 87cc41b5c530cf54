package io.pidstream.pid;

/** Ends the computation where the information is not defined; the message becomes the reason. */
final class UndefinedInformation extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndefinedInformation(String reason) {
        // Without a stack trace: degenerate input is data, and may come with every block.
        super(reason, null, false, false);
    }
}
