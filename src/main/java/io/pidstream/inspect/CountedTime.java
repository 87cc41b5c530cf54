package io.pidstream.inspect;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds a column of numbers that is the time: seconds from 1970, days of a spreadsheet, or a
 * counter of seconds or steps that a name gives away.
 */
final class CountedTime {
    private static final Pattern NAME =
            Pattern.compile(
                    "(?i).*(time|zeit|elapsed|date|stamp|epoch).*|t|ts|s|sec|seconds?|ms|cycles?|steps?|tick");
    private static final double MOST = 0.97;

    /** Rows of many assets, or many a second, may have the same time. */
    private static final int LEAST_STEPS = 20;

    private static final double MOST_REPEATED = 0.9;

    private static final double MOST_ON_A_GRID = 0.8;

    private final Table table;
    private final Numerals numerals;

    CountedTime(Table table, Numerals numerals) {
        this.table = table;
        this.numerals = numerals;
    }

    /** Null if no column is one. */
    Times find() {
        Times counter = null;
        for (int c = 0; c < table.columns().size(); c++) {
            double[] values = values(c);
            if (values == null || values.length < 3) {
                continue;
            }
            String title = table.titles().get(c);
            boolean named = NAME.matcher(title.strip()).matches();
            TimeNotation absolute = absolute(values, named);
            if (absolute != null) {
                return of(c, absolute, values, "counts from 1970");
            }
            if (counter == null && named && rises(values)) {
                Times of = of(c, step(title, table.units().get(c), values), values, "a counter");
                counter = tellsRowsApart(of) ? of : null;
            }
        }
        return counter;
    }

    /** Whether most rows have a time of their own, or the others are those of other assets. */
    private boolean tellsRowsApart(Times times) {
        if (Keys.repeated(times.millis()) <= MOST_REPEATED) {
            return true;
        }
        int asset = new AssetFinder(table, times).find(List.of());
        return asset >= 0
                && Keys.repeated(times.millis(), new Keys(table.columns().get(asset)))
                        <= MOST_REPEATED;
    }

    /** Null if the column has anything but numbers. */
    private double[] values(int column) {
        double[] values = new double[table.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = numerals.parse(table.columns().get(column).get(row));
            if (Double.isNaN(values[row])) {
                return null;
            }
        }
        return values;
    }

    private TimeNotation absolute(double[] values, boolean named) {
        if (within(values, 1e17, 4.1e18)) {
            return TimeNotation.Count.NANOSECONDS;
        }
        if (within(values, 1e14, 4.1e15)) {
            return TimeNotation.Count.MICROSECONDS;
        }
        if (within(values, 1e11, 4.1e12)) {
            return TimeNotation.Count.MILLISECONDS;
        }
        if (within(values, 3e8, 4.1e9) && (named || rises(values) || hasGrid(values))) {
            return TimeNotation.Count.SECONDS;
        }
        return named && within(values, 20_000, 60_000) && rises(values) && hasSteps(values)
                ? new TimeNotation.SpreadsheetDays(numerals)
                : null;
    }

    /**
     * Days of a spreadsheet rise by less than a few days; a counter of seconds seldom starts high.
     */
    private static boolean hasSteps(double[] values) {
        return values[values.length - 1] - values[0] < 0.5 * values[0];
    }

    private static boolean within(double[] values, double least, double most) {
        for (double value : values) {
            if (value < least || value > most) {
                return false;
            }
        }
        return true;
    }

    /** Whether nearly every value is at least the one before; counters may begin anew. */
    private static boolean rises(double[] values) {
        int rising = 0;
        int higher = 0;
        for (int i = 1; i < values.length; i++) {
            rising += values[i] >= values[i - 1] ? 1 : 0;
            higher += values[i] > values[i - 1] ? 1 : 0;
        }
        return rising >= MOST * (values.length - 1)
                && higher >= Math.min(LEAST_STEPS, 0.5 * (values.length - 1));
    }

    /** Whether whole numbers, in any order, are mostly the same step apart, as times are. */
    private static boolean hasGrid(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().distinct().toArray();
        if (sorted.length <= LEAST_STEPS
                || Arrays.stream(sorted).anyMatch(v -> v != Math.rint(v))) {
            return false;
        }
        Map<Double, Integer> steps = new HashMap<>();
        for (int i = 1; i < sorted.length; i++) {
            steps.merge(sorted[i] - sorted[i - 1], 1, Integer::sum);
        }
        return Collections.max(steps.values()) >= MOST_ON_A_GRID * (sorted.length - 1);
    }

    private static TimeNotation step(String title, String unit, double[] values) {
        String words = (title + " " + unit).toLowerCase(Locale.ROOT);
        if (words.matches(".*(\\bms\\b|milli).*")) {
            return TimeNotation.Count.MILLISECONDS;
        }
        if (words.matches(".*(cycle|step|tick).*") || values.length < 3) {
            return new TimeNotation.Count("PT1H", Duration.ofHours(1));
        }
        return words.matches(".*\\b(min|minutes?)\\b.*")
                ? new TimeNotation.Count("PT1M", Duration.ofMinutes(1))
                : TimeNotation.Count.SECONDS;
    }

    private static Times of(int column, TimeNotation format, double[] values, String seen) {
        long[] millis = new long[values.length];
        for (int row = 0; row < values.length; row++) {
            millis[row] = format.millis(String.valueOf(values[row]));
        }
        if (format instanceof TimeNotation.SpreadsheetDays) {
            TimeNotation plain = new TimeNotation.SpreadsheetDays(Numerals.PLAIN);
            for (int row = 0; row < values.length; row++) {
                millis[row] = plain.millis(String.valueOf(values[row]));
            }
        }
        return new Times(List.of(column), format, millis, seen);
    }
}
