package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds numbers that stand for a missing value, such as -200, -999 or 65535: they repeat exactly,
 * lie far outside all other values of a column, and look like a mark.
 */
final class SentinelFinder {
    private static final int LEAST_REPEATS = 3;

    /** A sentinel is this many times the range of all other values away from them. */
    private static final double FAR = 0.5;

    private final List<Series> series;

    SentinelFinder(List<Series> series) {
        this.series = series;
    }

    /** Every sentinel, with the number of its cells. */
    Map<Double, Long> find() {
        Map<Double, Long> found = new TreeMap<>();
        for (Series each : series) {
            double[] sorted =
                    Arrays.stream(each.values()).filter(v -> !Double.isNaN(v)).sorted().toArray();
            addEnds(sorted, found);
        }
        List<Double> ordinary = new ArrayList<>();
        for (double sentinel : found.keySet()) {
            if (isOrdinarySomewhere(sentinel)) {
                ordinary.add(sentinel);
            }
        }
        // A file has one list of marks for all its columns.
        ordinary.forEach(found::remove);
        return found;
    }

    /** Looks at both ends, several times: a column may have several sentinels. */
    private static void addEnds(double[] sorted, Map<Double, Long> found) {
        int from = 0;
        int to = sorted.length;
        boolean more = true;
        while (more && to - from > LEAST_REPEATS) {
            more = false;
            int low = from;
            while (low < to && sorted[low] == sorted[from]) {
                low++;
            }
            if (isSentinel(sorted[from], low - from, sorted, low, to)) {
                found.merge(sorted[from], (long) low - from, Long::sum);
                from = low;
                more = true;
            }
            int high = to;
            while (high > from && sorted[high - 1] == sorted[to - 1]) {
                high--;
            }
            if (to > from && isSentinel(sorted[to - 1], to - high, sorted, from, high)) {
                found.merge(sorted[to - 1], (long) to - high, Long::sum);
                to = high;
                more = true;
            }
        }
    }

    private static boolean isSentinel(
            double value, int repeats, double[] sorted, int from, int to) {
        if (repeats < LEAST_REPEATS || !looksLikeMark(value)) {
            return false;
        }
        if (from >= to) {
            // Nothing but the mark: a sensor that was never there.
            return Math.abs(value) >= 999;
        }
        double least = sorted[from];
        double most = sorted[to - 1];
        double away = value < least ? least - value : value - most;
        double range = most - least;
        return away > FAR * Math.max(range, Math.abs(most) * 0.1) && away > 1;
    }

    /** Such as -999, 9999.9, -200, -9900, 32767 or 65535. */
    private static boolean looksLikeMark(double value) {
        double size = Math.abs(value);
        if (size >= 1e15) {
            return true;
        }
        String digits = Shares.plain(size);
        if (digits.matches("9{2,}0*(\\.[89]+)?|7{4,}|8{4,}")) {
            return true;
        }
        if (size == 200 || size == 500 || size == 6999 || size == 7999) {
            return value < 0 || size > 6000;
        }
        return (size == 127 && value < 0)
                || size == 255
                || size == 32767
                || size == 32768
                || size == 65535
                || size == 2147483647.0
                || size == 2147483648.0
                || size == 4294967295.0;
    }

    /** Whether it is among the other values of some column. */
    private boolean isOrdinarySomewhere(double sentinel) {
        for (Series each : series) {
            Map<Boolean, Integer> sides = new HashMap<>();
            boolean has = false;
            for (double value : each.values()) {
                has |= value == sentinel;
                if (value != sentinel && !Double.isNaN(value) && !looksLikeMark(value)) {
                    sides.merge(value > sentinel, 1, Integer::sum);
                }
            }
            if (has && sides.size() == 2) {
                return true;
            }
        }
        return false;
    }
}
