package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import io.pidstream.stats.BrokenInvariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The ends of prediction intervals in units of the expected error, kept at their nominal coverage
 * by adaptive conformal inference (Gibbs & Candès 2021): an end moves away after every miss and
 * closer by a little after every hit, in the ratio given by the nominal coverage, whatever the
 * distribution of errors and its drift. The step is on the logarithm of the distance, as in
 * quantile tracking (Angelopoulos, Candès & Tibshirani 2023), so that an interval always has a
 * width and contains its prediction.
 *
 * <p>Either end has a quantile of its own, because errors may be skewed; half of each step is what
 * both ends have in common. The intervals of several levels are made nested before they are used,
 * and learn from what was used, which keeps the coverage of each (Ding, Gibbs & Tibshirani 2025).
 */
final class AdaptiveInterval {
    static final Part PART = Part.of("learn/interval", 2);

    /** Long-run step. */
    private static final double STEP = 0.03;

    /** A young asset moves faster: by 60 / (400 + labels), Angelopoulos, Barber & Bates (2024). */
    private static final double PACE = 60;

    private static final double SETTLING = 400;

    /** Part of a step that both ends have in common. */
    private static final double COMMON = 0.5;

    /** Bound on the logarithm of an end's distance over the expected error. */
    private static final double WIDEST = 6;

    /** Largest distance of an end, in standard deviations of the target. */
    private static final double MOST_DEVIATIONS = 8;

    /** Smallest distance of an end, in units of the prediction's rounding. */
    private static final double LEAST_ULPS = 4;

    /** Ascending. */
    private final double[] levels;

    /** Per level, the logarithm of the distance of either end over the expected error. */
    private final double[] above;

    private final double[] below;
    private long labels;

    /**
     * @param levels nominal coverages, in (0, 1), ascending
     */
    AdaptiveInterval(List<Double> levels) {
        this.levels = levels.stream().mapToDouble(Double::doubleValue).toArray();
        above = new double[this.levels.length];
        below = new double[above.length];
        for (int l = 0; l < above.length; l++) {
            above[l] = usualLogRatio(this.levels[l]);
            below[l] = above[l];
        }
    }

    /** For Laplace-distributed errors: P(|e| &gt; q mean|e|) = exp(−q). */
    static double usualLogRatio(double level) {
        return StrictMath.log(-StrictMath.log(1 - level));
    }

    /**
     * The ends of all levels, narrowest first, [levels, 2], in the target's unit.
     *
     * @param above expected error above the prediction
     * @param below expected error below it
     * @param deviation standard deviation of the target, the fleet's if larger; 0 if unknown
     * @param bounds beyond which the target cannot be
     */
    double[] ends(
            double prediction, double above, double below, double deviation, LabelRange bounds) {
        double[] ends = new double[2 * levels.length];
        double lower = 0;
        double upper = 0;
        for (int l = 0; l < levels.length; l++) {
            lower = Math.max(lower, distance(this.below[l], below, prediction, deviation));
            upper = Math.max(upper, distance(this.above[l], above, prediction, deviation));
            ends[2 * l] = Math.min(prediction, bounds.clip(prediction - lower));
            ends[2 * l + 1] = Math.max(prediction, bounds.clip(prediction + upper));
        }
        return ends;
    }

    private static double distance(
            double logRatio, double scale, double prediction, double deviation) {
        double distance = scale * StrictMath.exp(logRatio);
        if (deviation > 0) {
            distance = Math.min(distance, MOST_DEVIATIONS * deviation);
        }
        return Math.max(distance, LEAST_ULPS * Math.ulp(prediction));
    }

    /**
     * Learns from one label. Delayed feedback would make the ends oscillate, so the step is
     * smaller.
     *
     * @param ends that were used, see {@link #ends}
     * @param deviation standard deviation of the target; 0 if unknown
     * @param lag frames between the prediction and this label
     */
    void learn(double[] ends, double prediction, double target, double deviation, long lag) {
        labels++;
        double pace = PACE / (SETTLING + labels);
        // Twice, because an end is missed half as often as the interval.
        double step = 2 * Math.max(STEP, pace) / Math.sqrt(1.0 + lag);
        for (int l = 0; l < levels.length && ends.length == 2 * levels.length; l++) {
            double tail = (1 - levels[l]) / 2;
            double low = (target < ends[2 * l] ? 1 : 0) - tail;
            double high = (target > ends[2 * l + 1] ? 1 : 0) - tail;
            double common = COMMON * (low + high) / 2;
            // An end that is as far as it may be does not move on: it could not follow back.
            if (low < 0 || !isFarthest(prediction - ends[2 * l], deviation)) {
                below[l] = moved(below[l], step * ((1 - COMMON) * low + common));
            }
            if (high < 0 || !isFarthest(ends[2 * l + 1] - prediction, deviation)) {
                above[l] = moved(above[l], step * ((1 - COMMON) * high + common));
            }
        }
    }

    private static boolean isFarthest(double distance, double deviation) {
        // The deviation may have changed a little since; one far beyond had a larger limit.
        double share = distance / (MOST_DEVIATIONS * deviation);
        return share >= 0.999 && share <= 1.1;
    }

    private static double moved(double logRatio, double by) {
        double to = Math.max(-WIDEST, Math.min(WIDEST, logRatio + by));
        if (Double.isNaN(to)) {
            throw new BrokenInvariant(
                    "logarithm of the distance of an end is %s after a step of %s", logRatio, by);
        }
        return to;
    }

    AdaptiveInterval copy(List<Double> others) {
        return Wire.copy(this::writeTo, in -> readFrom(in, others));
    }

    void writeTo(DataOutput out) throws IOException {
        Wire.write(out, above);
        Wire.write(out, below);
        out.writeLong(labels);
    }

    static AdaptiveInterval readFrom(DataInput in, List<Double> levels) throws IOException {
        AdaptiveInterval interval = new AdaptiveInterval(levels);
        Wire.read(in, "levels of the interval", interval.above);
        Wire.read(in, "levels of the interval", interval.below);
        interval.labels = in.readLong();
        return interval;
    }

    /**
     * Reads what the first version wrote: one half-width relative to the mean absolute error.
     *
     * @return the interval and the scale of the errors
     */
    static Former readFormer(DataInput in, List<Double> levels) throws IOException {
        AdaptiveInterval interval = new AdaptiveInterval(levels);
        double logRatio = in.readDouble();
        double scale = in.readDouble();
        interval.labels = in.readLong();
        int widest = levels.size() - 1;
        double wider = logRatio - interval.above[widest];
        for (int l = 0; l <= widest; l++) {
            interval.above[l] += wider;
            interval.below[l] += wider;
        }
        return new Former(interval, ErrorScale.of(scale, interval.labels));
    }

    /** What the first version knew. */
    record Former(AdaptiveInterval interval, ErrorScale scale) {}
}
