package io.pidstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingSamples;
import org.junit.jupiter.api.Test;

class EngineCheckTest {
    @Test
    void saysWhichEngineAndDeviceItFound() {
        EngineCheck check = EngineCheck.run("cpu");

        assertThat(check.engine()).isEqualTo("PyTorch");
        assertThat(check.version()).isNotBlank();
        assertThat(check.device()).isEqualTo("cpu");
        assertThat(check.toString()).startsWith("PyTorch " + check.version() + " on cpu");
    }

    @Test
    void takesTheGpuWhereThereIsOneAndTheProcessorWhereThereIsNone() {
        EngineCheck check = EngineCheck.run("auto");

        assertThat(check.device()).isEqualTo(check.gpus() > 0 ? "gpu:0" : "cpu");
    }

    @Test
    void aMissingGpuIsAnErrorThatNamesIt() {
        int gpus = TorchEngine.get().getGpuCount();

        assertThatThrownBy(() -> EngineCheck.run("gpu:" + gpus))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("encoder.device: gpu:" + gpus + ": expected a GPU visible")
                .hasMessageContaining("which sees " + gpus + ";");
    }

    @Test
    void anUnknownDeviceIsAnError() {
        assertThatThrownBy(() -> EngineCheck.run("tpu"))
                .hasMessage("encoder.device: tpu: expected auto, cpu, or gpu:N");
    }

    @Test
    void trainsAndEncodesOnAGpu() throws TrainingException {
        assumeTrue(TorchEngine.get().getGpuCount() > 0, "PyTorch sees no GPU on this machine");
        ModelShape shape = Simulated.capable(EncoderType.PIECEWISE, 2);
        TrainingSamples samples = Simulated.samples(2, 600, 1);
        ModelArtefact artefact =
                new Trainer(Simulated.quick(40, 3e-3), "gpu:0")
                        .train(Simulated.task(shape, 1), samples, null, report -> {}, () -> false)
                        .artefact();

        assertThat(Simulated.error(artefact, samples)).isLessThan(0.6 * Simulated.spread(samples));
    }
}
