package io.pidstream.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pidstream.admit.Inbound;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {
    private static final PipelineConfig CONFIG =
            ConfigFile.parse(
                    """
                    name: small
                    modalities:
                      - {name: a, channels: [x, y]}
                      - {name: b, channels: [x]}
                    target: {name: t}
                    alignment: {period: PT1H}
                    csv: {label-delay: PT2H}
                    """,
                    "c.yaml",
                    Map.of());
    private static final String HEADER = "asset,time,a.x,a.y,b.x,t\n";

    @Test
    void aRowIsAReadingPerModalityAndALabel() throws IOException {
        try (CsvRows rows = rows(HEADER + "s,2020-01-01 01:00:00,1,,3,4\n")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.line()).isEqualTo(2);
            assertThat(rows.reading(0).reading().getValues()).containsExactly(1.0, null);
            assertThat(rows.reading(1).reading().getModality()).isEqualTo("b");
            assertThat(rows.label().label().getTime())
                    .isEqualTo(Instant.parse("2020-01-01T01:00:00Z"));
            assertThat(rows.label().label().getRecordedAt())
                    .isEqualTo(Instant.parse("2020-01-01T03:00:00Z"));
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void theNumberOfARowStandsInForTheTimeOfATableWithoutOne() throws IOException {
        PipelineConfig table =
                ConfigFile.parse(
                        ConfigFile.write(CONFIG)
                                .replaceFirst("time: time\n.*\n", "time: {row: PT2S}\n"),
                        "c.yaml",
                        Map.of("csv.asset", "{constant: s}"));
        String text = "a.x,a.y,b.x,t\n1,2,3,4\n1,2\n5,6,7,8\n";
        try (CsvRows rows = rows(text, table)) {
            rows.next();
            assertThat(rows.time()).isEqualTo(Instant.EPOCH);
            assertThat(rows.asset()).isEqualTo("s");
            rows.next();
            assertThat(rows.rowDeadLetter()).isNotNull();
            rows.next();
            assertThat(rows.label().label().getTime()).isEqualTo(Instant.EPOCH.plusSeconds(4));
        }
    }

    @Test
    void anEmptyTargetIsNoLabel() throws IOException {
        try (CsvRows rows = rows(HEADER + "s,2020-01-01 01:00:00,1,2,3,\n")) {
            rows.next();
            assertThat(rows.label()).isNull();
        }
    }

    @Test
    void aBadNumberNamesFileLineAndColumnAndSparesTheRestOfTheRow() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int line = 2; line < 4711; line++) {
            text.append("s,2020-01-01 01:00:00,1,2,3,4\n");
        }
        text.append("s,2020-01-01 01:00:00,1,2,3o,4\n");
        try (CsvRows rows = rows(text.toString())) {
            Inbound inbound = null;
            while (rows.next()) {
                inbound = rows.reading(1);
            }
            assertThat(inbound.deadLetter().getReason()).isEqualTo(DeadLetterReason.UNDECODABLE);
            assertThat(inbound.deadLetter().getDetail())
                    .isEqualTo(
                            "d.csv, line 4711: column b.x: '3o'; expected a number, or nothing for"
                                    + " a missing value");
            assertThat(inbound.deadLetter().getOffset()).isEqualTo(4711);
            assertThat(rows.reading(0).reading()).isNotNull();
            assertThat(rows.label().label()).isNotNull();
        }
    }

    @Test
    void valuesThatNoSensorGivesBecomeDeadLetters() throws IOException {
        try (CsvRows rows = rows(HEADER + "s,2020-01-01 01:00:00,NaN,2,1e300,Infinity\n")) {
            rows.next();
            assertThat(rows.reading(0).deadLetter().getReason())
                    .isEqualTo(DeadLetterReason.NOT_FINITE);
            assertThat(rows.reading(1).deadLetter().getReason())
                    .isEqualTo(DeadLetterReason.OUT_OF_RANGE);
            assertThat(rows.label().deadLetter().getReason())
                    .isEqualTo(DeadLetterReason.NOT_FINITE);
        }
    }

    @Test
    void aRowWithoutATimeOrWithTooFewColumnsIsADeadLetter() throws IOException {
        try (CsvRows rows = rows(HEADER + "s,yesterday,1,2,3,4\ns,2020-01-01 01:00:00,1\n")) {
            rows.next();
            assertThat(rows.rowDeadLetter().deadLetter().getDetail())
                    .isEqualTo(
                            "d.csv, line 2: column time: 'yesterday'; expected a time like"
                                    + " yyyy-MM-dd HH:mm:ss, UTC");
            rows.next();
            assertThat(rows.rowDeadLetter().deadLetter().getDetail())
                    .isEqualTo("d.csv, line 3: the row has 3 columns; expected 6");
        }
    }

    @Test
    void namesEveryMissingColumn() {
        assertThat(
                        catchThrowableOfType(
                                        ConfigurationException.class,
                                        () -> rows("asset,time,a.x,t\n").close())
                                .problems())
                .containsExactly(
                        "csv.channels: a.y: expected a column of that name in d.csv, line 1; it has"
                                + " asset, time, a.x, t",
                        "csv.channels: b.x: expected a column of that name in d.csv, line 1; it has"
                                + " asset, time, a.x, t");
    }

    @Test
    void saysWhatIsWrongWithTheFileItself(@TempDir Path directory) throws IOException {
        assertThat(problem(directory)).endsWith(": expected a CSV file, not a directory");
        assertThat(problem(directory.resolve("no.csv")))
                .endsWith(": expected a CSV file; there is none");
        Path empty = Files.writeString(directory.resolve("empty.csv"), "");
        assertThat(problem(empty)).endsWith("expected a header line; the file is empty");
        byte[] whole = gzip(HEADER + "s,2020-01-01 01:00:00,1,2,3,4\n".repeat(5_000));
        Path cut = directory.resolve("cut.csv.gz");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThat(problem(cut))
                .matches(
                        "(?s).*cut.csv.gz: expected a complete gzip file; it is truncated after"
                                + " line \\d+");
        Path plain = Files.writeString(directory.resolve("plain.csv.gz"), HEADER);
        assertThat(problem(plain)).contains("expected a gzip file");
    }

    @Test
    void countsTheRowsOfACompressedFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("whole.csv.gz");
        Files.write(file, gzip(HEADER + "s,2020-01-01 01:00:00,1,2,3,4\n".repeat(7)));
        assertThat(new CsvFile(file).check(CONFIG)).isEqualTo(7);
    }

    private static String problem(Path file) {
        List<String> problems =
                catchThrowableOfType(
                                ConfigurationException.class, () -> new CsvFile(file).check(CONFIG))
                        .problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static CsvRows rows(String text) throws IOException {
        return rows(text, CONFIG);
    }

    private static CsvRows rows(String text, PipelineConfig config) throws IOException {
        return new CsvRows(
                "d.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), config);
    }
}
