package io.pidstream.detect;

import io.pidstream.stats.Doubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Takes out of a series of block statistics what could be foreseen from the block before, u_t = x_t
 * − ρ (x_{t−1} − mean), and limits how far one block can be off.
 *
 * <p>ρ is the correlation of neighbours among the blocks seen until {@value #DELAY} blocks ago, so
 * that a shift that has just begun is not taken for dependence; it is corrected for its bias of −(1
 * + 3ρ)/n (Kendall 1954), and never negative, and begins at an assumed {@value #ASSUMED}. ρ, mean
 * and limit are known before the block is, as the test needs it.
 */
final class Whitener {
    static final int DELAY = 8;

    private static final int LEAST = 8;
    private static final double MOST = 0.95;

    /** What is assumed of ρ, as if this many pairs had shown it, until there are more. */
    private static final double ASSUMED = 0.3;

    private static final double ASSUMED_PAIRS = 8;

    private final double clip;

    /** The newest values in their order, which do not count for ρ yet. */
    private final double[] recent = new double[DELAY];

    // Of all values: 0 number. Of pairs: 1 number, 2 mean before, 3 mean, 4 squares before, 5
    // squares, 6 products. 7 the value before the pairs' next. Mean of all values 8; last value 9.
    // Of what came out: 10 number, 11 mean, 12 squares.
    private final double[] s = new double[13];

    /**
     * @param clip deviations by which a block can be off at most; infinity for no limit
     */
    Whitener(double clip) {
        this.clip = clip;
        s[9] = Double.NaN;
        s[7] = Double.NaN;
    }

    double next(double x) {
        double foreseen = Double.isNaN(s[9]) ? 0 : correlation() * (s[9] - s[8]);
        double u = limited(x - foreseen);
        learn(x);
        double delta = u - s[11];
        s[11] += delta / ++s[10];
        s[12] += delta * (u - s[11]);
        return u;
    }

    private double limited(double u) {
        if (s[10] < LEAST) {
            return u;
        }
        double reach = clip * Math.sqrt(s[12] / (s[10] - 1));
        return Math.max(s[11] - reach, Math.min(s[11] + reach, u));
    }

    private void learn(double x) {
        int slot = (int) (s[0] % DELAY);
        if (s[0] >= DELAY) {
            pair(recent[slot]);
        }
        recent[slot] = x;
        s[8] += (x - s[8]) / ++s[0];
        s[9] = x;
    }

    private void pair(double x) {
        double before = s[7];
        s[7] = x;
        if (Double.isNaN(before)) {
            return;
        }
        double n = ++s[1];
        double deltaBefore = before - s[2];
        double delta = x - s[3];
        s[2] += deltaBefore / n;
        s[3] += delta / n;
        s[4] += deltaBefore * (before - s[2]);
        s[5] += delta * (x - s[3]);
        s[6] += deltaBefore * (x - s[3]);
    }

    /** ρ, from 0 to {@value #MOST}. */
    double correlation() {
        double n = s[1];
        double scale = Math.sqrt(s[4] * s[5]);
        double r = scale > 0 ? s[6] / scale : 0;
        double corrected = n > 0 ? r + (1 + 3 * Math.max(0, r)) / n : 0;
        double known = Math.min(MOST, corrected);
        return Math.max(0, (n * known + ASSUMED_PAIRS * ASSUMED) / (n + ASSUMED_PAIRS));
    }

    /** The next value does not follow on the last one. */
    void interrupt() {
        s[9] = Double.NaN;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(clip);
        Doubles.write(out, recent);
        Doubles.write(out, s);
    }

    static Whitener readFrom(DataInput in) throws IOException {
        Whitener whitener = new Whitener(in.readDouble());
        Doubles.read(in, whitener.recent);
        Doubles.read(in, whitener.s);
        return whitener;
    }
}
