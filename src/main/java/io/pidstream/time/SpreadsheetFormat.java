package io.pidstream.time;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;

/**
 * The days of a spreadsheet: since 1899-12-30, the time of day as a fraction. Rounded to a
 * millisecond, because the fraction of a second is not exact.
 */
final class SpreadsheetFormat extends TimeFormat {
    private static final LocalDateTime ORIGIN = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final BigDecimal DAY = BigDecimal.valueOf(Duration.ofDays(1).toMillis());

    @Override
    WrittenTime read(String text) {
        BigDecimal millis = Numbers.parse(text).multiply(DAY).setScale(0, RoundingMode.HALF_EVEN);
        try {
            return WrittenTime.of(ORIGIN.plus(Duration.ofMillis(millis.longValueExact())));
        } catch (ArithmeticException e) {
            throw new DateTimeException(text + " is too far from 1900", e);
        }
    }

    @Override
    public String expected() {
        return "a spreadsheet's number of days since 1899-12-30";
    }
}
