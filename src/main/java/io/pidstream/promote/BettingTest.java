package io.pidstream.promote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An anytime-valid test of whether the mean of something bounded is positive, by betting
 * (Waudby-Smith &amp; Ramdas 2024): the wealth W = Π (1 + λₜ dₜ), with a stake λₜ that only what
 * came before decides. If, given the past, no d is positive on average, W is a nonnegative
 * supermartingale that starts at 1, so it ever reaches 1/α with probability α at most (Ville),
 * however often one looks and however d depends on its past.
 *
 * <p>The stake is the growth-optimal one of the mean and variance seen so far, at most ½. Not
 * thread-safe.
 */
final class BettingTest {
    private static final byte VERSION = 1;
    private static final double MOST = 0.5;

    /** Weight, in observations, of the first guess: mean 0, variance ¼. */
    private static final double PRIOR = 10;

    private static final double PRIOR_VARIANCE = 0.25;

    private double logWealth;
    private double mostLogWealth;
    private double count;
    private double sum;
    private double squares;

    /**
     * Bets on one observation.
     *
     * @param d in [−1, 1]
     */
    void add(double d) {
        if (!(d >= -1 && d <= 1)) {
            throw new IllegalArgumentException("difference is " + d + ", must be in [-1, 1]");
        }
        logWealth += StrictMath.log1p(stake() * d);
        mostLogWealth = Math.max(mostLogWealth, logWealth);
        count++;
        sum += d;
        squares += d * d;
    }

    private double stake() {
        double mean = sum / (count + PRIOR);
        double second = (squares + PRIOR * PRIOR_VARIANCE) / (count + PRIOR);
        return Math.max(0, Math.min(MOST, mean / second));
    }

    /** The largest wealth so far, as a natural logarithm: the evidence for a positive mean. */
    double evidence() {
        return mostLogWealth;
    }

    /** Whether the mean is positive, at level α. */
    boolean rejectsAt(double alpha) {
        return mostLogWealth >= -StrictMath.log(alpha);
    }

    /** Observations so far. */
    long count() {
        return (long) count;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeDouble(logWealth);
        out.writeDouble(mostLogWealth);
        out.writeDouble(count);
        out.writeDouble(sum);
        out.writeDouble(squares);
    }

    static BettingTest readFrom(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "betting test has format version " + version + ", this code reads " + VERSION);
        }
        BettingTest test = new BettingTest();
        test.logWealth = in.readDouble();
        test.mostLogWealth = in.readDouble();
        test.count = in.readDouble();
        test.sum = in.readDouble();
        test.squares = in.readDouble();
        return test;
    }
}
