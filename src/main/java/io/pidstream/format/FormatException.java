package io.pidstream.format;

import java.io.IOException;

/** State that does not fit the program or its configuration; the message says why. */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1;

    public FormatException(String message) {
        super(message);
    }

    /** Fails, naming both values, if state does not fit the settings. */
    public static void requireSame(String what, Object stored, Object expected)
            throws FormatException {
        if (!stored.equals(expected)) {
            throw new FormatException(
                    what + ": the state has " + stored + ", the settings say " + expected);
        }
    }
}
