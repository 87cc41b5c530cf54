package io.pidstream.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.version.TrainingException;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The library itself is the reference. */
class BoostingTest {
    private static final int ROWS = 600;
    private static final int FEATURES = 3;
    private static final float[][] X = new float[ROWS][FEATURES];
    private static final float[] Y = new float[ROWS];

    private static DMatrix matrix;
    private static Booster booster;
    private static Forest forest;

    @BeforeAll
    static void train() throws Exception {
        Random random = new Random(3);
        float[] values = new float[ROWS * FEATURES];
        for (int i = 0; i < ROWS; i++) {
            for (int f = 0; f < FEATURES; f++) {
                X[i][f] = (float) random.nextGaussian();
                values[i * FEATURES + f] = X[i][f];
            }
            Y[i] = (float) (X[i][0] * X[i][1] + Math.abs(X[i][2]) + 0.1 * random.nextGaussian());
        }
        matrix = new DMatrix(values, ROWS, FEATURES, Float.NaN);
        matrix.setLabel(Y);
        booster = XGBoost.train(matrix, boosting().parameters(), 100, Map.of(), null, null);
        forest = Boosting.read(booster.toByteArray("json"));
    }

    @AfterAll
    static void dispose() {
        booster.dispose();
        matrix.dispose();
    }

    private static Boosting boosting() {
        return new Boosting(
                SimulatedRows.KIND.defaults("trees"), 7, 31, new BoostingDevice("cpu", "cpu"));
    }

    @Test
    void predictsWhatTheLibraryPredicts() throws Exception {
        float[][] expected = booster.predict(matrix);
        for (int i = 0; i < ROWS; i++) {
            assertThat(forest.predict(X[i])).isCloseTo(expected[i][0], within(1e-5));
        }
    }

    /** With one feature per modality, Shapley values of coalitions are TreeSHAP's. */
    @Test
    void coalitionsHaveTheLibrarysContributions() throws Exception {
        float[][] expected = booster.predictContrib(matrix, 0);
        double largest = 0;
        for (int i = 0; i < ROWS; i++) {
            float[] row = X[i];
            for (int f = 0; f < FEATURES; f++) {
                double share = shapley(row, f);
                assertThat(share).isCloseTo(expected[i][f], within(1e-5));
                largest = Math.max(largest, Math.abs(share));
            }
        }
        assertThat(largest).isGreaterThan(1);
    }

    private static double shapley(float[] row, int feature) {
        int a = (feature + 1) % FEATURES;
        int b = (feature + 2) % FEATURES;
        return (adds(row, feature, f -> false) + adds(row, feature, f -> f == a || f == b)) / 3
                + (adds(row, feature, f -> f == a) + adds(row, feature, f -> f == b)) / 6;
    }

    private static double adds(float[] row, int feature, IntPredicate others) {
        return forest.expect(row, f -> f == feature || others.test(f)) - forest.expect(row, others);
    }

    @Test
    void growsTheTreesOfTheFirstRows() throws TrainingException {
        Forest all = boosting().grow(X, Y, ROWS, 5, () -> false);
        Forest half = boosting().grow(X, Y, ROWS / 2, 5, () -> false);
        assertThat(all.size()).isEqualTo(5);
        assertThat(all.predict(X[0])).isNotEqualTo(half.predict(X[0]));
        for (int i = 0; i < ROWS; i++) {
            double first = 0;
            for (int tree = 0; tree < 5; tree++) {
                first += forest.predict(tree, X[i]);
            }
            assertThat(all.predict(X[i])).isEqualTo(first);
        }
    }

    @Test
    void stopsBetweenTwoTrees() {
        int[] polled = new int[1];
        assertThatThrownBy(() -> boosting().grow(X, Y, ROWS, 100, () -> polled[0]++ == 3))
                .isInstanceOf(TrainingException.class)
                .hasMessage("training was cancelled after 3 trees");
    }

    @Test
    void aFailureOfTheLibraryIsOneSentence() {
        float[] targets = Y.clone();
        targets[5] = Float.NaN;
        assertThatThrownBy(() -> boosting().grow(X, targets, ROWS, 1, () -> false))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith("the library of trees failed: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void theLibraryOfTheCpuHasNoGpu() {
        assertThatThrownBy(() -> SimulatedRows.KIND.check("gpu:0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "encoder.device: gpu:0: trees cannot be grown there, as this XGBoost has no"
                                + " CUDA; the one in xgboost4j-spark-gpu_2.12 has");
    }

    @Test
    void theCheckSaysWhatThereIs() {
        assertThat(SimulatedRows.KIND.check("auto"))
                .matches("XGBoost \\d\\S+ on cpu \\(1 thread\\)");
    }
}
