package io.pidstream.promote;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares a version with another, label by label, until it is proven better or worse. The
 * criterion is the mean absolute error, normalised per target by the incumbent's error so far.
 *
 * <p>Sequential forecasters can be compared by bets on differences of bounded scores (Choe &amp;
 * Ramdas, arXiv 2110.00115). Absolute errors are unbounded, but two versions' errors on one label
 * differ by at most the distance between their predictions, which is known before the label. For
 * similar versions that bound is far smaller than the errors, so few labels suffice to separate
 * them. All labels of one instant count as one observation, because one disturbance may affect many
 * assets. Consecutive instants are not independent either and are grouped into blocks; see {@link
 * Bets}. Not thread-safe.
 */
final class Trial {
    static final Format<Trial> FORMAT =
            Formats.ofMutable(
                    Part.of("promote/trial", 1, BettingTest.PART),
                    Trial.class,
                    Trial::writeTo,
                    Trial::readFrom);

    private final long challenger;
    private final long incumbent;
    private Units units = new Units();
    private Bets bets = new Bets();
    private long instants;
    private long counted;
    private double advantage;
    private double absoluteErrors;
    private double incumbentErrors;
    private long errors;

    /** Status of a trial. */
    enum Verdict {
        /** Nothing is proven yet. */
        OPEN,
        /** The challenger is better. */
        BETTER,
        /** The challenger is worse. */
        WORSE,
        /** The trial has ended without proof. */
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
     * One label that both versions have predicted.
     *
     * @param target index of the target
     * @param truth the label
     * @param challenger what the challenger predicted
     * @param incumbent what the incumbent predicted
     */
    record Pair(int target, double truth, double challenger, double incumbent) {
        double challengerError() {
            return Math.abs(truth - challenger);
        }

        double incumbentError() {
            return Math.abs(truth - incumbent);
        }

        boolean isFinite() {
            return Double.isFinite(challengerError()) && Double.isFinite(incumbentError());
        }
    }

    /**
     * Adds the labels of one instant.
     *
     * @param warmUp number of instants that are not counted, as the challenger has not learned as
     *     much as the incumbent yet
     */
    void add(List<Pair> labels, long warmUp) {
        if (labels.isEmpty()) {
            return;
        }
        instants++;
        compare(labels, instants > warmUp);
        if (instants > warmUp) {
            counted++;
            labels.stream().filter(pair -> pair.target() == 0).forEach(this::report);
        }
        labels.forEach(pair -> units.add(pair.target(), pair.incumbentError()));
    }

    private void report(Pair pair) {
        absoluteErrors += pair.challengerError();
        incumbentErrors += pair.incumbentError();
        errors++;
    }

    private void compare(List<Pair> labels, boolean counts) {
        double difference = 0;
        double bound = 0;
        for (Pair pair : labels) {
            double unit = units.of(pair.target());
            difference += (pair.incumbentError() - pair.challengerError()) / unit;
            bound += Math.abs(pair.challenger() - pair.incumbent()) / unit;
        }
        if (bound == Double.POSITIVE_INFINITY) {
            // The distance between the predictions overflows: no stake is possible.
            return;
        }
        bets.add(difference / labels.size(), bound / labels.size(), counts);
        if (counts) {
            advantage += difference / labels.size();
        }
    }

    /**
     * The verdict so far.
     *
     * @param alpha probability of an error of either kind
     * @param most number of instants after which the trial ends
     */
    Verdict verdict(double alpha, long most) {
        if (bets.better().rejectsAt(alpha) && advantage > 0) {
            return Verdict.BETTER;
        }
        if (bets.worse().rejectsAt(alpha)) {
            return Verdict.WORSE;
        }
        return instants >= most ? Verdict.UNDECIDED : Verdict.OPEN;
    }

    /** Whether the challenger's error is smaller so far, after a number of instants. */
    boolean isAhead(long after) {
        return instants >= after && advantage > 0;
    }

    /** Metrics for the version's record; mean absolute errors are those of the first target. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("trialInstants", (double) instants);
        metrics.put("trialEvidenceBetter", bets.better().evidence());
        metrics.put("trialEvidenceWorse", bets.worse().evidence());
        if (errors > 0) {
            metrics.put("trialAdvantage", advantage / counted);
            metrics.put("trialMae", absoluteErrors / errors);
            metrics.put("trialIncumbentMae", incumbentErrors / errors);
        }
        return metrics;
    }

    /** The errors as text. */
    String inWords() {
        if (errors == 0) {
            return "no labels during its trial";
        }
        String first =
                String.format(
                        Locale.ROOT,
                        "mean absolute error %.4g, that of version %d %.4g, over %,d labels",
                        absoluteErrors / errors,
                        incumbent,
                        incumbentErrors / errors,
                        errors);
        return units.targets() == 1
                ? first
                : String.format(
                        Locale.ROOT,
                        "%s for the first of %d targets; error over all targets %+.1f %%",
                        first,
                        units.targets(),
                        -100 * advantage / counted);
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeLong(challenger);
        out.writeLong(incumbent);
        units.writeTo(out);
        bets.writeTo(out);
        out.writeLong(instants);
        out.writeLong(counted);
        out.writeDouble(advantage);
        out.writeDouble(absoluteErrors);
        out.writeDouble(incumbentErrors);
        out.writeLong(errors);
    }

    private static Trial readFrom(DataInput in, Versions versions) throws IOException {
        Trial trial = new Trial(in.readLong(), in.readLong());
        trial.units = Units.readFrom(in);
        trial.bets = Bets.readFrom(in);
        trial.instants = in.readLong();
        trial.counted = in.readLong();
        trial.advantage = in.readDouble();
        trial.absoluteErrors = in.readDouble();
        trial.incumbentErrors = in.readDouble();
        trial.errors = in.readLong();
        return trial;
    }
}
