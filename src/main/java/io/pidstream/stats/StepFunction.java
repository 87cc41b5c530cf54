package io.pidstream.stats;

import java.util.Arrays;

/**
 * A sum of steps: each has one value up to its threshold and another beyond it. Found by binary
 * search, however many steps there are. Immutable.
 */
public final class StepFunction {
    /** 0 everywhere. */
    public static final StepFunction ZERO = new StepFunction(new double[0], new float[1]);

    private final double[] thresholds;

    /** [thresholds + 1]: up to the first one, between any two, beyond the last. */
    private final float[] values;

    /**
     * @param thresholds ascending
     * @param values [thresholds + 1]; not copied
     */
    public StepFunction(double[] thresholds, float[] values) {
        if (values.length != thresholds.length + 1) {
            throw new IllegalArgumentException(
                    thresholds.length + " thresholds have " + values.length + " values");
        }
        this.thresholds = thresholds.clone();
        this.values = values;
    }

    /**
     * The sum of some steps.
     *
     * @param thresholds ascending
     * @param below per step, its value up to its threshold
     * @param above per step, its value beyond it
     */
    public static StepFunction sum(double[] thresholds, double[] below, double[] above) {
        float[] values = new float[thresholds.length + 1];
        double sum = Arrays.stream(below).sum();
        values[0] = limited(sum);
        for (int i = 0; i < thresholds.length; i++) {
            sum += above[i] - below[i];
            values[i + 1] = limited(sum);
        }
        return new StepFunction(thresholds, values);
    }

    /** Limited to the range of a float. */
    public static float limited(double value) {
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
    }

    /** The value at x, which is beyond the thresholds below it. */
    public double at(double x) {
        return values[Ascending.countBelow(thresholds, x)];
    }

    /** [thresholds + 1]; must not be modified. */
    public float[] values() {
        return values;
    }
}
