package io.pidstream.trees;

import io.pidstream.version.EpochReport;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingException.Reason;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import io.pidstream.version.VersionTrainer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains versions of trees, always from scratch: a fit costs less than continuing one would save.
 */
final class TreeTrainer implements VersionTrainer {
    /** With fewer rows there is nothing to split. */
    private static final int FEWEST_ROWS = 16;

    /** Seconds per forest, per tree, and per tree, row and channel: a fit on one core. */
    private static final double FOREST = 0.005;

    private static final double TREE = 1e-4;
    private static final double CELL = 1e-8;

    private final TrainingSettings settings;
    private final String device;

    /**
     * @param device auto, cpu, or gpu:N
     */
    TreeTrainer(TrainingSettings settings, String device) {
        this.settings = settings;
        this.device = device;
    }

    @Override
    public TrainedModel train(
            TrainingTask task,
            TrainingSamples training,
            TrainingSamples validation,
            Consumer<EpochReport> progress,
            BooleanSupplier cancelled)
            throws TrainingException {
        training.require(FEWEST_ROWS);
        Boosting boosting =
                new Boosting(
                        settings,
                        task.seed(),
                        task.shape().hidden().get(0),
                        BoostingDevice.of(device));
        try {
            return new TreeFit(boosting, settings.epochs(), task, training, validation)
                    .fit(progress, cancelled);
        } catch (OutOfMemoryError e) {
            throw new TrainingException(Reason.OUT_OF_MEMORY, "out of memory: " + e, e);
        }
    }

    /**
     * All forests are grown twice: to find the number of their trees, then on all rows; the joint
     * one a third time without the optional modality.
     */
    @Override
    public double seconds(ModelShape shape, int rows, int mostSteps) {
        double seconds = 0;
        int all = 0;
        for (int m = 0; m < shape.count(); m++) {
            seconds += forest(rows, shape.channels(m));
            all += shape.channels(m);
        }
        return shape.targets().size() * (2 * seconds + 3 * forest(rows, all));
    }

    private double forest(double rows, int channels) {
        return FOREST + settings.epochs() * (TREE + CELL * rows * channels);
    }
}
