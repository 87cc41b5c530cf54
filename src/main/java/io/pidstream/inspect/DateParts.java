package io.pidstream.inspect;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Recognises columns of the year or the day, which are parts of the time that is known anyway. */
final class DateParts {
    private static final double MOST = 0.99;

    private DateParts() {}

    static boolean isPart(Series series, long[] millis) {
        int years = 0;
        int days = 0;
        int rows = 0;
        for (int row = 0; row < millis.length; row += Math.max(1, millis.length / 500)) {
            double value = series.values()[row];
            if (millis[row] == TimeNotation.NONE || Double.isNaN(value)) {
                continue;
            }
            rows++;
            LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(millis[row]), ZoneOffset.UTC);
            years += value == date.getYear() ? 1 : 0;
            days += value == date.getDayOfMonth() ? 1 : 0;
        }
        return rows > 0 && (years >= MOST * rows || days >= MOST * rows);
    }
}
