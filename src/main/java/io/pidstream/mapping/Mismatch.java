package io.pidstream.mapping;

import io.pidstream.avro.DeadLetterReason;

/** A message that does not fit its mapping; the message of this exception names the field. */
final class Mismatch extends Exception {
    private static final long serialVersionUID = 1;

    private static final int LONGEST_QUOTE = 60;

    private final DeadLetterReason reason;

    private Mismatch(DeadLetterReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /**
     * @param field path of the field
     * @param found what it is
     * @param expected what was expected
     */
    static Mismatch of(String field, String found, String expected) {
        return new Mismatch(
                DeadLetterReason.UNDECODABLE,
                "%s is %s; expected %s".formatted(field, found, expected));
    }

    static Mismatch asset(String field, String found) {
        return new Mismatch(
                DeadLetterReason.EMPTY_ASSET,
                "%s is %s; expected the name of an asset".formatted(field, found));
    }

    static Mismatch of(String problem) {
        return new Mismatch(DeadLetterReason.UNDECODABLE, problem);
    }

    DeadLetterReason reason() {
        return reason;
    }

    /** A value as it can stand in a sentence. */
    static String quote(String text) {
        return text.length() <= LONGEST_QUOTE
                ? "'" + text + "'"
                : "'" + text.substring(0, LONGEST_QUOTE) + "…'";
    }
}
