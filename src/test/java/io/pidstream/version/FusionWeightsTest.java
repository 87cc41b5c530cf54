package io.pidstream.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.pid.Decomposition;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionWeightsTest {
    @Test
    void areUniquePlusHalfTheRedundancyAndTheSynergyForTwo() {
        // M = X + noise, Y = M + noise.
        double[] covariance = {1, 1, 1, 1, 2, 1, 1, 1, 3};
        Decomposition d = decompose(covariance, 2);
        FusionWeights weights = FusionWeights.of(d);

        double all = d.information().all();
        double redundant = d.redundant().orElseThrow();
        assertThat(weights.modality(0))
                .isCloseTo((d.unique().get("a") + redundant / 2) / all, within(1e-12));
        assertThat(weights.modality(1))
                .isCloseTo((d.unique().get("b") + redundant / 2) / all, within(1e-12));
        assertThat(weights.synergy()).isCloseTo(d.synergistic().orElseThrow() / all, within(1e-12));
    }

    @Test
    void doNotPreferOneOfTwoThatKnowTheSame() {
        double[] covariance = {1, .6, .6, .6, 1, .5, .6, .5, 1};
        FusionWeights weights = FusionWeights.of(decompose(covariance, 2));

        assertThat(weights.modality(0)).isCloseTo(weights.modality(1), within(1e-12));
    }

    @Test
    void sumToOneForThree() {
        double[] covariance = {1, .5, .3, .1, .5, 1, 0, 0, .3, 0, 1, 0, .1, 0, 0, 1};
        FusionWeights weights = FusionWeights.of(decompose(covariance, 3));

        double sum = weights.synergy();
        for (int m = 0; m < 3; m++) {
            assertThat(weights.modality(m)).isNotNegative();
            sum += weights.modality(m);
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
        assertThat(weights.modality(0)).isGreaterThan(weights.modality(2));
    }

    @Test
    void nothingKnownAndNothingDefinedGiveNoWeights() {
        double[] nothing = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        double[] constant = {0, 0, 0, 0, 1, 0, 0, 0, 1};

        assertThatThrownBy(() -> FusionWeights.of(decompose(nothing, 2)))
                .hasMessageStartingWith("no weights without information");
        assertThatThrownBy(() -> FusionWeights.of(decompose(constant, 2)))
                .hasMessageStartingWith("no weights from an undefined decomposition");
    }

    @Test
    void thatAreNegativeOrDoNotSumToOneAreRefused() {
        assertThatThrownBy(() -> new FusionWeights(new double[] {-0.1, 0.6}, 0.5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FusionWeights(new double[] {0.5, 0.6}, 0.5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FusionWeights(new double[] {Double.NaN, 0.6}, 0.5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Decomposition decompose(double[] covariance, int k) {
        List<String> names = List.of("a", "b", "c").subList(0, k);
        int[] sizes = new int[k];
        Arrays.fill(sizes, 1);
        return GaussianPid.decompose(
                covariance, names, sizes, Double.POSITIVE_INFINITY, PidDefinition.MMI);
    }
}
