package io.pidstream.dashboard;

import io.pidstream.yardstick.YardstickErrors;
import io.pidstream.yardstick.YardstickForecasts;

/** The errors of the newest labelled predictions of one target. */
final class RecentErrors {
    private static final int MOST = 200;

    private final double[] errors = new double[MOST];

    /** Of the yardsticks, three per label; NaN where one knew nothing. */
    private final float[] ofYardsticks = new float[3 * MOST];

    /** NaN where it was not known. */
    private final float[] expected = new float[MOST];

    private final double[] truths = new double[MOST];
    private final boolean[] inside = new boolean[MOST];
    private long count;

    void add(
            double prediction,
            double lower,
            double upper,
            YardstickForecasts yardsticks,
            double expectedError,
            double truth) {
        int place = (int) (count % MOST);
        errors[place] = Math.abs(prediction - truth);
        ofYardsticks[3 * place] = (float) (yardsticks.lastLabel() - truth);
        ofYardsticks[3 * place + 1] = (float) (yardsticks.runningMean() - truth);
        ofYardsticks[3 * place + 2] = (float) (yardsticks.linear() - truth);
        expected[place] = (float) expectedError;
        truths[place] = truth;
        inside[place] = lower <= truth && truth <= upper;
        count++;
    }

    /** Labelled predictions so far. */
    long count() {
        return count;
    }

    /** Number of them that are kept. */
    private int size() {
        return (int) Math.min(MOST, count);
    }

    Accuracy accuracy() {
        return new Accuracy(
                size(), meanAbsoluteError(), coverage(), spread(), foreseen(), yardsticks());
    }

    private Foreseen foreseen() {
        int known = 0;
        double sum = 0;
        double cameOut = 0;
        for (int i = 0; i < size(); i++) {
            if (!Float.isNaN(expected[i])) {
                known++;
                sum += expected[i];
                cameOut += errors[i];
            }
        }
        return new Foreseen(known, sum / known, cameOut / known);
    }

    private YardstickErrors yardsticks() {
        YardstickErrors all = new YardstickErrors();
        for (int i = 0; i < size(); i++) {
            all.addErrors(
                    errors[i],
                    ofYardsticks[3 * i],
                    ofYardsticks[3 * i + 1],
                    ofYardsticks[3 * i + 2]);
        }
        return all;
    }

    /** In the unit of the target; NaN for none. */
    double meanAbsoluteError() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += errors[i];
        }
        return sum / size();
    }

    /** Share of true values inside their interval; NaN for none. */
    private double coverage() {
        double covered = 0;
        for (int i = 0; i < size(); i++) {
            covered += inside[i] ? 1 : 0;
        }
        return covered / size();
    }

    /**
     * Mean distance of the true values from their mean, in the unit of the target: the error of
     * always predicting that mean. NaN for none.
     */
    private double spread() {
        double mean = 0;
        for (int i = 0; i < size(); i++) {
            mean += truths[i] / size();
        }
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += Math.abs(truths[i] - mean);
        }
        return sum / size();
    }
}
