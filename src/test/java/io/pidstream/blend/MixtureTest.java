package io.pidstream.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.version.HeldOutPredictions;
import io.pidstream.version.TrainingSamples;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final int ROWS = 200;

    private final Random random = new Random(3);
    private final double[] byTrees = random.doubles(ROWS, -5, 5).toArray();
    private final double[] byNetwork = random.doubles(ROWS, -5, 5).toArray();

    @Test
    void findsTheWeightThatTheTargetWasMixedWith() {
        Mixture mixture = fit(0.3);
        assertThat(mixture.weights().get(0)).isCloseTo(0.3, within(1e-12));
        assertThat(mixture.predictions().of(7, 0))
                .isCloseTo(0.3 * byTrees[7] + 0.7 * byNetwork[7], within(1e-12));
    }

    /** Beyond, one part would count against what it says. */
    @Test
    void weightsStayBetweenTheParts() {
        assertThat(fit(1.7).weights()).containsExactly(1.0);
        assertThat(fit(-0.4).weights()).containsExactly(0.0);
        assertThat(fit(-0.4).predictions().of(7, 0)).isEqualTo(byNetwork[7]);
    }

    @Test
    void noWeightNearbyHasASmallerError() {
        TrainingSamples rows = rows(0.6, 2);
        double fitted = mixture(rows).weights().get(0);
        for (double other : new double[] {fitted - 0.01, fitted + 0.01}) {
            assertThat(squares(rows, fitted)).isLessThan(squares(rows, other));
        }
    }

    @Test
    void everyTargetHasItsOwn() {
        TrainingSamples rows = new TrainingSamples();
        for (int i = 0; i < ROWS; i++) {
            add(rows, byTrees[i], byNetwork[i]);
        }
        HeldOutPredictions trees = new HeldOutPredictions(List.of(byTrees, byTrees));
        HeldOutPredictions network = new HeldOutPredictions(List.of(byNetwork, byNetwork));
        assertThat(Mixture.fit(rows, 2, trees, network).weights()).containsExactly(1.0, 0.0);
    }

    @Test
    void partsThatAgreeCountEqually() {
        HeldOutPredictions same = new HeldOutPredictions(List.of(byTrees));
        assertThat(Mixture.fit(rows(0.3, 0), 1, same, same).weights()).containsExactly(0.5);
        assertThat(Mixture.even(2)).isEqualTo(new Mixture(List.of(0.5, 0.5), null));
    }

    private Mixture fit(double weight) {
        return mixture(rows(weight, 0));
    }

    private Mixture mixture(TrainingSamples rows) {
        return Mixture.fit(
                rows,
                1,
                new HeldOutPredictions(List.of(byTrees)),
                new HeldOutPredictions(List.of(byNetwork)));
    }

    private TrainingSamples rows(double weight, double noise) {
        TrainingSamples rows = new TrainingSamples();
        for (int i = 0; i < ROWS; i++) {
            add(
                    rows,
                    weight * byTrees[i]
                            + (1 - weight) * byNetwork[i]
                            + noise * random.nextGaussian());
        }
        return rows;
    }

    private static void add(TrainingSamples rows, double... targets) {
        rows.add(new double[][] {{0}, {0}}, new boolean[] {true, true}, targets, rows.size());
    }

    private double squares(TrainingSamples rows, double weight) {
        double sum = 0;
        for (int i = 0; i < ROWS; i++) {
            double error = rows.targets(i)[0] - Mixture.of(weight, byTrees[i], byNetwork[i]);
            sum += error * error;
        }
        return sum;
    }
}
