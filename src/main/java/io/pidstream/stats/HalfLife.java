package io.pidstream.stats;

/**
 * Weights that double with every half-life of event time. Event time is divided into intervals of
 * one half-life, numbered from 1970. The weight of a time is a number in [1, 2) for its position
 * within the interval, times an exact power of two for the interval's number.
 *
 * @param millis the half-life in milliseconds, at least 1; {@link #INFINITE} for weights that never
 *     change
 */
record HalfLife(long millis) {
    static final long INFINITE = Long.MAX_VALUE;

    private static final double LN_2 = 0.6931471805599453;

    /** Beyond this many half-lives every weight is 0; keeps exponents in the range of an int. */
    private static final long FAR = 5000;

    HalfLife {
        if (millis < 1) {
            throw new IllegalArgumentException(
                    "half-life is " + millis + " ms, must be at least 1");
        }
    }

    /** Number of the interval that contains this time. */
    long number(long time) {
        return millis == INFINITE ? 0 : Math.floorDiv(time, millis);
    }

    /** Weight of this time relative to the start of its interval, in [1, 2). */
    double weightWithin(long time) {
        if (millis == INFINITE) {
            return 1;
        }
        // StrictMath, so that every machine computes the same bits.
        return StrictMath.exp(LN_2 * ((double) Math.floorMod(time, millis) / millis));
    }

    /** {@code to - from}, limited to the range in which weights differ. */
    static long between(long from, long to) {
        long difference = to - from;
        boolean overflow = ((to ^ from) & (to ^ difference)) < 0;
        if (overflow) {
            return to < from ? -FAR : FAR;
        }
        return Math.max(-FAR, Math.min(FAR, difference));
    }

    /** 2^exponent, exact; 0 on underflow. */
    static double power(long exponent) {
        return exponent == 0 ? 1 : Math.scalb(1.0, (int) exponent);
    }
}
