package io.pidstream.promote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bets for and against the challenger of a trial, on blocks of instants long enough to be nearly
 * independent of each other (a single instant if instants are independent). The length of a block
 * is fixed before it begins, from the past. The bound of a block is the sum of the bounds of its
 * instants, which is known before its last labels but not before its first: the one place where a
 * stake does not depend on the past alone. Not thread-safe.
 */
final class Bets {
    /** Number of instants before the first bet, used to estimate their dependence. */
    private static final int LEAST = 30;

    /** Length of a block in units of the dependence length of instants. */
    private static final double LENGTHS = 2;

    /** An estimated dependence below this may be due to chance. */
    private static final double NOTICEABLE = 1.5;

    private Dependence dependence = new Dependence();
    private BettingTest better = new BettingTest();
    private BettingTest worse = new BettingTest();
    private long seen;
    private long length;
    private long left;
    private double difference;
    private double bound;

    /**
     * Adds an instant; an instant with equal predictions carries no information.
     *
     * @param d the challenger's advantage, in [−most, most]
     * @param most bound, known before the labels
     * @param counts whether to bet on it; otherwise it only contributes to the dependence estimate
     */
    void add(double d, double most, boolean counts) {
        if (most == 0) {
            return;
        }
        if (counts && seen >= LEAST) {
            bet(d, most);
        }
        seen++;
        dependence.add(d);
    }

    private void bet(double d, double most) {
        if (left == 0) {
            double factor = dependence.factor();
            length = factor < NOTICEABLE ? 1 : (long) Math.ceil(LENGTHS * factor);
            left = length;
            difference = 0;
            bound = 0;
        }
        difference += d;
        bound += most;
        left--;
        if (left == 0) {
            // Rounding may push the sum past its bound.
            double mean = Math.max(-bound, Math.min(bound, difference)) / length;
            better.add(mean, bound / length);
            worse.add(-mean, bound / length);
        }
    }

    BettingTest better() {
        return better;
    }

    BettingTest worse() {
        return worse;
    }

    void writeTo(DataOutput out) throws IOException {
        dependence.writeTo(out);
        better.writeTo(out);
        worse.writeTo(out);
        out.writeLong(seen);
        out.writeLong(length);
        out.writeLong(left);
        out.writeDouble(difference);
        out.writeDouble(bound);
    }

    static Bets readFrom(DataInput in) throws IOException {
        Bets bets = new Bets();
        bets.dependence = Dependence.readFrom(in);
        bets.better = BettingTest.readFrom(in);
        bets.worse = BettingTest.readFrom(in);
        bets.seen = in.readLong();
        bets.length = in.readLong();
        bets.left = in.readLong();
        bets.difference = in.readDouble();
        bets.bound = in.readDouble();
        return bets;
    }
}
