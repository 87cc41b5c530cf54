package io.pidstream.version;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains versions: from nothing, or on from one that there is. The same samples, settings and seed
 * give the same parameters, bit for bit, on one thread of one kind of processor, whatever else runs
 * beside it in this process. Needs nothing but its arguments, so it is used on a file and in a job
 * alike; it takes the calling thread until it is done.
 */
public interface VersionTrainer {
    /**
     * Trains one version.
     *
     * @param training rows to learn from
     * @param validation rows to stop by; null for none: the last epoch is kept then
     * @param progress told after every epoch, on this thread
     * @param cancelled asked before every step
     * @throws TrainingException if there is no version, with the reason
     */
    TrainedModel train(
            TrainingTask task,
            TrainingSamples training,
            TrainingSamples validation,
            Consumer<EpochReport> progress,
            BooleanSupplier cancelled)
            throws TrainingException;
}
