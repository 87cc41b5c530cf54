package io.pidstream.filerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.event.Score;
import io.pidstream.yardstick.YardstickForecasts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedRecordsTest {
    private static final Output<Score> SCORES =
            new Output<>("scores", Score.FORMAT, Score::time, Score::asset, Score::active);

    @TempDir Path directory;

    private Path written;

    @BeforeEach
    void create() throws IOException {
        written = Files.createDirectory(directory.resolve("scores"));
    }

    private static Score score(String asset, long time, double target) {
        return new Score(
                asset,
                time,
                time + 1,
                0,
                true,
                0,
                target,
                Double.NaN,
                -0.0,
                1e300,
                0.5,
                List.of(-1.0, 2.0),
                new YardstickForecasts(1, Double.NaN, 1e300));
    }

    private void write(String file, Score... scores) throws IOException {
        for (Score score : scores) {
            Files.write(
                    written.resolve(file),
                    SCORES.bytes(score),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private SortedRecords<Score> sorted() throws IOException {
        return new SortedRecords<>(SCORES, directory);
    }

    @Test
    void sortsByTimeThenKeyThenTheOrderOfWriting() throws IOException {
        Score first = score("b", -5, 1);
        Score second = score("a\tü\n", 7, 2);
        Score third = score("b", 7, 3);
        Score fourth = score("b", 7, 4);
        write("part-0", third, fourth, first);
        write("part-1", second);

        try (SortedRecords<Score> records = sorted()) {
            assertThat(records).containsExactly(first, second, third, fourth);
            assertThat(records.size()).isEqualTo(4);
            assertThat(records.only(Set.of("b"))).containsExactly(first, third, fourth);
        }
    }

    @Test
    void leavesOutUnfinishedFilesAndHasNothingWithoutADirectory() throws IOException {
        write("part-0", score("a", 1, 1));
        write(".part-1.inprogress", score("a", 2, 2));
        try (SortedRecords<Score> records = sorted();
                SortedRecords<Score> none =
                        new SortedRecords<>(SCORES, directory.resolve("other"))) {
            assertThat(records).containsExactly(score("a", 1, 1));
            assertThat(none).isEmpty();
        }
    }

    @Test
    void refusesAFileThatEndsInsideARecord() throws IOException {
        byte[] bytes = SCORES.bytes(score("a", 1, 1));
        Path file = written.resolve("part-0");
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(this::sorted).isInstanceOf(IOException.class);

        Files.write(file, bytes);
        try (SortedRecords<Score> records = sorted()) {
            Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
            assertThatThrownBy(() -> records.iterator().next())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("scores ends inside a record");
        }
    }
}
