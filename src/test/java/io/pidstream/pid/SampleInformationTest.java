package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SampleInformationTest {
    @Test
    void agreesWithTheSeries() {
        // The series summed by scipy 1.17 (betainc, gammaln), 400,000 terms.
        assertBelow(0.02, 0.01, 1, 100, 0.717107173988, 1e-9);
        assertBelow(0.001, 0.05, 1, 100, 0.003222221928, 1e-9);
        assertBelow(0.05, 0.02, 8, 256, 0.834013343643, 1e-9);
        assertBelow(0.3, 0.25, 16, 100, 0.301225944759, 1e-8);
        assertBelow(0.1, 0.09, 4, 1000.5, 0.738362794045, 1e-8);
        assertBelow(0.7, 0.72, 8, 2000, 0.130197328144, 1e-3);
        assertBelow(1.2, 1.15, 16, 5000, 0.999837520903, 1e-3);
    }

    private static void assertBelow(
            double x, double theta, double channels, double samples, double p, double accuracy) {
        assertThat(new SampleInformation(channels, samples).below(x, theta))
                .isCloseTo(p, within(accuracy));
    }

    @Property(tries = 300, seed = "1")
    void isADistributionThatMovesUpWithTheTruth(
            @ForAll @IntRange(min = 1, max = 64) int channels,
            @ForAll @IntRange(min = 1, max = 10_000) int more,
            @ForAll @DoubleRange(min = 0, max = 2) double theta,
            @ForAll @DoubleRange(min = 0, max = 2) double x) {
        SampleInformation law = new SampleInformation(channels, 2 * channels + 2 + more);
        double p = law.below(x, theta);
        assertThat(p).isBetween(0.0, 1.0);
        // Where the sum gives way to the approximation there is a step of up to 0.001.
        assertThat(law.below(x, theta + 0.1)).isLessThanOrEqualTo(p + 2e-3);
        assertThat(law.below(x + 0.1, theta)).isGreaterThanOrEqualTo(p - 2e-3);
        assertThat(law.tailAtZero(x)).isCloseTo(1 - law.below(x, 0), within(1e-12));
    }

    @Property(tries = 100, seed = "1")
    void intervalsRiseWithTheSampleAndAreNeverEmpty(
            @ForAll @IntRange(min = 1, max = 64) int channels,
            @ForAll @IntRange(min = 1, max = 10_000) int more,
            @ForAll @DoubleRange(min = 0.01, max = 2) double x) {
        SampleInformation law = new SampleInformation(channels, 2 * channels + 2 + more);
        IntervalSolver solver = new IntervalSolver(0.95);
        IntervalSolver.Ends ends = solver.information(x, law);
        IntervalSolver.Ends higher = solver.information(x + law.deviation(x), law);
        assertThat(ends.lower()).isNotNegative().isLessThan(x);
        assertThat(ends.upper()).isGreaterThan(ends.lower());
        assertThat(higher.lower()).isGreaterThanOrEqualTo(ends.lower());
        assertThat(higher.upper()).isGreaterThanOrEqualTo(ends.upper());
        // 0 is left out exactly where chance alone would be too unlikely.
        assertThat(ends.lower() > 0).isEqualTo(law.tailAtZero(x) < 0.05);
    }

    @Property(tries = 100, seed = "1")
    void positivePartsHaveIntervalsOfTheSameKind(
            @ForAll @DoubleRange(min = -10, max = 10) double x,
            @ForAll @DoubleRange(min = 0.01, max = 10) double deviation) {
        IntervalSolver solver = new IntervalSolver(0.95);
        IntervalSolver.Ends ends = solver.positivePart(x * deviation, deviation);
        assertThat(ends.lower()).isNotNegative();
        assertThat(ends.upper()).isGreaterThanOrEqualTo(Math.max(0, x * deviation));
        if (x > 6) {
            assertThat(ends.lower() / deviation).isCloseTo(x - 1.96, within(0.03));
            assertThat(ends.upper() / deviation).isCloseTo(x + 1.96, within(0.03));
        }
        assertThat(ends.lower() > 0).isEqualTo(x > 1.6448536269514722);
    }

    @Test
    void refusesTooFewSamples() {
        assertThatThrownBy(() -> new SampleInformation(3, 4)).hasMessageContaining("3.0 channels");
    }
}
