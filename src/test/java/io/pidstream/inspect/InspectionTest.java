package io.pidstream.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
    @TempDir private Path directory;

    /** Every number of a file in whatever dialect is seen, at its time and asset. */
    @Property(tries = 60)
    void randomDialectsAreFound(@ForAll long seed) throws IOException {
        Path temporary = Files.createTempDirectory("inspection");
        WrittenFile written = new WrittenFile(seed);
        Path file = written.write(temporary);
        Look look = Look.at(file);
        Frame frame = Content.of(look, look.asset()).frame();
        Files.delete(file);
        Files.delete(temporary);

        assertThat(look.dialect().delimiter()).as("%s", written).isEqualTo(written.delimiter);
        assertThat(look.dialect().numerals().decimal())
                .as("%s", written)
                .isEqualTo(written.numerals.decimal());
        assertThat(look.file().charset()).as("%s", written).isEqualTo(written.readIn());
        assertThat(look.times().unreadable()).as("%s", written).isZero();
        assertThat(frame.assetNames()).as("%s", written).hasSize(written.assets);
        assertSameNumbers(written, frame);
    }

    private static void assertSameNumbers(WrittenFile written, Frame frame) {
        Map<List<Object>, Integer> rows = new HashMap<>();
        for (int row = 0; row < frame.rows(); row++) {
            String asset = frame.assetNames()[frame.assets()[row]];
            rows.put(List.of(asset, frame.millis()[row]), row);
        }
        for (int c = 0; c < written.names().size(); c++) {
            String name = written.names().get(c);
            Series series =
                    frame.series().stream()
                            .filter(s -> s.name().equals(name))
                            .findAny()
                            .orElseThrow();
            for (int a = 0; a < written.assets; a++) {
                String asset = written.assets == 1 ? "" : written.asset(a);
                for (int i = 0; i < WrittenFile.rows(); i++) {
                    int row = rows.get(List.of(asset, written.millis(i)));
                    double expected = written.values[c][a][i];
                    if (Double.compare(series.values()[row], expected) != 0) {
                        throw new AssertionError(
                                "%s of %s, row %d of %s: expected %s, was %s"
                                        .formatted(
                                                name,
                                                asset,
                                                i,
                                                written,
                                                expected,
                                                series.values()[row]));
                    }
                }
            }
        }
    }

    @Test
    void truthValuesAreOneAndZero() throws IOException {
        Path file = directory.resolve("d.csv");
        StringBuilder text = new StringBuilder("time,demand,temperature,holiday\n");
        for (int i = 0; i < 100; i++) {
            text.append(
                    "2024-01-01 %02d:%02d:00,%d,%d,%s\n"
                            .formatted(
                                    i / 60, i % 60, i % 13, i % 17, i % 5 == 0 ? "TRUE" : "False"));
        }
        Files.writeString(file, text);

        assertThat(Inspection.of(file).propose("demand", "test").yaml())
                .contains("[temperature]", "[holiday]");
    }

    @Test
    void whatNeverChangesIsNotProposedAsTheTarget() throws IOException {
        Path file = directory.resolve("d.csv");
        StringBuilder text = new StringBuilder("time,a,b,c\n");
        for (int i = 0; i < 100; i++) {
            text.append(
                    "2024-01-01 %02d:%02d:00,%d,%d,0\n".formatted(i / 60, i % 60, i % 13, i % 17));
        }
        Files.writeString(file, text);

        assertThatThrownBy(() -> Inspection.of(file).propose())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("c (constant, always 0)");
    }

    @Test
    void tooFewColumnsAreRefusedWithTheReason() throws IOException {
        Path file = directory.resolve("d.csv");
        StringBuilder text = new StringBuilder("time,a,b,label\n");
        for (int i = 0; i < 100; i++) {
            text.append(
                    "2024-01-01 %02d:%02d:00,%d,7,%d\n".formatted(i / 60, i % 60, i % 13, i % 17));
        }
        Files.writeString(file, text);

        assertThatThrownBy(() -> Inspection.of(file).propose("label", "test"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "--data: %s: expected two channels or more besides the target label; there is"
                                        .formatted(file)
                                + " a, left out: b (constant, always 7)");
        assertThatThrownBy(() -> Inspection.of(file).propose("lable", "test"))
                .hasMessage(
                        "--target: lable: expected a column of numbers of %s; it has a, b, label"
                                .formatted(file));
    }

    /**
     * A sensor that was seldom there is one with gaps, whatever a reader of files calls missing.
     */
    @Test
    void marksThatEveryReaderKnowsAreNoTexts() throws IOException {
        Path file = directory.resolve("d.csv");
        StringBuilder text = new StringBuilder("time,a,b,c,label\n");
        List<String> marks = List.of("--", "#N/A", "nil", "NULL");
        for (int i = 0; i < 200; i++) {
            String seldom = i % 3 == 0 ? String.valueOf(i % 17) : marks.get(i % 4);
            text.append(
                    "2024-01-01 %02d:%02d:00,%d,%d,%s,%d\n"
                            .formatted(i / 60, i % 60, i % 13, i * i % 31, seldom, i % 19));
        }
        Files.writeString(file, text);

        Look look = Look.at(file);
        Content content = Content.of(look, look.asset());

        assertThat(content.markers()).isEmpty();
        assertThat(content.leftOut()).isEmpty();
        assertThat(content.frame().series())
                .filteredOn(series -> series.name().equals("c"))
                .singleElement()
                .satisfies(series -> assertThat(series.count()).isEqualTo(67));
    }

    @Test
    void aFileWithoutRowsIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("d.csv"), "time,a,b\n");

        assertThatThrownBy(() -> Inspection.of(file))
                .hasMessage(
                        "--data: %s: expected rows below the header; there are 0".formatted(file));
    }

    @Test
    void columnsBetweenRunsOfBlanksAreRefusedWithAnAdvice() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("d.dat"),
                        " 1  2.5   3.5\n".repeat(20) + "10 12.5   3.5\n");

        assertThatThrownBy(() -> Inspection.of(file))
                .hasMessageContaining("there are runs of blanks: write it as CSV first");
    }
}
