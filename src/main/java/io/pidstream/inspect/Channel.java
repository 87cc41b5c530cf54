package io.pidstream.inspect;

import java.util.Arrays;

/**
 * A column of numbers as people look at it.
 *
 * @param name as people call it
 * @param use the modality that it is of, {@code target}, or empty if it is left out
 * @param grade in a word
 * @param why what was seen, in a few words; may be empty
 * @param missing share of rows without a value
 * @param least smallest value
 * @param middle median
 * @param most largest value
 * @param withTarget correlation of its ranks with those of the target; NaN for the target itself
 * @param course values over the rows, averaged in equal parts; NaN where there is none
 * @param histogram number of values in equal parts between the 0.5 % and the 99.5 % quantile
 */
public record Channel(
        String name,
        String use,
        Grade grade,
        String why,
        double missing,
        double least,
        double middle,
        double most,
        double withTarget,
        double[] course,
        int[] histogram) {
    /** What a channel is called that is the target. */
    public static final String TARGET = "target";

    private static final int COURSE = 120;
    private static final int BARS = 24;
    private static final double TAIL = 0.005;

    static Channel of(Series series, String use, Graded graded, double withTarget) {
        double[] sorted =
                Arrays.stream(series.values()).filter(v -> !Double.isNaN(v)).sorted().toArray();
        int n = sorted.length;
        return new Channel(
                series.title(),
                use,
                graded.grade(),
                graded.why(),
                series.missing(),
                n == 0 ? Double.NaN : sorted[0],
                n == 0 ? Double.NaN : sorted[n / 2],
                n == 0 ? Double.NaN : sorted[n - 1],
                withTarget,
                course(series.values()),
                histogram(sorted));
    }

    /** The same in another modality; empty for none. */
    Channel used(String modality) {
        return new Channel(
                name,
                modality,
                grade,
                why,
                missing,
                least,
                middle,
                most,
                withTarget,
                course,
                histogram);
    }

    private static double[] course(double[] values) {
        int parts = Math.min(COURSE, values.length);
        double[] course = new double[parts];
        for (int p = 0; p < parts; p++) {
            int from = (int) ((long) p * values.length / parts);
            int to = (int) ((p + 1L) * values.length / parts);
            double sum = 0;
            int count = 0;
            for (int row = from; row < to; row++) {
                if (!Double.isNaN(values[row])) {
                    sum += values[row];
                    count++;
                }
            }
            course[p] = count == 0 ? Double.NaN : sum / count;
        }
        return course;
    }

    private static int[] histogram(double[] sorted) {
        int[] bars = new int[BARS];
        int n = sorted.length;
        if (n == 0) {
            return bars;
        }
        double low = sorted[(int) (TAIL * (n - 1))];
        double high = sorted[(int) ((1 - TAIL) * (n - 1))];
        for (double value : sorted) {
            if (value >= low && value <= high) {
                double part = high > low ? (value - low) / (high - low) : 0.5;
                bars[Math.min(BARS - 1, (int) (part * BARS))]++;
            }
        }
        return bars;
    }
}
