package io.pidstream.stats;

/** Searches in ascending numbers. */
public final class Ascending {
    private Ascending() {}

    /**
     * How many of some numbers are below a value; none if it is NaN.
     *
     * <p>Which way the search turns cannot be predicted, so it has no branches on the numbers: the
     * compiler makes conditional moves of them.
     *
     * @param ascending without NaN
     */
    public static int countBelow(double[] ascending, double value) {
        int below = 0;
        int left = ascending.length;
        while (left > 1) {
            int half = left >>> 1;
            below += ascending[below + half - 1] < value ? half : 0;
            left -= half;
        }
        return left == 1 && ascending[below] < value ? below + 1 : below;
    }
}
