package io.pidstream.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraderTest {
    private static final int ROWS = 2000;
    private final Random random = new Random(7);
    private final double[] noise =
            IntStream.range(0, ROWS).mapToDouble(i -> random.nextGaussian()).toArray();

    @Test
    void gradesSayWhatIsWrong() {
        assertThat(grade(i -> noise[i]).grade()).isEqualTo(Grade.GOOD);
        assertThat(grade(i -> 5)).isEqualTo(new Graded(Grade.CONSTANT, "always 5"));
        assertThat(grade(i -> i < 20 ? noise[i] : Double.NaN).grade()).isEqualTo(Grade.SHORT);
        assertThat(grade(i -> i % 10 < 2 ? Double.NaN : noise[i]))
                .isEqualTo(
                        new Graded(
                                Grade.GAPS, "missing in 20.0 % of the rows, 2 at most in a row"));
        assertThat(grade(i -> i % 3)).isEqualTo(new Graded(Grade.COARSE, "3 different values"));
        assertThat(grade(i -> noise[i / 60]).grade()).isEqualTo(Grade.COARSE);
        assertThat(grade(i -> i * 1.5 % 700))
                .isEqualTo(
                        new Graded(
                                Grade.WRAPS, "rises in all but 4 steps, and begins anew 4 times"));
        assertThat(grade(i -> Math.min(1, noise[i])))
                .matches(graded -> graded.grade() == Grade.SATURATED)
                .matches(
                        graded ->
                                graded.why().endsWith("of the values are exactly the largest, 1"));
    }

    /** Rain is mostly exactly 0, which is no end of a range of measurement. */
    @Test
    void zeroIsANaturalEnd() {
        assertThat(grade(i -> Math.max(0, noise[i])).grade()).isEqualTo(Grade.GOOD);
    }

    @Test
    void sentinelsAreFarFromEverythingElseAndRepeat() {
        Series mixed = series(i -> i % 20 == 0 ? -200 : 10 + noise[i]);
        Series twice = series(i -> i % 20 == 0 ? 9999 : i % 21 == 0 ? -999 : noise[i]);
        Series wide = series(i -> 1000 * noise[i]);
        Series single = series(i -> i == 5 ? 65535 : noise[i]);

        assertThat(new SentinelFinder(List.of(mixed)).find()).isEqualTo(Map.of(-200.0, 100L));
        assertThat(new SentinelFinder(List.of(twice)).find().keySet())
                .containsExactly(-999.0, 9999.0);
        assertThat(new SentinelFinder(List.of(wide, single)).find()).isEmpty();
    }

    /** The marks of a file hold for all its columns. */
    @Test
    void whatIsAnOrdinaryValueOfAnotherColumnIsNoSentinel() {
        Series marked = series(i -> i % 20 == 0 ? -200 : 10 + noise[i]);
        Series ordinary = series(i -> i % 401 - 250);

        assertThat(new SentinelFinder(List.of(marked, ordinary)).find()).isEmpty();
    }

    private static Graded grade(IntToDoubleFunction values) {
        return Grader.grade(series(values), new int[ROWS]);
    }

    private static Series series(IntToDoubleFunction values) {
        return new Series("x", "x", "", IntStream.range(0, ROWS).mapToDouble(values).toArray());
    }
}
