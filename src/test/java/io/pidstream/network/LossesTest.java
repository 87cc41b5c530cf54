package io.pidstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtGradientCollector;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LossesTest {
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = TorchEngine.get().newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void gradientOfTheSquaredErrorIsThatOfDifferences() {
        NDArray target = normal(12, 2, 1);
        requireGradient(x -> Losses.squaredError(x, target, 3), values(12, 6, 2), 12, 6);
    }

    @Test
    void gradientOfNormalityIsThatOfDifferences() {
        requireGradient(LossesTest::normality, values(14, 3, 3), 14, 3);
        requireGradient(LossesTest::normality, values(10, 1, 4), 10, 1);
    }

    @Test
    void gradientOfTheConditionalInformationIsThatOfDifferences() {
        NDArray others = kernel(normal(12, 2, 5));
        NDArray own = kernel(normal(12, 3, 6));
        requireGradient(
                z -> Losses.conditionalInformation(kernel(z), others, own),
                values(12, 2, 7),
                12,
                2);
    }

    @Test
    void gradientOfJointNormalityIsThatOfDifferences() {
        NDArray target = normal(16, 1, 8);
        NDArray second = normal(16, 2, 9);
        requireGradient(
                z -> Losses.jointNormality(List.of(target, z, second)), values(16, 2, 10), 16, 2);
    }

    @Test
    void normalityIsNearZeroForANormalSampleAndNeverNegative() {
        double normal = normality(normal(2000, 2, 11)).getDouble();
        double wide = normality(normal(2000, 2, 11).mul(2)).getDouble();
        double shifted = normality(normal(2000, 2, 11).add(1)).getDouble();

        assertThat(normal).isBetween(0.0, 0.01);
        assertThat(wide).isGreaterThan(10 * normal);
        assertThat(shifted).isGreaterThan(10 * normal);
    }

    @Test
    void conditionalInformationIsNotNegativeAndDependsOnTheOthers() {
        NDArray own = normal(200, 1, 12);
        NDArray others = normal(200, 1, 13);
        NDArray alone = normal(200, 1, 14);
        double independent = information(alone, others, own);
        double dependent = information(others.add(alone.mul(0.1)), others, own);

        assertThat(independent).isBetween(0.0, 0.02);
        assertThat(dependent).isGreaterThan(5 * independent);
        for (int seed = 0; seed < 20; seed++) {
            double some =
                    information(normal(20, 2, seed), normal(20, 2, 50 + seed), normal(20, 2, 99));
            assertThat(some).isGreaterThanOrEqualTo(-1e-12);
        }
    }

    private static double information(NDArray z, NDArray others, NDArray own) {
        return Losses.conditionalInformation(kernel(z), kernel(others), kernel(own)).getDouble();
    }

    private static NDArray kernel(NDArray x) {
        return Losses.kernel(Losses.squaredDistances(x), x.getShape().get(1));
    }

    private static NDArray normality(NDArray z) {
        double width = Losses.normalityWidth(z.getShape().get(1));
        return Losses.normality(z, Losses.kernel(Losses.squaredDistances(z), width));
    }

    @Test
    void jointNormalityIsLeastForNormalVariables() {
        NDArray target = normal(500, 1, 15);
        double normal = Losses.jointNormality(List.of(target, normal(500, 3, 16))).getDouble();
        double skewed =
                Losses.jointNormality(List.of(target, normal(500, 3, 16).exp())).getDouble();

        assertThat(normal).isBetween(0.0, 0.01);
        assertThat(skewed).isGreaterThan(10 * normal);
    }

    @Test
    void whiteningLeavesUnitVariancesAndNoCorrelation() {
        NDArray mixed = normal(400, 4, 17).matMul(normal(4, 4, 18)).add(3);
        NDArray white = Losses.whiten(mixed);
        double[] covariance = white.transpose().matMul(white).div(399).toDoubleArray();

        // All but the ridge, which counts where a direction has little variance.
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(covariance[4 * i + j]).isCloseTo(i == j ? 1 : 0, within(0.1));
            }
        }
    }

    private NDArray normal(int rows, int columns, long seed) {
        return manager.create(values(rows, columns, seed), new Shape(rows, columns));
    }

    private static double[] values(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    private void requireGradient(
            Function<NDArray, NDArray> loss, double[] at, int rows, int columns) {
        Shape shape = new Shape(rows, columns);
        double[] gradient;
        synchronized (PtGradientCollector.class) {
            NDArray x = manager.create(at, shape);
            x.setRequiresGradient(true);
            try (GradientCollector collector = TorchEngine.get().newGradientCollector()) {
                collector.backward(loss.apply(x));
                gradient = x.getGradient().toDoubleArray();
            }
        }
        double step = 1e-6;
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += step;
            down[i] -= step;
            double above = loss.apply(manager.create(up, shape)).getDouble();
            double below = loss.apply(manager.create(down, shape)).getDouble();
            differences.add((above - below) / (2 * step));
        }
        double largest = differences.stream().mapToDouble(Math::abs).max().orElseThrow();
        assertThat(largest).isGreaterThan(1e-6);
        for (int i = 0; i < at.length; i++) {
            assertThat(gradient[i])
                    .as("derivative %d", i)
                    .isCloseTo(differences.get(i), within(1e-6 * Math.max(1, largest)));
        }
    }
}
