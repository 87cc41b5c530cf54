package io.pidstream.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShrinkageTest {
    private static final double[] COVARIANCE = {2, 1, 1, 4};

    @Test
    void equalsTheFormulaByHand() {
        // tr(S²) = 22, tr²(S) = 36: (0 · 22 + 36) / ((10 + 0) (22 − 18))
        assertThat(Shrinkage.intensity(COVARIANCE, 2, 10)).isCloseTo(0.9, within(1e-15));
        assertThat(Shrinkage.intensity(COVARIANCE, 2, 1000)).isCloseTo(0.009, within(1e-15));
        assertThat(Shrinkage.intensity(COVARIANCE, 2, 3)).isEqualTo(1);
    }

    @Test
    void isNothingForAnExactCovariance() {
        assertThat(Shrinkage.intensity(COVARIANCE, 2, Double.POSITIVE_INFINITY)).isZero();
        assertThatThrownBy(() -> Shrinkage.intensity(COVARIANCE, 2, 0)).hasMessageContaining("0.0");
    }

    @Test
    void keepsTheTrace() {
        assertThat(Shrinkage.shrink(COVARIANCE, 2, 0.5)).containsExactly(2.5, 0.5, 0.5, 3.5);
        assertThat(Shrinkage.shrink(COVARIANCE, 2, 1)).containsExactly(3, 0, 0, 3);
    }
}
