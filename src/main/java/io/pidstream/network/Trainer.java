package io.pidstream.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
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

/** Trains networks. */
public final class Trainer implements VersionTrainer {
    /** Least number of rows in a batch; with fewer the batch variance is meaningless. */
    static final int FEWEST_ROWS = 16;

    /**
     * Seconds of a step: what does not depend on its size, the products of forward and backward
     * passes, and the kernels of the loss, each pair of rows once.
     */
    private static final double STEP = 3e-3;

    private static final double PRODUCT = 2.4e-10;
    private static final double PAIR = 3e-8;

    private final TrainingSettings settings;
    private final String device;

    /**
     * @param device auto, cpu, or gpu:N
     */
    public Trainer(TrainingSettings settings, String device) {
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
        Device chosen = TorchEngine.device(device);
        boolean gradMode = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try (NDManager manager = TorchEngine.get().newBaseManager(chosen)) {
            return new TrainingRun(manager, settings, task, training, validation)
                    .run(progress, cancelled);
        } catch (OutOfMemoryError e) {
            throw new TrainingException(Reason.OUT_OF_MEMORY, "out of memory: " + e, e);
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

    @Override
    public double seconds(ModelShape shape, int rows, int mostSteps) {
        Schedule schedule = Schedule.of(settings, false, mostSteps, rows);
        int size = Math.min(rows, settings.batchSize());
        int[] features = new int[shape.count()];
        for (int m = 0; m < features.length; m++) {
            features[m] = EncoderType.of(shape.type()).most(settings.pieces()) * shape.channels(m);
        }
        double products = (double) size * NetworkSizes.parameters(shape, features);
        return schedule.steps() * (STEP + PRODUCT * products + PAIR * size * size);
    }
}
