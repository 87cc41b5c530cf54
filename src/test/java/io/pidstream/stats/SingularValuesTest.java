package io.pidstream.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SingularValuesTest {
    @Property(tries = 100, seed = "1")
    void leavesNoDefect(@ForAll long seed, @ForAll @IntRange(min = 1, max = 16) int d) {
        double[] a = matrix(seed, d);
        SingularValues values = SingularValues.of(a, d);
        assertThat(values.dimension()).isEqualTo(d);
        // Rounding of A, seen through the smallest singular value: ε ‖A‖ / σ a component.
        double condition = condition(values);
        assertThat(values.defect(a)).isLessThan(1e-15 * d * d * (1 + condition));
        // Their squares sum to those of the matrix, their product is the determinant.
        double squares = 0;
        double logarithm = 0;
        for (int i = 0; i < d; i++) {
            squares += values.value(i) * values.value(i);
            logarithm += Math.log(values.value(i));
        }
        assertThat(squares).isCloseTo(Arrays.stream(a).map(x -> x * x).sum(), within(1e-11 * d));
        double[] gram = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    gram[i * d + j] += a[i * d + k] * a[j * d + k];
                }
            }
        }
        assertThat(2 * logarithm)
                .isCloseTo(
                        Cholesky.of(gram, d).logDeterminant(),
                        within(1e-12 * d + 1e-15 * d * d * condition * condition));
    }

    private static double condition(SingularValues values) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < values.dimension(); i++) {
            least = Math.min(least, values.value(i));
            most = Math.max(most, values.value(i));
        }
        return most / least;
    }

    @Test
    void keepsTheDigitsOfSmallValues() {
        // Lower triangular, columns of 1e6, 1 and 1e-6: determinant 6.
        double[] a = {1e6, 0, 0, 1e6, 2, 0, -1e6, 1, 3e-6};
        SingularValues values = SingularValues.of(a, 3);
        double product = values.value(0) * values.value(1) * values.value(2);
        assertThat(product).isCloseTo(6, within(1e-13));
        assertThat(Math.min(values.value(0), Math.min(values.value(1), values.value(2))))
                .isBetween(1e-6, 1e-5);
    }

    @Test
    void findsTheDefectOfAnotherMatrix() {
        double[] a = matrix(3, 4);
        SingularValues values = SingularValues.of(a, 4);
        a[5] += 1e-3;
        assertThat(values.defect(a)).isBetween(1e-4, 1e-1);
    }

    @Test
    void givesBackADiagonal() {
        SingularValues values = SingularValues.of(new double[] {2, 0, 0, -3}, 2);
        assertThat(values.value(0)).isEqualTo(2);
        assertThat(values.value(1)).isEqualTo(3);
        assertThat(values.left(0, 0)).isEqualTo(1);
        assertThat(values.left(1, 1)).isEqualTo(-1);
    }

    @Test
    void refusesWhatHasNoLogarithms() {
        assertThatThrownBy(() -> SingularValues.of(new double[] {1, 0, 0, 0}, 2))
                .hasMessage("singular value 1 is 0.0");
        assertThatThrownBy(() -> SingularValues.of(new double[] {1, 0, 0, Double.NaN}, 2))
                .hasMessage("singular value 1 is NaN");
        assertThatThrownBy(() -> SingularValues.of(new double[3], 2))
                .hasMessageContaining("3 values");
    }

    private static double[] matrix(long seed, int d) {
        Random random = new Random(seed);
        double[] a = new double[d * d];
        for (int p = 0; p < a.length; p++) {
            a[p] = random.nextGaussian() + (p % (d + 1) == 0 ? 3 : 0);
        }
        return a;
    }
}
