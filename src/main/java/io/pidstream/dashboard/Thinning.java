package io.pidstream.dashboard;

import java.util.stream.IntStream;

/** Which points of a series are sent. */
final class Thinning {
    private Thinning() {}

    /**
     * All points, or, where they are more than {@code most}, of every run of them that with the
     * smallest and that with the largest value: peaks stay.
     *
     * @return indices, ascending
     */
    static int[] of(PointSeries points, int target, int most) {
        int size = points.size();
        if (size <= most) {
            return IntStream.range(0, size).toArray();
        }
        int runs = Math.max(1, most / 2);
        IntStream.Builder chosen = IntStream.builder();
        for (int run = 0; run < runs; run++) {
            int from = (int) ((long) size * run / runs);
            int to = (int) ((long) size * (run + 1) / runs);
            int low = from;
            int high = from;
            for (int i = from; i < to; i++) {
                low = drawn(points, target, i) < drawn(points, target, low) ? i : low;
                high = drawn(points, target, i) > drawn(points, target, high) ? i : high;
            }
            chosen.add(Math.min(low, high));
            if (low != high) {
                chosen.add(Math.max(low, high));
            }
        }
        return chosen.build().toArray();
    }

    /** The true value where it is known. */
    private static double drawn(PointSeries points, int target, int point) {
        double truth = points.value(point, target, PointSeries.TRUTH);
        return Double.isNaN(truth) ? points.value(point, target, PointSeries.PREDICTION) : truth;
    }

    /** Points that have changed since a revision. */
    static int[] since(PointSeries points, long revision) {
        return IntStream.range(0, points.size())
                .filter(point -> points.revision(point) > revision)
                .toArray();
    }
}
