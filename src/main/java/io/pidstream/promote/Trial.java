package io.pidstream.promote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A version on trial against another, label by label, until it is shown to be better or worse. All
 * labels of one instant count as one observation: assets that are disturbed by the same thing are
 * no independent witnesses. Not thread-safe.
 */
final class Trial {
    private static final byte VERSION = 1;

    private final long challenger;
    private final long incumbent;
    private BettingTest better = new BettingTest();
    private BettingTest worse = new BettingTest();
    private long instants;
    private double absoluteErrors;
    private double incumbentErrors;
    private long errors;

    /** How a trial stands. */
    enum Verdict {
        /** Nothing is shown yet. */
        OPEN,
        /** The challenger is better. */
        BETTER,
        /** The challenger is worse. */
        WORSE,
        /** The trial is over, and nothing was shown. */
        UNDECIDED
    }

    Trial(long challenger, long incumbent) {
        this.challenger = challenger;
        this.incumbent = incumbent;
    }

    long challenger() {
        return challenger;
    }

    long incumbent() {
        return incumbent;
    }

    /**
     * Adds the labels of one instant.
     *
     * @param challengerErrors absolute errors, any order as long as it is the same
     * @param incumbentErrorsOf of the same labels
     * @param warmUp instants that are not counted: until then the challenger has not learned as
     *     much as the incumbent
     */
    void add(double[] challengerErrors, double[] incumbentErrorsOf, long warmUp) {
        if (challengerErrors.length == 0) {
            return;
        }
        instants++;
        if (instants <= warmUp) {
            return;
        }
        double difference = 0;
        for (int i = 0; i < challengerErrors.length; i++) {
            double c = challengerErrors[i];
            double a = incumbentErrorsOf[i];
            difference += a + c > 0 ? (a - c) / (a + c) : 0;
            absoluteErrors += c;
            incumbentErrors += a;
        }
        errors += challengerErrors.length;
        difference = Math.max(-1, Math.min(1, difference / challengerErrors.length));
        better.add(difference);
        worse.add(-difference);
    }

    /**
     * The verdict so far.
     *
     * @param alpha probability of an error of either kind
     * @param most instants after which it is over
     */
    Verdict verdict(double alpha, long most) {
        if (better.rejectsAt(alpha) && absoluteErrors < incumbentErrors) {
            return Verdict.BETTER;
        }
        if (worse.rejectsAt(alpha)) {
            return Verdict.WORSE;
        }
        return instants >= most ? Verdict.UNDECIDED : Verdict.OPEN;
    }

    /** Figures for the version's record. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("trialInstants", (double) instants);
        metrics.put("trialEvidenceBetter", better.evidence());
        metrics.put("trialEvidenceWorse", worse.evidence());
        if (errors > 0) {
            metrics.put("trialMae", absoluteErrors / errors);
            metrics.put("trialIncumbentMae", incumbentErrors / errors);
        }
        return metrics;
    }

    /** The errors in words. */
    String inWords() {
        return errors == 0
                ? "no label in its trial"
                : String.format(
                        java.util.Locale.ROOT,
                        "mean absolute error %.4g, that of version %d %.4g, over %,d labels",
                        absoluteErrors / errors,
                        incumbent,
                        incumbentErrors / errors,
                        errors);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(challenger);
        out.writeLong(incumbent);
        better.writeTo(out);
        worse.writeTo(out);
        out.writeLong(instants);
        out.writeDouble(absoluteErrors);
        out.writeDouble(incumbentErrors);
        out.writeLong(errors);
    }

    static Trial readFrom(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "trial has format version " + version + ", this code reads " + VERSION);
        }
        Trial trial = new Trial(in.readLong(), in.readLong());
        trial.better = BettingTest.readFrom(in);
        trial.worse = BettingTest.readFrom(in);
        trial.instants = in.readLong();
        trial.absoluteErrors = in.readDouble();
        trial.incumbentErrors = in.readDouble();
        trial.errors = in.readLong();
        return trial;
    }
}
