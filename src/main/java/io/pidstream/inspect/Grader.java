package io.pidstream.inspect;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Grades channels by what would harm a prediction from them. */
final class Grader {
    private static final int LEAST_VALUES = 30;
    private static final double MANY_GAPS = 0.05;
    private static final int FEW_LEVELS = 8;
    private static final double HELD = 0.9;
    private static final double SATURATED = 0.02;

    private Grader() {}

    /**
     * @param assets per row, so that steps are those of one asset
     */
    static Graded grade(Series series, int[] assets) {
        double[] values = series.values();
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length > 1 && sorted[0] == sorted[sorted.length - 1]) {
            return new Graded(Grade.CONSTANT, "always " + Shares.figure(sorted[0]));
        }
        if (sorted.length < LEAST_VALUES) {
            return new Graded(Grade.SHORT, Shares.count(sorted.length, "value"));
        }
        Steps steps = Steps.of(values, assets);
        if (series.missing() > MANY_GAPS) {
            return new Graded(
                    Grade.GAPS,
                    "missing in %s of the rows, %s at most in a row"
                            .formatted(
                                    Shares.percent(series.missing()),
                                    Shares.count(steps.longestGap())));
        }
        if (steps.isCounter(sorted)) {
            return new Graded(
                    Grade.WRAPS,
                    "rises in all but %s, and begins anew %s"
                            .formatted(
                                    Shares.count(steps.falls(), "step"),
                                    steps.falls() == 1
                                            ? "once"
                                            : Shares.count(steps.falls(), "time")));
        }
        int levels = distinct(sorted, FEW_LEVELS + 1);
        if (levels <= FEW_LEVELS) {
            return new Graded(Grade.COARSE, levels + " different values");
        }
        if (steps.held() >= HELD) {
            return new Graded(
                    Grade.COARSE,
                    "keeps its value in %s of the steps".formatted(Shares.percent(steps.held())));
        }
        return saturation(sorted);
    }

    /** Zero is a natural end of many quantities, such as rain; others are ends of a range. */
    private static Graded saturation(double[] sorted) {
        int n = sorted.length;
        int low = 0;
        while (low < n && sorted[low] == sorted[0]) {
            low++;
        }
        int high = 0;
        while (high < n && sorted[n - 1 - high] == sorted[n - 1]) {
            high++;
        }
        boolean top = isPiled(sorted[n - 1], high, n, sorted);
        boolean bottom = isPiled(sorted[0], low, n, sorted);
        if (!top && !bottom) {
            return new Graded(Grade.GOOD, "");
        }
        double end = top ? sorted[n - 1] : sorted[0];
        return new Graded(
                Grade.SATURATED,
                "%s of the values are exactly the %s, %s"
                        .formatted(
                                Shares.percent((double) (top ? high : low) / n),
                                top ? "largest" : "smallest",
                                Shares.figure(end)));
    }

    private static boolean isPiled(double end, int count, int all, double[] sorted) {
        int distinct = distinct(sorted, 51);
        return end != 0
                && count >= SATURATED * all
                && distinct > 50
                && count > 5.0 * all / distinct;
    }

    /** Number of different values, or the most that is of interest. */
    private static int distinct(double[] sorted, int most) {
        int distinct = 0;
        for (int i = 0; i < sorted.length && distinct < most; i++) {
            distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
        }
        return distinct;
    }

    private record Steps(int rises, int falls, int same, int longestGap, double deepestFall) {
        static Steps of(double[] values, int[] assets) {
            Map<Integer, Double> last = new HashMap<>();
            int rises = 0;
            int falls = 0;
            int same = 0;
            int gap = 0;
            int longest = 0;
            double deepest = 0;
            for (int row = 0; row < values.length; row++) {
                if (Double.isNaN(values[row])) {
                    longest = Math.max(longest, ++gap);
                    continue;
                }
                gap = 0;
                Double before = last.put(assets[row], values[row]);
                if (before != null) {
                    double step = values[row] - before;
                    rises += step > 0 ? 1 : 0;
                    falls += step < 0 ? 1 : 0;
                    same += step == 0 ? 1 : 0;
                    deepest = Math.max(deepest, -step);
                }
            }
            return new Steps(rises, falls, same, longest, deepest);
        }

        double held() {
            int all = rises + falls + same;
            return all == 0 ? 0 : (double) same / all;
        }

        /** Rises nearly always, and falls at least once by most of its range. */
        boolean isCounter(double[] sorted) {
            double range = sorted[sorted.length - 1] - sorted[0];
            return falls > 0
                    && falls <= 0.02 * rises
                    && rises >= 10 * falls
                    && rises >= LEAST_VALUES
                    && deepestFall > 0.5 * range;
        }
    }
}
