package io.pidstream.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A fixed map y → Φ⁻¹(rank of y): increasing, linear between knots. Equal values share their middle
 * rank. Beyond the outermost values it is extrapolated linearly, no steeper than the average slope,
 * up to ±{@value #LIMIT}. A constant target maps to 0 everywhere.
 */
public final class NormalScore {
    private static final byte VERSION = 1;
    private static final double LIMIT = 8;

    /** Number of steps in normal scores, which bounds the distance of knots. */
    private static final int STEPS = 63;

    private final double[] values;
    private final double[] scores;

    private NormalScore(double[] values, double[] scores) {
        this.values = values;
        this.scores = scores;
    }

    /** The map of weighted values in ascending runs, with at least one value. */
    static NormalScore of(List<QuantileSketch.Run> runs) {
        int size = 0;
        long total = 0;
        for (QuantileSketch.Run run : runs) {
            size += run.values().length;
            total += run.weight() * run.values().length;
        }
        double[] values = new double[size];
        double[] scores = new double[size];
        int[] heads = new int[runs.size()];
        int distinct = 0;
        long below = 0;
        while (below < total) {
            double value = least(runs, heads);
            long same = take(runs, heads, value);
            // + 0.0 unifies both zeros.
            values[distinct] = value + 0.0;
            scores[distinct++] = Normal.quantile((below + 0.5 * same) / total);
            below += same;
        }
        return thinned(Arrays.copyOf(values, distinct), Arrays.copyOf(scores, distinct));
    }

    private static double least(List<QuantileSketch.Run> runs, int[] heads) {
        double least = Double.POSITIVE_INFINITY;
        for (int r = 0; r < heads.length; r++) {
            double[] values = runs.get(r).values();
            if (heads[r] < values.length) {
                least = Math.min(least, values[heads[r]]);
            }
        }
        return least;
    }

    /** Advances past all heads with this value; returns the number of samples they represent. */
    private static long take(List<QuantileSketch.Run> runs, int[] heads, double value) {
        long taken = 0;
        for (int r = 0; r < heads.length; r++) {
            double[] values = runs.get(r).values();
            while (heads[r] < values.length && values[heads[r]] == value) {
                heads[r]++;
                taken += runs.get(r).weight();
            }
        }
        return taken;
    }

    /** Keeps the values needed for small steps of the scores, including both ends of every jump. */
    private static NormalScore thinned(double[] values, double[] scores) {
        int last = values.length - 1;
        double step = (scores[last] - scores[0]) / STEPS;
        int[] kept = new int[values.length];
        int size = 0;
        for (int i = 0; i <= last; i++) {
            boolean needed =
                    i == 0
                            || i == last
                            || values.length <= STEPS
                            || scores[i + 1] - scores[kept[size - 1]] > step;
            if (needed) {
                kept[size++] = i;
            }
        }
        int[] knots = Arrays.copyOf(kept, size);
        return new NormalScore(
                Arrays.stream(knots).mapToDouble(k -> values[k]).toArray(),
                Arrays.stream(knots).mapToDouble(k -> scores[k]).toArray());
    }

    /**
     * The normal score of a value, within ±8.
     *
     * @throws IllegalArgumentException if y is NaN
     */
    public double apply(double y) {
        if (Double.isNaN(y)) {
            throw new IllegalArgumentException("target is NaN");
        }
        int last = values.length - 1;
        if (isConstant()) {
            return 0;
        }
        if (y < values[0]) {
            return Math.max(-LIMIT, scores[0] - tailSlope(0) * (values[0] - y));
        }
        if (y > values[last]) {
            return Math.min(LIMIT, scores[last] + tailSlope(last - 1) * (y - values[last]));
        }
        int found = Arrays.binarySearch(values, y + 0.0);
        if (found >= 0) {
            return scores[found];
        }
        int right = -found - 1;
        // Halved, so that the difference of huge values does not overflow.
        double share =
                (0.5 * y - 0.5 * values[right - 1])
                        / (0.5 * values[right] - 0.5 * values[right - 1]);
        return scores[right - 1] + share * (scores[right] - scores[right - 1]);
    }

    private double tailSlope(int segment) {
        double overall = slope(0, values.length - 1);
        return Math.min(overall, slope(segment, segment + 1));
    }

    private double slope(int left, int right) {
        return 0.5 * (scores[right] - scores[left]) / (0.5 * values[right] - 0.5 * values[left]);
    }

    /** Whether all values were equal, so that there is nothing to rank. */
    public boolean isConstant() {
        return values.length == 1;
    }

    /** Number of knots. */
    public int knots() {
        return values.length;
    }

    /** Writes the map. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(values.length);
        double[] knots = new double[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            knots[2 * i] = values[i];
            knots[2 * i + 1] = scores[i];
        }
        Doubles.write(out, knots);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException if the format version is not known, the knots do not increase or the
     *     input ends early
     */
    public static NormalScore readFrom(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "normal score has format version " + version + ", this code reads " + VERSION);
        }
        int knots = in.readInt();
        if (knots < 1) {
            throw new IOException("normal score has " + knots + " knots");
        }
        double[] values = new double[knots];
        double[] scores = new double[knots];
        for (int i = 0; i < knots; i++) {
            values[i] = in.readDouble();
            scores[i] = in.readDouble();
            if (i > 0 && !(values[i] > values[i - 1] && scores[i] > scores[i - 1])) {
                throw new IOException("knot " + i + " of a normal score does not increase");
            }
        }
        return new NormalScore(values, scores);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof NormalScore that
                && Arrays.equals(values, that.values)
                && Arrays.equals(scores, that.scores);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(scores);
    }

    @Override
    public String toString() {
        return "NormalScore[knots="
                + values.length
                + ", from="
                + values[0]
                + ", to="
                + values[values.length - 1]
                + "]";
    }
}
