package io.pidstream.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RankScoresTest {
    @Test
    void ranksBecomeQuantiles() {
        RankScores scores = RankScores.of(new double[] {30, 10, 20, 40});
        assertThat(scores.of(10)).isCloseTo(-1.1503493803760083, within(1e-15));
        assertThat(scores.of(20)).isCloseTo(-0.31863936396437514, within(1e-15));
        assertThat(scores.of(30)).isEqualTo(-scores.of(20));
        assertThat(scores.of(40)).isCloseTo(-scores.of(10), within(1e-15));
    }

    @Test
    void equalValuesShareTheMiddleOfTheirRanks() {
        RankScores scores = RankScores.of(new double[] {1, -0.0, 0.0, 0, -1});
        assertThat(scores.of(0)).isZero();
        assertThat(scores.of(-0.0)).isZero();
        assertThat(scores.of(1)).isEqualTo(-scores.of(-1));
        assertThat(RankScores.of(new double[] {7, 7}).of(7)).isZero();
    }

    @Test
    void refusesWhatHasNoRank() {
        assertThatThrownBy(() -> RankScores.of(new double[0])).hasMessageContaining("no values");
        assertThatThrownBy(() -> RankScores.of(new double[] {1, Double.NaN}))
                .hasMessage("value 1 is NaN");
        assertThatThrownBy(() -> RankScores.of(new double[] {1, 2}).of(1.5))
                .hasMessage("value 1.5 is not in the sample");
    }

    @Property(tries = 200, seed = "1")
    void onlyTheOrderCounts(
            @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -5, max = 5) Double> values) {
        double[] sample = values.stream().mapToDouble(Double::doubleValue).toArray();
        RankScores scores = RankScores.of(sample);
        RankScores ofOpposite = RankScores.of(Arrays.stream(sample).map(y -> -y).toArray());
        RankScores ofScaled = RankScores.of(Arrays.stream(sample).map(y -> 8 * y).toArray());
        for (double y : sample) {
            assertThat(ofScaled.of(8 * y)).isEqualTo(scores.of(y));
            assertThat(ofOpposite.of(-y)).isCloseTo(-scores.of(y), within(1e-12));
            for (double z : sample) {
                assertThat(Double.compare(scores.of(y), scores.of(z)))
                        .isEqualTo(Double.compare(y + 0.0, z + 0.0));
            }
        }
    }
}
