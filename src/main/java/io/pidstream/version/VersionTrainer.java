package io.pidstream.version;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains versions, from scratch or starting from an existing version. The same samples, settings
 * and seed give the same parameters, bit for bit, on one thread of the same type of processor,
 * whatever else runs in this process. It depends only on its arguments, so it is used on files and
 * in jobs alike. It blocks the calling thread.
 */
public interface VersionTrainer {
    /**
     * Trains one version.
     *
     * @param training rows to learn from
     * @param validation rows for early stopping; null for none, in which case the last epoch is
     *     kept
     * @param progress called after every epoch, on the calling thread
     * @param cancelled polled before every step
     * @throws TrainingException if there is no version, with the reason
     */
    TrainedModel train(
            TrainingTask task,
            TrainingSamples training,
            TrainingSamples validation,
            Consumer<EpochReport> progress,
            BooleanSupplier cancelled)
            throws TrainingException;

    /**
     * Estimated cost of a training, from its size alone: the same on every machine. It decides what
     * is worth training and is no promise.
     *
     * @param shape shape of the version
     * @param rows number of training rows
     * @param mostSteps as in {@link TrainingTask#mostSteps}
     * @return seconds of one core of the machine that the constants were measured on
     */
    double seconds(ModelShape shape, int rows, int mostSteps);
}
