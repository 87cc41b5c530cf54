package io.pidstream.time;

import java.math.BigDecimal;
import java.time.DateTimeException;

/** Exact numbers in a text. */
final class Numbers {
    /** More digits are no time, and would make arithmetic slow without bounds. */
    private static final int MOST_DIGITS = 40;

    private Numbers() {}

    /** A number with a decimal point or comma. */
    static BigDecimal parse(String text) {
        try {
            BigDecimal number = new BigDecimal(text.replace(',', '.'));
            if (number.precision() <= MOST_DIGITS && Math.abs(number.scale()) <= MOST_DIGITS) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new DateTimeException(text + " is not a number", e);
        }
        throw new DateTimeException(text + " is not a time");
    }
}
