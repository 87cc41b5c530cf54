package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.stats.Moments;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainInformationTest {
    private static final int[] SIZES = {2, 1};
    private static final List<String> NAMES = List.of("a", "b");

    private static double[] covariance(Random random, int n, double weight) {
        Moments moments = new Moments(4, Moments.NO_DECAY);
        for (int i = 0; i < n; i++) {
            double y = random.nextGaussian();
            double[] row = {
                y,
                weight * y + random.nextGaussian(),
                random.nextGaussian(),
                weight * y + random.nextGaussian()
            };
            moments.add(row, 0);
        }
        return moments.covariance();
    }

    @Test
    void isThatOfTheDecompositionWhereNothingIsCutOff() {
        double[] covariance = covariance(new Random(1), 500, 1);
        SubsetValues plain = PlainInformation.of(covariance, NAMES, SIZES, 500).orElseThrow();
        SubsetValues information =
                GaussianPid.decompose(covariance, NAMES, SIZES, 500, PidDefinition.MMI)
                        .information();
        for (ModalitySet subset : ModalitySet.nonEmptySubsets(2)) {
            assertThat(plain.get(subset)).isEqualTo(information.get(subset), within(1e-12));
        }
    }

    @Test
    void isZeroOnAverageWhereNothingIsKnown() {
        Random random = new Random(2);
        double sum = 0;
        int negative = 0;
        int runs = 2000;
        for (int run = 0; run < runs; run++) {
            double joint =
                    PlainInformation.of(covariance(random, 100, 0), NAMES, SIZES, 100)
                            .orElseThrow()
                            .all();
            sum += joint;
            negative += joint < 0 ? 1 : 0;
        }
        // Standard error of the mean: √(3/2) / 100 / ln 2 / √2000 bits.
        assertThat(sum / runs).isEqualTo(0, within(0.0016));
        assertThat(negative).isBetween(900, 1400);
    }

    @Test
    void isEmptyWhereItIsNotDefined() {
        double[] constant = new double[16];
        assertThat(PlainInformation.of(constant, NAMES, SIZES, 100)).isEmpty();
        assertThat(PlainInformation.of(covariance(new Random(3), 50, 1), NAMES, SIZES, 4))
                .isEmpty();
    }
}
