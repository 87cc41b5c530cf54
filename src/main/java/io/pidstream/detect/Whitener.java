package io.pidstream.detect;

import io.pidstream.stats.Doubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Removes from a series of block statistics what the preceding block predicts, u_t = x_t − ρ
 * (x_{t−1} − mean), and clips outliers.
 *
 * <p>ρ is the lag-1 autocorrelation of the blocks up to {@value #DELAY} blocks ago, so that a shift
 * that has just begun is not mistaken for dependence. It is corrected for its bias of −(1 + 3ρ)/n
 * (Kendall 1954), is never negative, and starts at a prior of {@value #ASSUMED}. ρ, mean and
 * clipping limit do not depend on the current block, as the test requires.
 */
final class Whitener {
    static final int DELAY = 8;

    private static final int LEAST = 8;
    private static final double MOST = 0.95;

    /** Prior of ρ, which counts as much as this many pairs. */
    private static final double ASSUMED = 0.3;

    private static final double ASSUMED_PAIRS = 8;

    private final double clip;

    /** Ring buffer of the newest values, which do not count for ρ yet. */
    private final double[] recent = new double[DELAY];

    // All values: 0 count, 8 mean, 9 last value. Pairs: 1 count, 2 mean of the first, 3 mean of the
    // second, 4 squares of the first, 5 squares of the second, 6 products; 7 first value of the
    // next pair. Output: 10 count, 11 mean, 12 squares.
    private final double[] s = new double[13];

    /**
     * @param clip clipping limit in standard deviations; infinity for none
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

    /** Marks a gap: the next value does not follow the last one. */
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
