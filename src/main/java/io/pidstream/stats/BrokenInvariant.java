package io.pidstream.stats;

/**
 * An invariant does not hold: a defect of the program or damaged state, never bad input. The
 * message has the values that broke it. Whoever finds one must fail at once, because every later
 * result would be wrong.
 */
public final class BrokenInvariant extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /**
     * @param format see {@link String#format}
     */
    public BrokenInvariant(String format, Object... values) {
        super(format.formatted(values));
    }
}
