package io.pidstream.forecast;

import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Running mean and spread of several variables, exponentially weighted in event time, by which
 * values are standardised and clipped. The last variable is the target.
 *
 * <p>Robust against outliers. The first {@value #STARTUP} values of a variable are clipped by their
 * distance from their median. Later, a value is clipped at {@value #REACH} deviations, and the
 * limit grows tenfold for every further value in a row on the same side. So a single value of 1e100
 * does no harm, and a new regime is adopted within a few values.
 */
final class Standardiser {
    static final Part PART = Part.of("learn/standardiser", 1);

    private static final double LN_2 = 0.6931471805599453;

    /** Squares of larger values would overflow a double. */
    static final double LARGEST = 1e100;

    private static final int STARTUP = 8;
    private static final double REACH = 10;
    private static final double CLIP = 10;
    private static final double TARGET_CLIP = 8;

    /** Width of the range to which the target is clipped, in deviations. */
    static final double RANGE = 2 * TARGET_CLIP;

    private static final int LONGEST_RUN = 100;

    /** Per variable in the state: three numbers, two counts, the first values. */
    private static final int MOST_BYTES = 3 * Double.BYTES + 2 + STARTUP * Double.BYTES;

    private final int variables;
    private final double halfLifeMillis;

    private long newest = Long.MIN_VALUE;
    private final double[] weight;
    private final double[] mean;
    private final double[] variance;

    /** Values seen, counted up to {@value #STARTUP}. */
    private final int[] seen;

    /** Consecutive values out of reach; negative if below the mean. */
    private final int[] run;

    /** The first values of each variable, [variables, STARTUP]. */
    private final double[] first;

    Standardiser(int variables, double halfLifeMillis) {
        this.variables = variables;
        this.halfLifeMillis = halfLifeMillis;
        weight = new double[variables];
        mean = new double[variables];
        variance = new double[variables];
        seen = new int[variables];
        run = new int[variables];
        first = new double[variables * STARTUP];
    }

    /**
     * A copy of some variables and of the target, among others without history.
     *
     * @param kept positions of these variables here
     * @param variablesThen number of variables of the copy, of which the target is the last
     * @param places positions of {@code kept} in the copy
     */
    Standardiser rearranged(int[] kept, int variablesThen, int[] places) {
        Standardiser copy = new Standardiser(variablesThen, halfLifeMillis);
        copy.newest = newest;
        for (int i = 0; i < kept.length; i++) {
            copyTo(copy, kept[i], places[i]);
        }
        copyTo(copy, target(), copy.target());
        return copy;
    }

    private void copyTo(Standardiser copy, int from, int to) {
        copy.weight[to] = weight[from];
        copy.mean[to] = mean[from];
        copy.variance[to] = variance[from];
        copy.seen[to] = seen[from];
        copy.run[to] = run[from];
        System.arraycopy(first, from * STARTUP, copy.first, to * STARTUP, STARTUP);
    }

    /** Decays the weights to the time of the next values; an earlier time has no effect. */
    void decayTo(long time) {
        if (newest != Long.MIN_VALUE && time > newest) {
            double factor = StrictMath.exp(-LN_2 * ((double) time - newest) / halfLifeMillis);
            for (int i = 0; i < variables; i++) {
                weight[i] *= factor;
            }
        }
        newest = Math.max(newest, time);
    }

    /** Adds one value of variable i. */
    void add(int i, double value) {
        double x = Math.max(-LARGEST, Math.min(LARGEST, value));
        if (seen[i] < STARTUP) {
            first[i * STARTUP + seen[i]++] = x;
            startUp(i);
            return;
        }
        x = withinReach(i, x);
        weight[i] += 1;
        double delta = x - mean[i];
        double gain = 1 / weight[i];
        mean[i] += gain * delta;
        variance[i] = (1 - gain) * (variance[i] + gain * delta * delta);
    }

    private double withinReach(int i, double x) {
        double reach = REACH * Math.sqrt(variance[i]);
        double delta = x - mean[i];
        if (Math.abs(delta) <= reach) {
            run[i] = 0;
            return x;
        }
        int side = delta > 0 ? 1 : -1;
        run[i] = run[i] * side > 0 ? Math.min(run[i] * side + 1, LONGEST_RUN) * side : side;
        int before = Math.abs(run[i]) - 1;
        if (reach == 0) {
            return before == 0 ? mean[i] : x;
        }
        return mean[i] + side * Math.min(Math.abs(delta), reach * Math.pow(10, before));
    }

    /** Mean and variance of the first few values, each clipped around their median. */
    private void startUp(int i) {
        int n = seen[i];
        double[] x = Arrays.copyOfRange(first, i * STARTUP, i * STARTUP + n);
        Arrays.sort(x);
        double median = x[(n - 1) / 2];
        double reach = REACH * typicalDistance(x, median);
        double sum = 0;
        for (int j = 0; j < n; j++) {
            x[j] = Math.max(-reach, Math.min(reach, x[j] - median));
            sum += x[j];
        }
        double centre = sum / n;
        double squares = 0;
        for (double value : x) {
            squares += (value - centre) * (value - centre);
        }
        mean[i] = median + centre;
        variance[i] = squares / n;
        weight[i] = n;
    }

    /**
     * Median absolute distance; if half of the values are equal, the root mean square distance
     * without the farthest value.
     */
    private static double typicalDistance(double[] x, double median) {
        double[] distance = Arrays.stream(x).map(v -> Math.abs(v - median)).sorted().toArray();
        int n = distance.length;
        double middle = distance[(n - 1) / 2];
        if (middle > 0 || n == 1) {
            return middle;
        }
        double squares = 0;
        for (int j = 0; j < n - 1; j++) {
            squares += distance[j] * distance[j];
        }
        return Math.sqrt(squares / (n - 1));
    }

    /** The value in deviations from the mean, clipped; 0 for a variable that has not varied. */
    double standardise(int i, double value) {
        double deviation = Math.sqrt(variance[i]);
        if (!(deviation > 0)) {
            return 0;
        }
        double clip = i == variables - 1 ? TARGET_CLIP : CLIP;
        return Math.max(-clip, Math.min(clip, (value - mean[i]) / deviation));
    }

    /** Standardises the latents with these indices; the others are 0. */
    double[] standardise(int[] indices, double[] latents) {
        double[] standardised = new double[variables - 1];
        for (int i : indices) {
            standardised[i] = standardise(i, latents[i]);
        }
        return standardised;
    }

    /** Adds a frame and its target, then standardises its latents. */
    double[] learn(long time, int[] indices, double[] latents, double target) {
        decayTo(time);
        for (int i : indices) {
            add(i, latents[i]);
        }
        add(target(), target);
        return standardise(indices, latents);
    }

    /** Index of the target. */
    int target() {
        return variables - 1;
    }

    /** The target, clipped to its range; unchanged while the range is unknown. */
    double clippedTarget(double value) {
        int i = target();
        double deviation = Math.sqrt(variance[i]);
        double x = Math.max(-LARGEST, Math.min(LARGEST, value));
        if (!(deviation > 0)) {
            return x;
        }
        double reach = TARGET_CLIP * deviation;
        return Math.max(mean[i] - reach, Math.min(mean[i] + reach, x));
    }

    double mean(int i) {
        return mean[i];
    }

    double deviation(int i) {
        return Math.sqrt(variance[i]);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(variables);
        out.writeLong(newest);
        // In one call, because a stream may take a lock per call.
        ByteBuffer bytes = ByteBuffer.allocate(variables * MOST_BYTES);
        for (int i = 0; i < variables; i++) {
            bytes.putDouble(weight[i]).putDouble(mean[i]).putDouble(variance[i]);
            bytes.put((byte) seen[i]).put((byte) run[i]);
            for (int j = 0; seen[i] < STARTUP && j < seen[i]; j++) {
                bytes.putDouble(first[i * STARTUP + j]);
            }
        }
        out.write(bytes.array(), 0, bytes.position());
    }

    static Standardiser readFrom(DataInput in, int variables, double halfLifeMillis)
            throws IOException {
        FormatException.requireSame("variables of the standardiser", in.readInt(), variables);
        Standardiser s = new Standardiser(variables, halfLifeMillis);
        s.newest = in.readLong();
        for (int i = 0; i < variables; i++) {
            s.weight[i] = in.readDouble();
            s.mean[i] = in.readDouble();
            s.variance[i] = in.readDouble();
            s.seen[i] = in.readByte();
            s.run[i] = in.readByte();
            for (int j = 0; s.seen[i] < STARTUP && j < s.seen[i]; j++) {
                s.first[i * STARTUP + j] = in.readDouble();
            }
        }
        return s;
    }
}
