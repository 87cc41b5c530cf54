package io.pidstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtGradientCollector;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.pidstream.version.ModelShape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static final int ROWS = 32;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = TorchEngine.get().newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void encodesAndPredictsFromTwoToSixModalities(int k) {
        Network network = network(k, 2);
        NDList outputs = run(network, inputs(k, 1), false);

        assertThat(outputs.get(0).getShape()).isEqualTo(new Shape(ROWS, 2));
        assertThat(outputs).hasSize(1 + k);
        for (int m = 0; m < k; m++) {
            assertThat(outputs.get(1 + m).getShape()).isEqualTo(new Shape(ROWS, 4));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyParameterThatLearnsHasAGradient(int members) {
        Network network = network(3, members);
        network.getParameters()
                .values()
                .forEach(p -> p.getArray().setRequiresGradient(p.requiresGradient()));
        synchronized (PtGradientCollector.class) {
            try (GradientCollector collector = TorchEngine.get().newGradientCollector()) {
                NDList outputs = run(network, inputs(3, 2), true);
                collector.backward(outputs.get(0).square().mean());
            }
        }
        for (Pair<String, Parameter> pair : network.getParameters()) {
            if (pair.getValue().requiresGradient()) {
                float[] gradient = pair.getValue().getArray().getGradient().toFloatArray();
                double size = 0;
                for (float g : gradient) {
                    size += Math.abs(g);
                }
                assertThat(size).as(pair.getKey()).isPositive();
            }
        }
    }

    @Test
    void whatAnAbsentModalityHoldsDoesNotMatter() {
        Network network = network(2, 1);
        NDList inputs = inputs(2, 3);
        float[] presence = new float[2 * ROWS];
        for (int i = 0; i < ROWS; i++) {
            presence[2 * i] = 1;
        }
        inputs.set(2, manager.create(presence, new Shape(ROWS, 2)));
        float[] before = run(network, inputs, false).get(0).toFloatArray();
        inputs.set(1, inputs.get(1).add(5));
        float[] after = run(network, inputs, false).get(0).toFloatArray();

        assertThat(after).isEqualTo(before);
    }

    @Test
    void theLatentsOfABatchInTrainingHaveMeanZeroAndVarianceOne() {
        NDArray z = run(network(2, 2), inputs(2, 4), true).get(1);
        float[] mean = z.mean(new int[] {0}).toFloatArray();
        float[] variance = z.square().mean(new int[] {0}).toFloatArray();

        for (int j = 0; j < mean.length; j++) {
            assertThat(mean[j]).isCloseTo(0, within(1e-4f));
            assertThat(variance[j]).isCloseTo(1, within(2e-2f));
        }
    }

    @Test
    void membersShareNothingButTheirInput() {
        Network network = network(2, 2);
        NDList inputs = inputs(2, 5);
        float[] before = run(network, inputs, false).get(0).toFloatArray();
        Parameter layer = network.getParameters().get("03head_01dense_weight");
        assertThat(layer.getArray().getShape()).isEqualTo(new Shape(2, 2, 16));
        layer.getArray().get("0").muli(0);
        float[] after = run(network, inputs, false).get(0).toFloatArray();

        for (int i = 0; i < ROWS; i++) {
            assertThat(after[2 * i]).isNotEqualTo(before[2 * i]);
            assertThat(after[2 * i + 1]).isEqualTo(before[2 * i + 1]);
        }
    }

    private Network network(int k, int members) {
        ModelShape shape = Simulated.shape(EncoderType.PIDREG, k, 4, members);
        int[] features = new int[k];
        Arrays.fill(features, 3);
        Network network = new Network(shape, features, true);
        network.initialise(manager, 7);
        return network;
    }

    private NDList inputs(int k, long seed) {
        Random random = new Random(seed);
        NDList inputs = new NDList();
        for (int m = 0; m < k; m++) {
            float[] values = new float[ROWS * 3];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            inputs.add(manager.create(values, new Shape(ROWS, 3)));
        }
        inputs.add(manager.ones(new Shape(ROWS, k)));
        return inputs;
    }

    private NDList run(Network network, NDList inputs, boolean training) {
        return network.forward(new ParameterStore(manager, false), inputs, training);
    }
}
