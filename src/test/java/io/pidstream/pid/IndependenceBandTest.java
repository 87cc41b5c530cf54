package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class IndependenceBandTest {
    @Test
    void independentDataStayWithinAsOftenAsItSays() {
        int runs = 1500;
        int[] within = new int[7];
        IndependenceBand band = IndependenceBand.of(8, 4, 200, 0.95);
        Random random = new Random(20260101);
        double[][] map = Covariances.identity(13);
        for (int run = 0; run < runs; run++) {
            Decomposition result =
                    GaussianPid.decompose(
                            GaussianPidTest.sample(map, 13, 200, random).covariance(),
                            List.of("a", "b"),
                            new int[] {8, 4},
                            200,
                            PidDefinition.MMI);
            Atoms atoms = result.atoms().get("a");
            List<BooleanSupplier> stays =
                    List.of(
                            () -> result.information().get(ModalitySet.of(0)) <= band.first(),
                            () -> result.information().get(ModalitySet.of(1)) <= band.second(),
                            () -> result.information().get(ModalitySet.of(0, 1)) <= band.joint(),
                            () -> atoms.unique() <= band.unique(),
                            () -> atoms.rest() <= band.rest(),
                            () -> atoms.redundant() <= band.redundant(),
                            () -> atoms.synergistic() <= band.synergistic());
            for (int i = 0; i < within.length; i++) {
                within[i] += stays.get(i).getAsBoolean() ? 1 : 0;
            }
        }
        // 3.3 standard deviations of a share of 0.95, and 0.01 for what is taken as independent.
        double leeway = 3.3 * Math.sqrt(0.95 * 0.05 / runs);
        for (int i = 0; i < within.length; i++) {
            double share = (double) within[i] / runs;
            assertThat(share)
                    .as("quantity %d", i)
                    .isBetween(0.95 - leeway - (i == 6 ? 0.01 : 0), 0.95 + leeway);
        }
    }

    @Test
    void moreSamplesMakeItNarrower() {
        IndependenceBand few = IndependenceBand.of(8, 8, 256, 0.95);
        IndependenceBand many = IndependenceBand.of(8, 8, 2560, 0.95);
        assertThat(many.unique()).isPositive().isLessThan(few.unique() / 5);
        assertThat(many.redundant()).isPositive().isLessThan(few.redundant() / 5);
        assertThat(many.synergistic()).isPositive().isLessThan(few.synergistic() / 5);
        // Two must seem to know something for redundancy, so less of it is remarkable.
        assertThat(few.redundant()).isLessThan(few.first());
    }

    @Test
    void refusesSourcesWithoutChannels() {
        assertThatThrownBy(() -> IndependenceBand.of(0, 1, 100, 0.95))
                .hasMessageContaining("0 and 1 channels");
    }
}
