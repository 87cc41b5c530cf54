package io.pidstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.pidstream.version.TrainingSettings;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveTest {
    private static final int ROWS = 40;

    private final Random random = new Random(2);

    /** The definition: the kernel of the others is that of their channels side by side. */
    @ParameterizedTest
    @CsvSource({"2, 4", "3, 4", "4, 2", "3, 1"})
    void termsAreThoseOfTheDefinition(int modalities, int latent) {
        TrainingSettings settings = Simulated.quick(1, 1e-3);
        Objective objective =
                new Objective(settings, Simulated.shape(EncoderType.PIDREG, modalities, latent, 1));
        try (NDManager manager = TorchEngine.get().newBaseManager()) {
            NDList outputs = new NDList(normal(manager, 1));
            NDList channels = new NDList();
            for (int m = 0; m < modalities; m++) {
                outputs.add(normal(manager, latent));
                channels.add(normal(manager, 2 + m));
            }
            Objective.Terms terms =
                    objective.evaluate(
                            outputs,
                            normal(manager, 1),
                            normal(manager, 1),
                            channels,
                            IntStream.range(0, ROWS).toArray());
            double normality = 0;
            double conditional = 0;
            for (int m = 0; m < modalities; m++) {
                NDArray z = outputs.get(1 + m);
                NDArray others = null;
                for (int j = 0; j < modalities; j++) {
                    if (j != m) {
                        NDArray x = channels.get(j);
                        others = others == null ? x : others.concat(x, 1);
                    }
                }
                normality +=
                        Losses.normality(z, kernel(z, Losses.normalityWidth(latent))).getFloat();
                conditional +=
                        Losses.conditionalInformation(
                                        kernel(z, latent),
                                        kernel(others, others.getShape().get(1)),
                                        kernel(channels.get(m), 2 + m))
                                .getFloat();
            }
            assertThat(terms.values()[1]).isCloseTo(normality, within(1e-4));
            assertThat(terms.values()[2]).isCloseTo(2 * conditional / modalities, within(1e-4));
            double total =
                    terms.values()[0]
                            + 0.1 * (terms.values()[1] + terms.values()[2] + terms.values()[3]);
            assertThat((double) terms.total().getFloat()).isCloseTo(total, within(1e-4));
        }
    }

    private static NDArray kernel(NDArray x, double width) {
        return Losses.kernel(Losses.squaredDistances(x), width);
    }

    private NDArray normal(NDManager manager, int columns) {
        float[] values = new float[ROWS * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(ROWS, columns));
    }
}
