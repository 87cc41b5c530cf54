package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.stats.Moments;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InformationCovarianceTest {
    private static final int[] SIZES = {1, 2, 1};
    private static final List<ModalitySet> SUBSETS = ModalitySet.nonEmptySubsets(SIZES.length);

    @Test
    void agreesWithTheScatterOfSampledInformations() {
        // Informations far enough from 0 that the first order is all there is.
        double[][] map = Covariances.identity(5);
        map[0] = new double[] {0.8, 1, 0.5, 0.3, -0.7};
        map[2][1] = 0.5;
        map[4][3] = -0.4;
        InformationCovariance exact = InformationCovariance.of(Covariances.ofMap(map, 5), SIZES);
        Random random = new Random(20260101);
        int n = 1000;
        int runs = 2000;
        Moments scatter = new Moments(7, Moments.NO_DECAY);
        for (int run = 0; run < runs; run++) {
            InformationCovariance sample =
                    InformationCovariance.of(
                            GaussianPidTest.sample(map, 5, n, random).covariance(), SIZES);
            double[] bits = new double[7];
            for (ModalitySet subset : SUBSETS) {
                bits[subset.bits() - 1] = sample.nats(subset) / Math.log(2);
            }
            scatter.add(bits, 0);
        }
        for (ModalitySet s : SUBSETS) {
            for (ModalitySet t : SUBSETS) {
                double expected = exact.covariance(s, t);
                // Four standard deviations of a covariance of normal variables, and the next order.
                double leeway =
                        4
                                        * Math.sqrt(
                                                (exact.covariance(s, s) * exact.covariance(t, t)
                                                                + expected * expected)
                                                        / runs)
                                + 10.0 / n;
                assertThat(n * scatter.covariance(s.bits() - 1, t.bits() - 1))
                        .as("%s %s", s, t)
                        .isCloseTo(expected, within(leeway));
            }
        }
    }

    @Test
    void residualsOfNestedSubsetsCorrelateByTheirDeviations() {
        InformationCovariance covariance =
                InformationCovariance.of(Covariances.random(new Random(3), 5), SIZES);
        for (ModalitySet whole : SUBSETS) {
            for (ModalitySet part : ModalitySet.subsets(3)) {
                if (whole.containsAll(part)) {
                    assertThat(covariance.residualCorrelation(whole, part))
                            .isCloseTo(
                                    (1 - covariance.explained(whole))
                                            / (1 - covariance.explained(part)),
                                    within(1e-12));
                }
            }
            double[] weights = new double[8];
            weights[whole.bits()] = 1;
            assertThat(covariance.variance(weights))
                    .isCloseTo(
                            covariance.explained(whole) / Math.pow(Math.log(2), 2), within(1e-12));
        }
    }

    @Test
    void refusesWhatHasNoInformation() {
        assertThatThrownBy(() -> InformationCovariance.of(new double[3], SIZES))
                .hasMessage("covariance has 3 values, expected 5²");
        assertThatThrownBy(() -> InformationCovariance.of(new double[25], SIZES))
                .hasMessageContaining("variance of the target is 0.0");
        assertThatThrownBy(() -> InformationCovariance.of(new double[] {1, 1, 1, 1}, new int[] {1}))
                .hasMessageContaining("explain");
    }
}
