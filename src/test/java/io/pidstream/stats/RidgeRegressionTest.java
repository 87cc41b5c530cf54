package io.pidstream.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RidgeRegressionTest {
    private static final long HOUR = 3_600_000;

    private final RidgeRegression regression = new RidgeRegression();

    private static Moments moments(int dimension, int samples) {
        Random random = new Random(dimension);
        Moments moments = new Moments(dimension, 100 * HOUR);
        for (int t = 0; t < samples; t++) {
            double common = random.nextGaussian();
            double[] x = new double[dimension];
            for (int i = 0; i < dimension; i++) {
                x[i] = common + random.nextGaussian();
            }
            moments.add(x, t * HOUR);
        }
        return moments;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 9, 17, 40})
    void solvesTheNormalEquationsAsTheFactorOfTheWholeMatrixDoes(int dimension) {
        Moments joint = moments(dimension, 300);
        int n = dimension - 1;
        double[] a = new double[n * n];
        double[] b = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i * n + j] = joint.covariance(i, j) + (i == j ? 3 / joint.weight() : 0);
            }
            b[i] = joint.covariance(i, n);
        }

        assertThat(regression.coefficients(joint, 3)).isEqualTo(Cholesky.of(a, n).solve(b));
    }

    @Test
    void keepsNothingFromOneRegressionToTheNext() {
        Moments small = moments(3, 50);
        double[] before = regression.coefficients(small, 1);

        regression.coefficients(moments(20, 50), 1);

        assertThat(regression.coefficients(small, 1)).isEqualTo(before);
    }

    @Test
    void hasNoCoefficientsWhereThereIsOnlyTheTarget() {
        assertThat(regression.coefficients(moments(1, 5), 1)).isEmpty();
    }

    @Test
    void namesThePivotThatIsNotPositive() {
        Moments constant = new Moments(3, Moments.NO_DECAY);
        constant.add(new double[] {1, 2, 3}, 0);

        assertThatThrownBy(() -> regression.coefficients(constant, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("matrix is not positive definite: pivot 0 is 0.0");
        assertThat(regression.coefficients(constant, 1)).containsOnly(0);
    }
}
