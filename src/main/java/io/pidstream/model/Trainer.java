package io.pidstream.model;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.pidstream.model.TrainingException.Reason;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains versions: from nothing, or on from one that there is. The same samples, settings and seed
 * give the same parameters, bit for bit, on one thread of one kind of processor, whatever else runs
 * beside it in this process. Needs nothing but its arguments, so it is used on a file and in a job
 * alike; it takes the calling thread until it is done.
 */
public final class Trainer {
    /** A batch has this many rows at least: less have no variance worth the name. */
    static final int FEWEST_ROWS = 16;

    private final TrainingSettings settings;
    private final String device;

    /**
     * @param device auto, cpu, or gpu:N
     */
    public Trainer(TrainingSettings settings, String device) {
        this.settings = settings;
        this.device = device;
    }

    /**
     * What is to be trained.
     *
     * @param shape of the network
     * @param configurationHash of the configuration that it is for
     * @param seed of all that is random
     * @param parent number of the version that {@code initial} is; null without one
     * @param initial where to begin; its frozen scales are kept. Null for the seed's random
     *     parameters
     */
    public record Task(
            ModelShape shape,
            String configurationHash,
            long seed,
            Long parent,
            ModelArtefact initial) {
        public Task {
            if (initial != null && !initial.manifest().shape().equals(shape)) {
                throw new IllegalArgumentException(
                        "cannot train %s on from %s".formatted(shape, initial.manifest().shape()));
            }
        }
    }

    /**
     * Trains one version.
     *
     * @param training rows to learn from
     * @param validation rows to stop by; null for none: the last epoch is kept then
     * @param progress told after every epoch, on this thread
     * @param cancelled asked before every step
     * @throws TrainingException if there is no version, with the reason
     */
    public TrainedModel train(
            Task task,
            TrainingSamples training,
            TrainingSamples validation,
            Consumer<EpochReport> progress,
            BooleanSupplier cancelled)
            throws TrainingException {
        if (training.size() < FEWEST_ROWS) {
            throw new TrainingException(
                    Reason.TOO_FEW_SAMPLES,
                    "there are %d training rows, at least %d are needed"
                            .formatted(training.size(), FEWEST_ROWS));
        }
        Device chosen = TorchEngine.device(device);
        boolean gradMode = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try (NDManager manager = TorchEngine.get().newBaseManager(chosen)) {
            return new TrainingRun(manager, settings, task, training, validation)
                    .run(progress, cancelled);
        } catch (OutOfMemoryError e) {
            throw new TrainingException(Reason.OUT_OF_MEMORY, "memory ran out: " + e, e);
        } catch (EngineException e) {
            boolean memory = String.valueOf(e.getMessage()).contains("out of memory");
            throw new TrainingException(
                    memory ? Reason.OUT_OF_MEMORY : Reason.ENGINE,
                    "the engine failed: " + e.getMessage(),
                    e);
        } finally {
            JniUtils.setGradMode(gradMode);
        }
    }
}
