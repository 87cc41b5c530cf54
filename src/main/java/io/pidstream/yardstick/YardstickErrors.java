package io.pidstream.yardstick;

import java.util.Optional;

/**
 * Errors of predictions and of all yardsticks on the same labels: those for which every yardstick
 * knew something. With a memory, older labels count less:
 *
 * <pre>
 * n ← min(n + 1, memory),  mean ← mean + (error − mean) / n
 * </pre>
 *
 * <p>Not thread-safe.
 */
public final class YardstickErrors {
    /** Place of the predictions, after the yardsticks. */
    private static final int PREDICTION = Yardstick.COUNT;

    private final long memory;
    private long labels;

    /** Sums over the labels, [yardsticks, then the prediction]. */
    private final double[] absolute = new double[Yardstick.COUNT + 1];

    private final double[] squared = new double[Yardstick.COUNT + 1];

    /** All labels count the same. */
    public YardstickErrors() {
        this(Long.MAX_VALUE);
    }

    /**
     * @param memory number of labels after which the means are exponentially weighted
     */
    public YardstickErrors(long memory) {
        if (memory < 1) {
            throw new IllegalArgumentException("memory is " + memory + "; expected at least 1");
        }
        this.memory = memory;
    }

    /** Adds a label; skipped if there is no prediction or a yardstick knew nothing. */
    public void add(double target, double prediction, YardstickForecasts said) {
        addErrors(
                target - prediction,
                target - said.lastLabel(),
                target - said.runningMean(),
                target - said.linear());
    }

    /** Adds the errors on a label, signed or absolute; skipped if one of them is NaN. */
    public void addErrors(double prediction, double lastLabel, double runningMean, double linear) {
        if (Double.isNaN(prediction + lastLabel + runningMean + linear)) {
            return;
        }
        if (labels < memory) {
            labels++;
        } else {
            double kept = 1 - 1.0 / memory;
            for (int i = 0; i <= PREDICTION; i++) {
                absolute[i] *= kept;
                squared[i] *= kept;
            }
        }
        add(Yardstick.LAST_LABEL.ordinal(), lastLabel);
        add(Yardstick.RUNNING_MEAN.ordinal(), runningMean);
        add(Yardstick.LINEAR.ordinal(), linear);
        add(PREDICTION, prediction);
    }

    private void add(int place, double error) {
        absolute[place] += Math.abs(error);
        squared[place] += error * error;
    }

    /** Adds the labels of others, which are not changed. */
    public void merge(YardstickErrors others) {
        labels += others.labels;
        for (int i = 0; i <= PREDICTION; i++) {
            absolute[i] += others.absolute[i];
            squared[i] += others.squared[i];
        }
    }

    /** Number of labels, at most the memory. */
    public long labels() {
        return labels;
    }

    /** Mean absolute error of a yardstick, in the target's unit; NaN without labels. */
    public double meanAbsoluteError(Yardstick yardstick) {
        return absolute[yardstick.ordinal()] / labels;
    }

    /** Root mean square error of a yardstick, in the target's unit; NaN without labels. */
    public double rootMeanSquareError(Yardstick yardstick) {
        return Math.sqrt(squared[yardstick.ordinal()] / labels);
    }

    /** Mean absolute error of the predictions on these labels; NaN without labels. */
    public double meanAbsoluteError() {
        return absolute[PREDICTION] / labels;
    }

    /** Root mean square error of the predictions on these labels; NaN without labels. */
    public double rootMeanSquareError() {
        return Math.sqrt(squared[PREDICTION] / labels);
    }

    /** What the predictions save; empty without labels. */
    public Optional<Skill> skill() {
        if (labels == 0) {
            return Optional.empty();
        }
        Yardstick best = best();
        double ratio = rootMeanSquareError(best) / rootMeanSquareError();
        return Optional.of(
                new Skill(
                        best,
                        1 - meanAbsoluteError() / meanAbsoluteError(best),
                        Math.log(ratio) / Math.log(2),
                        meanAbsoluteError() < meanAbsoluteError(Yardstick.LAST_LABEL)));
    }

    /** The yardstick of the smallest mean absolute error; the first of those that are equal. */
    private Yardstick best() {
        Yardstick best = Yardstick.LAST_LABEL;
        for (Yardstick each : Yardstick.values()) {
            if (meanAbsoluteError(each) < meanAbsoluteError(best)) {
                best = each;
            }
        }
        return best;
    }
}
