package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.stats.Moments;
import io.pidstream.stats.RankScores;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** What a decomposition of the target's normal scores owes to the target: its order, no more. */
class MonotoneTargetTest {
    private static final int ROWS = 150;

    @Property(tries = 50, seed = "1")
    void aMonotoneMapOfTheTargetChangesNothing(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @DoubleRange(min = 0.2, max = 3) double rate) {
        double[][] rows = rows(new Random(seed));
        Decomposition plain = decompose(rows, y -> y);

        assertSame(decompose(rows, y -> Math.exp(rate * y)), plain);
        assertSame(decompose(rows, y -> y * y * y + rate * y), plain);
        assertSame(decompose(rows, y -> 1e6 + 1e-3 * Math.atan(y)), plain);
    }

    private static void assertSame(Decomposition mapped, Decomposition plain) {
        plain.information()
                .asMap()
                .forEach(
                        (subset, bits) ->
                                assertThat(mapped.information().get(subset))
                                        .isCloseTo(bits, within(1e-9)));
        assertThat(mapped.redundant().orElseThrow())
                .isCloseTo(plain.redundant().orElseThrow(), within(1e-9));
        assertThat(mapped.synergistic().orElseThrow())
                .isCloseTo(plain.synergistic().orElseThrow(), within(1e-9));
    }

    /** Rows of [target, two channels, one channel]. */
    private static double[][] rows(Random random) {
        double[][] rows = new double[ROWS][];
        for (int n = 0; n < ROWS; n++) {
            double common = random.nextGaussian();
            double a = common + random.nextGaussian();
            double b = common + random.nextGaussian();
            double target = 0.3 * a + 0.2 * b + 0.4 * random.nextGaussian();
            rows[n] = new double[] {target, a, random.nextGaussian(), b};
        }
        return rows;
    }

    private static Decomposition decompose(double[][] rows, DoubleUnaryOperator map) {
        double[] target = Arrays.stream(rows).mapToDouble(r -> map.applyAsDouble(r[0])).toArray();
        RankScores scores = RankScores.of(target);
        Moments moments = new Moments(4, Moments.NO_DECAY);
        for (int n = 0; n < ROWS; n++) {
            double[] row = rows[n].clone();
            row[0] = scores.of(target[n]);
            moments.add(row, n);
        }
        return GaussianPid.decompose(
                moments.covariance(),
                List.of("a", "b"),
                new int[] {2, 1},
                moments.effectiveSamples(),
                PidDefinition.MMI);
    }
}
