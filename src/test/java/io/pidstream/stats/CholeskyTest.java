package io.pidstream.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CholeskyTest {
    @Property(tries = 50, seed = "1")
    void multipliesBackToTheMatrix(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int d) {
        double[] a = covariance(seed, d);
        Cholesky cholesky = Cholesky.of(a, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double sum = 0;
                for (int k = 0; k < d; k++) {
                    sum += cholesky.lower(i, k) * cholesky.lower(j, k);
                }
                assertThat(sum).isCloseTo(a[i * d + j], within(1e-12 * d * d));
            }
        }
    }

    @Property(tries = 50, seed = "1")
    void solvesTheSystem(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int d) {
        double[] a = covariance(seed, d);
        double[] x = new Random(seed).doubles(d).toArray();
        double[] solved = Cholesky.of(a, d).solve(times(a, x));
        for (int i = 0; i < d; i++) {
            assertThat(solved[i]).isCloseTo(x[i], within(1e-9));
        }
    }

    @Test
    void knowsTheDeterminant() {
        double[] a = {4, 2, 2, 2, 5, 3, 2, 3, 6};
        assertThat(Cholesky.of(a, 3).logDeterminant()).isCloseTo(Math.log(64), within(1e-14));
        assertThat(IndependentColumns.of(a, 3, 1e-12).logDeterminant())
                .isCloseTo(Math.log(64), within(1e-14));
    }

    @Test
    void namesThePivotThatIsNotPositive() {
        assertThatThrownBy(() -> Cholesky.of(new double[] {1, 2, 2, 1}, 2))
                .hasMessage("matrix is not positive definite: pivot 1 is -3.0");
        assertThatThrownBy(() -> Cholesky.of(new double[3], 2)).hasMessageContaining("3 values");
        assertThatThrownBy(() -> Cholesky.of(new double[] {Double.NaN}, 1))
                .hasMessageContaining("NaN");
    }

    @Property(tries = 50, seed = "1")
    void findsColumnsThatDependOnOthers(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int d) {
        Random random = new Random(seed);
        double[] a = covariance(seed, d);
        // One more variable, a mixture of all, one that is constant and one in other units.
        int n = d + 3;
        double[][] map = new double[n][d];
        for (int i = 0; i < d; i++) {
            map[i][i] = 1;
            map[d][i] = 1 + random.nextDouble();
        }
        map[d + 2][0] = 1e6;
        double[] b = new double[n * n];
        for (int i = 0; i < n; i++) {
            double[] row = times(a, map[i]);
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < d; k++) {
                    b[i * n + j] += row[k] * map[j][k];
                }
            }
        }
        IndependentColumns columns = IndependentColumns.of(b, n, 1e-11);
        assertThat(columns.rank()).isEqualTo(d);
        assertThat(columns.dropped()).hasSize(3).contains(d + 1).isSorted();
        double[] kept = new double[d * d];
        int[] order = columns.kept();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                kept[i * d + j] = b[order[i] * n + order[j]];
            }
        }
        assertThat(columns.logDeterminant())
                .isCloseTo(Cholesky.of(kept, d).logDeterminant(), within(1e-6));
    }

    @Test
    void refusesANegativeVariance() {
        assertThatThrownBy(() -> IndependentColumns.of(new double[] {1, 0, 0, -2}, 2, 1e-12))
                .hasMessage("variance 1 is -2.0");
    }

    static double[] covariance(long seed, int d) {
        Random random = new Random(seed);
        double[] a = new double[d * d];
        for (int k = 0; k < 3 * d + 2; k++) {
            double[] x = random.doubles(d, -1, 1).toArray();
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    a[i * d + j] += x[i] * x[j];
                }
            }
        }
        return a;
    }

    private static double[] times(double[] a, double[] x) {
        int d = x.length;
        double[] product = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                product[i] += a[i * d + j] * x[j];
            }
        }
        return product;
    }
}
