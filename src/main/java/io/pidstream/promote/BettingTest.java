package io.pidstream.promote;

import io.pidstream.format.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An anytime-valid test by betting of whether the mean of a bounded variable is positive
 * (Waudby-Smith &amp; Ramdas 2024): the wealth W = Π (1 + λₜ dₜ), with a stake λₜ that depends on
 * the past only. If no d has a positive mean given the past, W is a nonnegative supermartingale
 * that starts at 1, so the probability that it ever reaches 1/α is at most α (Ville), however often
 * the test is evaluated and however d depends on its past.
 *
 * <p>Every observation has its own bound, known in advance. The stake is growth-optimal for the
 * mean and second moment so far, and limited so that at most half of the wealth can be lost at the
 * bound. Not thread-safe.
 */
final class BettingTest {
    static final Part PART = Part.of("promote/betting-test", 1);
    private static final double MOST = 0.5;

    /** Weight of the prior, in observations: mean 0, standard deviation half the bound. */
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
     * @param d in [−bound, bound]
     * @param bound finite; 0 means that there is nothing to bet on
     */
    void add(double d, double bound) {
        if (!(Math.abs(d) <= bound && bound < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "difference is " + d + ", must be within its bound " + bound);
        }
        if (bound > 0) {
            logWealth += StrictMath.log1p(stake(bound) * d);
            mostLogWealth = Math.max(mostLogWealth, logWealth);
        }
        count++;
        sum += d;
        squares += d * d;
    }

    private double stake(double bound) {
        double mean = sum / (count + PRIOR);
        double second = (squares + PRIOR * PRIOR_VARIANCE * bound * bound) / (count + PRIOR);
        return Math.max(0, Math.min(MOST / bound, mean / second));
    }

    /** Natural logarithm of the largest wealth so far: the evidence for a positive mean. */
    double evidence() {
        return mostLogWealth;
    }

    /** Whether the mean is positive, at level α. */
    boolean rejectsAt(double alpha) {
        return mostLogWealth >= -StrictMath.log(alpha);
    }

    /** Number of observations so far. */
    long count() {
        return (long) count;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(logWealth);
        out.writeDouble(mostLogWealth);
        out.writeDouble(count);
        out.writeDouble(sum);
        out.writeDouble(squares);
    }

    static BettingTest readFrom(DataInput in) throws IOException {
        BettingTest test = new BettingTest();
        test.logWealth = in.readDouble();
        test.mostLogWealth = in.readDouble();
        test.count = in.readDouble();
        test.sum = in.readDouble();
        test.squares = in.readDouble();
        return test;
    }
}
