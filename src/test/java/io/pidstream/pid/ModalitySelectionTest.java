package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ModalitySelectionTest {
    private static final double EXACT = Double.POSITIVE_INFINITY;
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");

    /** Target = first channel + noise; the second hears the first in a little noise; noise. */
    private static final double[] BACKUP = {
        2, 1, 1, 0,
        1, 1, 1, 0,
        1, 1, 1.01, 0,
        0, 0, 0, 1
    };

    @Test
    void saysWhatAModalityIsGoodFor() {
        ModalitySelection advice = ModalitySelection.of(intervals(BACKUP, EXACT), 0);
        assertThat(advice.without().keySet()).containsExactly("a", "b", "c");
        ModalitySelection.Loss a = advice.without().get("a");
        // Residual variance 1 with a; 2 − 1/1.01 with b alone.
        double rise = Math.sqrt(2 - 1 / 1.01) - 1;
        assertThat(a.residualRise()).isCloseTo(rise, within(1e-12));
        assertThat(a.information().bits())
                .isCloseTo(ModalitySelection.bitsOfRise(rise), within(1e-12));
        assertThat(advice.without().get("b").residualRise()).isCloseTo(0, within(1e-12));
    }

    @Test
    void dropsTheMostModalitiesThatTheToleranceAllows() {
        DecompositionIntervals intervals = intervals(BACKUP, EXACT);
        double tolerance = ModalitySelection.bitsOfRise(0.01);
        ModalitySelection advice = ModalitySelection.of(intervals, tolerance);
        // Without a, b stands in for it: a rise of 0.5 %. Without b nothing is lost.
        assertThat(advice.dispensable().orElseThrow().modalities()).containsExactly("b", "c");
        assertThat(advice.surelyDispensable()).isEqualTo(advice.dispensable());
        assertThat(advice.toleratedBits()).isEqualTo(tolerance);
    }

    @Test
    void isOnlySureWhereTheDataAre() {
        double tolerance = ModalitySelection.bitsOfRise(0.01);
        ModalitySelection few = ModalitySelection.of(intervals(BACKUP, 60), tolerance);
        assertThat(few.dispensable()).isPresent();
        assertThat(few.surelyDispensable()).isEmpty();
        ModalitySelection many = ModalitySelection.of(intervals(BACKUP, 100_000), tolerance);
        assertThat(many.surelyDispensable().orElseThrow().modalities()).containsExactly("b", "c");
        ModalitySelection.Loss loss = few.without().get("a");
        assertThat(loss.residualRise())
                .isBetween(loss.residualRiseLower(), loss.residualRiseUpper());
    }

    @Test
    void keepsAModalityWhateverTheTolerance() {
        ModalitySelection advice = ModalitySelection.of(intervals(BACKUP, EXACT), 100);
        assertThat(advice.dispensable().orElseThrow().modalities()).containsExactly("b", "c");
    }

    @Property(tries = 50, seed = "1")
    void tolerancesThatRiseDropNoFewer(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 6) int k,
            @ForAll @DoubleRange(min = 0, max = 1) double tolerance) {
        double[] covariance = Covariances.random(new Random(seed), 1 + k);
        DecompositionIntervals intervals = intervals(covariance, 200);
        ModalitySelection strict = ModalitySelection.of(intervals, tolerance);
        ModalitySelection lax = ModalitySelection.of(intervals, 2 * tolerance);
        assertThat(dropped(lax.dispensable()))
                .isGreaterThanOrEqualTo(dropped(strict.dispensable()));
        assertThat(dropped(strict.surelyDispensable()))
                .isLessThanOrEqualTo(dropped(strict.dispensable()));
        strict.dispensable()
                .ifPresent(l -> assertThat(l.information().bits()).isLessThanOrEqualTo(tolerance));
        assertThat(ModalitySelection.of(intervals, tolerance)).isEqualTo(strict);
    }

    private static int dropped(Optional<ModalitySelection.Loss> loss) {
        return loss.map(l -> l.modalities().size()).orElse(0);
    }

    @Test
    void refusesNegativeTolerances() {
        assertThatThrownBy(() -> ModalitySelection.of(intervals(BACKUP, EXACT), -1))
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> ModalitySelection.bitsOfRise(-0.1)).hasMessageContaining("-0.1");
    }

    private static DecompositionIntervals intervals(double[] covariance, double n) {
        int k = (int) Math.round(Math.sqrt(covariance.length)) - 1;
        int[] sizes = new int[k];
        Arrays.fill(sizes, 1);
        return DecompositionIntervals.of(
                covariance,
                sizes,
                GaussianPid.decompose(covariance, NAMES.subList(0, k), sizes, n, PidDefinition.MMI),
                0.95);
    }
}
