package io.pidstream.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSortTest {
    @TempDir Path directory;

    private static Row row(long second, long line) {
        Instant time = Instant.ofEpochSecond(second, line % 7);
        return new Row(time, time, "a" + line % 5, 0, line, -1, new double[] {line}, null, null);
    }

    private List<Row> sort(List<Row> rows, int inMemory) throws IOException {
        List<Row> sorted = new ArrayList<>();
        try (RowSort sort = new RowSort(directory, inMemory)) {
            for (Row row : rows) {
                sort.add(row);
            }
            sort.drainTo(sorted::add);
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
        return sorted;
    }

    @Test
    void manyRunsAreMergedAndRowsOfATimeKeepTheirOrder() throws IOException {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            rows.add(row(random.nextInt(100), 7L * i)); // Many rows of each time.
        }
        List<Row> expected = new ArrayList<>(rows);
        expected.sort(Comparator.comparing(Row::time));
        for (int inMemory : new int[] {1, 10, 700, 10_000}) {
            assertThat(sort(rows, inMemory))
                    .extracting(Row::line)
                    .isEqualTo(expected.stream().map(Row::line).toList());
        }
    }

    @Test
    void rowsSurviveTheDiskUnchanged() throws IOException {
        Instant time = Instant.parse("2020-01-01T00:00:00.123456789Z");
        Row whole =
                new Row(
                        time,
                        time,
                        "Südwerk",
                        3,
                        17,
                        2,
                        new double[] {1.5, -2},
                        "train",
                        new Row.Refusal(null, Map.of(1, "column x"), "a;b"));
        Row refused =
                new Row(
                        null,
                        time,
                        null,
                        0,
                        18,
                        -1,
                        new double[0],
                        null,
                        new Row.Refusal("no time", Map.of(), "c"));
        Path file = directory.resolve("rows");
        try (RowWriter writer = new RowWriter(file)) {
            writer.write(whole);
            writer.write(refused);
        }
        try (RowReader reader = new RowReader(file)) {
            assertThat(reader.next()).usingRecursiveComparison().isEqualTo(whole);
            assertThat(reader.next()).usingRecursiveComparison().isEqualTo(refused);
            assertThat(reader.next()).isNull();
        }
    }
}
