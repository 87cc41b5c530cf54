package io.pidstream.promote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bets for and against the challenger of a trial, on blocks of instants that are long enough for
 * neighbouring blocks to be next to independent: one instant where instants are. How long is
 * decided before a block begins, by what came before. Its bound is the sum of those of its
 * instants, known before its last labels but not before its first: the one place where a stake is
 * not strictly of the past. Not thread-safe.
 */
final class Bets {
    /** Instants before the first bet: until then nothing is known of how they depend. */
    private static final int LEAST = 30;

    /** A block is this many times as long as instants depend on each other. */
    private static final double LENGTHS = 2;

    /** Below this, what is seen of dependence may be chance. */
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
     * Takes an instant; one at which both predict the same says nothing.
     *
     * @param d how much better the challenger was, in [−most, most]
     * @param most known before the labels
     * @param counts whether it is bet on, or only shows how instants depend on each other
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
            // Rounding may carry the sum past its bound.
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
