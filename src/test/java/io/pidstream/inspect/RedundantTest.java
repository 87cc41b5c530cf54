package io.pidstream.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedundantTest {
    private static final int ROWS = 500;
    private final double[] a = new Random(1).doubles(ROWS).toArray();
    private final double[] b = new Random(2).doubles(ROWS).toArray();
    private final double[] c = new Random(3).doubles(ROWS).toArray();

    @Test
    void theTargetInAnotherUnitGivesItAway() {
        Series target = series("celsius", i -> a[i]);
        Series fahrenheit = series("fahrenheit", i -> 32 + 1.8 * a[i]);
        Series other = series("other", i -> a[i] + 0.1 * b[i]);

        assertThat(Redundant.computedFrom(target, List.of(fahrenheit, other)))
                .containsOnlyKeys(fahrenheit);
    }

    @Test
    void partsOfASumGiveItAway() {
        Series target = series("count", i -> a[i] + b[i]);
        Series casual = series("casual", i -> a[i]);
        Series registered = series("registered", i -> b[i]);
        Series weather = series("weather", i -> c[i] + a[i]);

        assertThat(Redundant.computedFrom(target, List.of(weather, casual, registered)))
                .containsOnlyKeys(casual, registered);
    }

    @Test
    void whatIsOnlyCorrelatedIsNotComputed() {
        Series target = series("y", i -> a[i]);

        assertThat(
                        Redundant.computedFrom(
                                target,
                                List.of(
                                        series("x", i -> a[i] + 0.05 * b[i]),
                                        series("z", i -> a[i] * a[i] * a[i]))))
                .isEmpty();
    }

    @Test
    void copiesAndNumbersOfRowsAreFound() {
        Series first = series("first", i -> a[i]);
        Series second = series("second", i -> a[i]);
        Series different = series("different", i -> i == 7 ? 5 : b[i]);

        assertThat(Redundant.copies(List.of(first, second, different)))
                .hasSize(1)
                .containsEntry(second, "first");
        assertThat(Redundant.isRowNumber(series("n", i -> i + 1), new int[ROWS])).isTrue();
        assertThat(Redundant.isRowNumber(first, new int[ROWS])).isFalse();
        int[] interleaved = IntStream.range(0, ROWS).map(i -> i % 5).toArray();
        assertThat(Redundant.isRowNumber(first, interleaved)).isFalse();
        assertThat(Redundant.isRowNumber(series("n", i -> i / 5), interleaved)).isTrue();
        int[] assets = IntStream.range(0, ROWS).map(i -> i / 100).toArray();
        assertThat(Redundant.isRowNumber(series("n", i -> i % 100), assets)).isTrue();
    }

    private static Series series(String name, IntToDoubleFunction values) {
        return new Series(name, name, "", IntStream.range(0, ROWS).mapToDouble(values).toArray());
    }
}
