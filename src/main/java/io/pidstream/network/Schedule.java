package io.pidstream.network;

import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;

/**
 * How many steps a training makes, and at which learning rate.
 *
 * <p>The training parameters give the number of passes over the rows. A task may allow fewer steps
 * than that: then there are fewer passes, and once they would be too few to see when the validation
 * error stops falling, a pass is over a random part of the rows. A training that starts from a
 * version is near its end from the beginning: it makes smaller steps, and stops sooner.
 *
 * @param epochs largest number of passes
 * @param batches number of steps in a pass
 * @param parts number of batches that all rows would make, at least {@code batches}
 * @param patience number of passes without a better validation error after which training stops
 * @param share of the learning rate at its maximum
 * @param cosine whether the learning rate falls to 0; otherwise it is constant
 */
record Schedule(int epochs, int batches, int parts, int patience, double share, boolean cosine) {
    private static final int WARM_UP_STEPS = 50;

    /** With fewer passes, early stopping would find no epoch to stop at. */
    private static final int FEWEST_EPOCHS = 6;

    /** From a version on. */
    private static final double WARM_SHARE = 0.5;

    private static final int LEAST_PATIENCE = 3;
    private static final int EPOCHS_BY_PATIENCE = 3;

    /**
     * @param rows number of training rows
     */
    static Schedule of(TrainingSettings settings, TrainingTask task, int rows) {
        return of(settings, task.initial() != null, task.mostSteps(), rows);
    }

    /**
     * @param warm whether training starts from a version
     */
    static Schedule of(TrainingSettings settings, boolean warm, int mostSteps, int rows) {
        int size = settings.batchSize();
        int parts = Math.max(1, (rows + size / 2) / size);
        int fewest = Math.min(settings.epochs(), FEWEST_EPOCHS);
        int epochs = Math.max(fewest, Math.min(settings.epochs(), mostSteps / parts));
        int batches = Math.max(1, Math.min(parts, mostSteps / epochs));
        int patience = settings.patience();
        if (warm) {
            patience = Math.min(patience, Math.max(LEAST_PATIENCE, epochs / EPOCHS_BY_PATIENCE));
        }
        return new Schedule(
                epochs, batches, parts, patience, warm ? WARM_SHARE : 1, settings.cosine());
    }

    /** Largest number of steps. */
    int steps() {
        return epochs * batches;
    }

    /** First row of a batch in the order of a pass; batches are about equally large. */
    int firstRow(int batch, int rows) {
        return (int) ((long) rows * batch / parts);
    }

    /** Share of the learning rate in a step. */
    double rate(int step) {
        if (!cosine) {
            return share;
        }
        int rising = Math.max(1, Math.min(WARM_UP_STEPS, steps() / 4));
        double warm = Math.min(1, (step + 1.0) / rising);
        return share * warm * (0.5 + 0.5 * Math.cos(Math.PI * step / steps()));
    }
}
