package io.pidstream.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pidstream.admit.Inbound;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvDataTest {
    private static final String YAML =
            """
            name: small
            modalities:
              - {name: a, channels: [x, y]}
              - {name: b, channels: [x]}
            target: {name: t}
            alignment: {period: PT1H}
            csv: {label-delay: PT2H}
            """;
    private static final PipelineConfig CONFIG = ConfigFile.parse(YAML, "c.yaml", Map.of());
    private static final String HEADER = "asset,time,a.x,a.y,b.x,t\n";

    @TempDir Path directory;

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
        try (CsvRows rows =
                rows(
                        HEADER
                                + "s,2020-01-01 01:00:00,-Infinity,2,1e300,Infinity\n"
                                + "s,2020-01-01 02:00:00,1,2,3,4\n")) {
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
        try (CsvRows rows =
                rows(
                        HEADER
                                + "s,yesterday,1,2,3,4\ns,2020-01-01 01:00:00,1\n"
                                + "s,2020-01-01 01:00:00,1,2,3,4\n")) {
            rows.next();
            assertThat(rows.rowDeadLetter().deadLetter().getDetail())
                    .isEqualTo(
                            "d.csv, line 2: column time: 'yesterday'; expected a time like"
                                    + " 2024-01-31T12:00:00Z or 2024-01-31 12:00:00");
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
    void saysWhatIsWrongWithTheFileItself() throws IOException {
        assertThat(problem(directory))
                .endsWith(": expected .csv or .csv.gz files in it; there are none");
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
    }

    @Test
    void countsTheRowsOfACompressedFile() throws IOException {
        Path file = directory.resolve("whole.csv.gz");
        Files.write(file, gzip(HEADER + "s,2020-01-01 01:00:00,1,2,3,4\n".repeat(7)));
        try (CsvData data = CsvData.read(List.of(file), CONFIG)) {
            assertThat(data.rows()).isEqualTo(7);
        }
    }

    private static String problem(Path file) {
        List<String> problems =
                catchThrowableOfType(
                                ConfigurationException.class,
                                () -> CsvData.read(List.of(file), CONFIG).close())
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

    private CsvRows rows(String text) throws IOException {
        return rows(text, CONFIG);
    }

    private CsvRows rows(String text, PipelineConfig config) throws IOException {
        return data(text, config).open();
    }

    private CsvData data(String text, PipelineConfig config) throws IOException {
        return CsvData.read(List.of(file("d.csv", text)), config);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static PipelineConfig with(String... keysAndValues) {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            overrides.put("csv." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return ConfigFile.parse(YAML, "c.yaml", overrides);
    }

    /** Asset, time, channels and target of every usable row. */
    private static List<String> read(CsvData data) throws IOException {
        List<String> read = new ArrayList<>();
        try (data;
                CsvRows rows = data.open()) {
            while (rows.next()) {
                if (rows.rowDeadLetter() == null) {
                    Inbound label = rows.label();
                    read.add(
                            "%s %s %s %s %s"
                                    .formatted(
                                            rows.asset(),
                                            rows.time(),
                                            rows.reading(0).reading().getValues(),
                                            rows.reading(1).reading().getValues(),
                                            label == null ? null : label.label().getValue()));
                }
            }
        }
        return read;
    }

    private static String whyUnusable(Path... files) {
        return catchThrowableOfType(
                        UnusableDataException.class,
                        () -> CsvData.read(List.of(files), CONFIG).close())
                .getMessage();
    }

    @Test
    void readsASpreadsheetOfAnotherCountry() throws IOException {
        PipelineConfig config =
                with(
                        "delimiter", ";",
                        "decimal", "','",
                        "thousands", ".",
                        "missing", "[-200]",
                        "time", "[Date, Time]",
                        "time-format", "dd/MM/yyyy HH.mm.ss",
                        "zone", "Europe/Rome",
                        "skip-lines", "2",
                        "asset", "{constant: s}");
        String text =
                """
                Report of March
                ;;
                Date;Time;a.x;a.y;b.x;t;;
                10/03/2004;18.00.00;2,6;1.360;-200;11,9;;
                10/03/2004;19.00.00;-200,0;1.292,25;7;NA;;
                ;;;;;;;
                """;
        assertThat(read(data(text, config)))
                .containsExactly(
                        "s 2004-03-10T17:00:00Z [2.6, 1360.0] [null] 11.9",
                        "s 2004-03-10T18:00:00Z [null, 1292.25] [7.0] null");
    }

    @Test
    void aFileWithoutHeaderHasNumberedColumns() throws IOException {
        PipelineConfig config =
                ConfigFile.parse(
                        """
                        name: small
                        modalities: [{name: a, channels: ["3", "4"]}, {name: b, channels: ["5"]}]
                        target: {name: "6"}
                        alignment: {period: PT1H}
                        csv: {header: false, asset: 1, time: 2, channels: "{channel}", delimiter: tab}
                        """,
                        "c.yaml",
                        Map.of());
        assertThat(read(data("s\t2020-01-01\t1\t2\t3\t4\n", config)))
                .containsExactly("s 2020-01-01T00:00:00Z [1.0, 2.0] [3.0] 4.0");
    }

    @Test
    void wordsForNothingAreMissingValues() throws IOException {
        String text = HEADER;
        for (String word : List.of("NaN", "na", "N/A", "#N/A", "null", "None", "nil", "-", "?")) {
            text += "s,2020-01-01,1,2,3," + word + "\n";
        }
        try (CsvRows rows = rows(text)) {
            for (int i = 0; i < 9; i++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.label()).isNull();
            }
        }
    }

    @Test
    void theBytesOfAFileAreThoseOfItsCharacterSet() throws IOException {
        String text = HEADER + "Südwerk,2020-01-01,1,2,3,4\n";
        String expected = "Südwerk 2020-01-01T00:00:00Z [1.0, 2.0] [3.0] 4.0";
        Path latin = directory.resolve("latin.csv");
        Files.write(latin, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(read(CsvData.read(List.of(latin), with("encoding", "ISO-8859-1"))))
                .containsExactly(expected);
        assertThat(problem(latin))
                .endsWith(
                        "line 2 is not in UTF-8: set csv.encoding, such as to ISO-8859-1 or"
                                + " windows-1252");
        for (String marked : List.of("UTF-8", "UTF-16LE", "UTF-16BE")) {
            Path file = directory.resolve("marked.csv");
            Files.write(file, ("\ufeff" + text).getBytes(Charset.forName(marked)));
            assertThat(read(CsvData.read(List.of(file), with("encoding", "ISO-8859-1"))))
                    .containsExactly(expected);
        }
    }

    @Test
    void anotherDelimiterIsSaidInOneSentence() throws IOException {
        for (String delimiter : List.of(";", "\t", "|")) {
            Path file = file("d.csv", HEADER.replace(",", delimiter) + "s\n");
            assertThat(problem(file))
                    .endsWith(
                            "this looks like %s: set csv.delimiter"
                                    .formatted(delimiter.equals("\t") ? "tab" : delimiter));
        }
    }

    @Test
    void aMissingColumnComesWithWhatToWrite() throws IOException {
        List<String> problems =
                catchThrowableOfType(
                                ConfigurationException.class,
                                () -> rows("time,x,y,b.x,t\n").close())
                        .problems();
        assertThat(problems)
                .anyMatch(line -> line.contains("or {constant: NAME} if all rows are of one"))
                .anyMatch(line -> line.contains("set csv.channels: \"{channel}\""));
    }

    @Test
    void rowsOfOneValueBecomeRowsOfAllAtATime() throws IOException {
        PipelineConfig config = with("metric", "name", "value", "v");
        String text =
                """
                asset,time,name,v
                s,2020-01-01 01:00:00,a.x,1
                r,2020-01-01 01:00:00,a.x,10
                s,2020-01-01 01:00:00,t,4
                s,2020-01-01 01:00:00,other,99
                s,2020-01-01 01:00:00,a.y,2
                s,2020-01-01 01:00:00,b.x,3
                s,2020-01-01 01:00:00,a.x,5
                s,2020-01-01 02:00:00,b.x,3o
                s,2020-01-01 02:00:00,t,NaN
                """;
        CsvData data = data(text, config);
        try (CsvRows rows = data.open()) {
            List<String> refused = new ArrayList<>();
            while (rows.next()) {
                if (rows.rowDeadLetter() != null) {
                    refused.add(rows.rowDeadLetter().deadLetter().getDetail());
                }
            }
            assertThat(refused)
                    .containsExactly(
                            "d.csv, line 9: column v: '3o'; expected a number, or nothing for a"
                                    + " missing value");
        }
        assertThat(read(data))
                .containsExactly(
                        "s 2020-01-01T01:00:00Z [1.0, 2.0] [3.0] 4.0",
                        "s 2020-01-01T01:00:00Z [5.0, null] [null] null",
                        "r 2020-01-01T01:00:00Z [10.0, null] [null] null",
                        "s 2020-01-01T02:00:00Z [null, null] [null] null");
        assertThat(
                        catchThrowableOfType(
                                        ConfigurationException.class,
                                        () -> data("asset,time,name,v\ns,2020-01-01,c,1\n", config))
                                .problems())
                .contains(
                        "target.name: t: expected rows with this name in column name; others are"
                                + " c");
    }

    @Test
    void rowsAreSortedByTimeAndThoseOfATimeKeepTheirOrder() throws IOException {
        List<String> ordered =
                IntStream.range(0, 5_000).mapToObj(i -> row("s" + i % 3, i / 3 / 2, i)).toList();
        List<String> byAsset = new ArrayList<>(ordered);
        byAsset.sort(Comparator.comparing(row -> row.substring(0, 2)));

        CsvData sorted = data(HEADER + String.join("", byAsset), CONFIG);
        assertThat(sorted.notes())
                .containsExactly(
                        "d.csv: 2 of 5,000 rows are earlier than the one before; all were sorted by"
                                + " time");
        assertThat(perAsset(read(sorted)))
                .isEqualTo(perAsset(read(data(HEADER + String.join("", ordered), CONFIG))));
        CsvData inOrder = data(HEADER + String.join("", ordered), CONFIG);
        assertThat(inOrder.notes()).isEmpty();
        assertThat(read(inOrder)).hasSize(5_000);
    }

    /** Rows of assets at the same time may come in any order. */
    private static Map<String, List<String>> perAsset(List<String> rows) {
        return rows.stream().collect(Collectors.groupingBy(row -> row.substring(0, 2)));
    }

    private static String row(String asset, int hour, double value) {
        Instant time = Instant.EPOCH.plusSeconds(3600L * (hour + 400_000));
        return "%s,%s,%s,2,3,4\n".formatted(asset, time, value);
    }

    @Test
    void severalFilesAreOneStream() throws IOException {
        Path months = Files.createDirectory(directory.resolve("months"));
        Files.writeString(
                months.resolve("2.csv"),
                "t,b.x,a.y,a.x,time,asset\n4,3,2,1,2020-02-01,s\n8,7,6,5,2020-02-02,s\n");
        Files.write(months.resolve("1.csv.gz"), gzip(HEADER + "s,2020-01-01,1,2,3o,4\n"));
        Files.writeString(months.resolve("notes.txt"), "not read");
        Path more = file("more.csv", HEADER + "r,2020-01-15,1,2,3,4\n");
        CsvData data = CsvData.read(List.of(months, more), CONFIG);
        List<String> origins = new ArrayList<>();
        try (data;
                CsvRows rows = data.open()) {
            while (rows.next()) {
                origins.add("%s:%d %s".formatted(rows.file(), rows.line(), rows.time()));
                if (rows.file().equals("1.csv.gz")) {
                    assertThat(rows.reading(1).deadLetter().getDetail())
                            .startsWith("1.csv.gz, line 2: column b.x: '3o'");
                }
            }
        }
        assertThat(origins)
                .containsExactly(
                        "1.csv.gz:2 2020-01-01T00:00:00Z",
                        "more.csv:2 2020-01-15T00:00:00Z",
                        "2.csv:2 2020-02-01T00:00:00Z",
                        "2.csv:3 2020-02-02T00:00:00Z");
        assertThat(data.name()).isEqualTo("1.csv.gz and 2 more files");
    }

    @Test
    void aFileCanBeAnAsset() throws IOException {
        String text = "time,a.x,a.y,b.x,t\n2020-01-01,1,2,3,4\n";
        file("pump.csv", text);
        Files.write(directory.resolve("fan.csv.gz"), gzip(text));
        assertThat(read(CsvData.read(List.of(directory), with("asset", "{file-name: true}"))))
                .containsExactly(
                        "fan 2020-01-01T00:00:00Z [1.0, 2.0] [3.0] 4.0",
                        "pump 2020-01-01T00:00:00Z [1.0, 2.0] [3.0] 4.0");
    }

    @Test
    void nothingUsableIsSaidWithItsReason() throws IOException {
        assertThat(whyUnusable(file("d.csv", HEADER)))
                .isEqualTo("--data: d.csv: has a header and no rows");
        assertThat(whyUnusable(file("d.csv", HEADER + "s,then,1,2,3,4\n".repeat(200))))
                .isEqualTo(
                        "--data: d.csv: none of the first 100 rows can be used: d.csv, line 2:"
                                + " column time: 'then'; expected a time like 2024-01-31T12:00:00Z"
                                + " or 2024-01-31 12:00:00");
        assertThat(whyUnusable(file("d.csv", HEADER + "s,2020-01-01,\"1,5\",x,y,4\n")))
                .isEqualTo(
                        "--data: d.csv: its only row cannot be used: d.csv, line 2: column a.x:"
                                + " '1,5'; expected a number, or nothing for a missing value (set"
                                + " csv.decimal for a decimal comma)");
    }

    @Test
    void aRowYearsAheadIsRefusedAndNamed() throws IOException {
        String strayed =
                IntStream.range(0, 300)
                        .mapToObj(i -> row("s", i == 150 ? 60_000 : i, 1))
                        .collect(Collectors.joining());
        CsvData data = data(HEADER + strayed, CONFIG);
        assertThat(data.notes())
                .hasSize(2)
                .anyMatch(
                        note ->
                                note.startsWith("d.csv, line 152: time 2022-06-23T16:00:00Z is")
                                        && note.endsWith("1 such row is not used"));
        assertThat(read(data)).hasSize(299);
        String halves =
                IntStream.range(0, 300)
                        .mapToObj(i -> row("s", i < 150 ? i : 40_000 + i, 1))
                        .collect(Collectors.joining());
        assertThat(read(data(HEADER + halves, CONFIG))).hasSize(300);
    }

    @Test
    void aNumberThatStandsForNothingIsNamedWithItsKey() throws IOException {
        String text =
                IntStream.range(0, 300)
                        .mapToObj(i -> row("s", i, i % 20 == 0 ? -200 : 100 + i % 40))
                        .collect(Collectors.joining());
        assertThat(data(HEADER + text, CONFIG).notes())
                .containsExactly(
                        "-200 is far from all other values of a.x (15 times): if it marks a missing"
                                + " one, set csv.missing: [-200]");
        assertThat(data(HEADER + text, with("missing", "[-200]")).notes()).isEmpty();
    }

    @Test
    void localTimesAreOfTheirZone() throws IOException {
        PipelineConfig config = with("zone", "Europe/Berlin");
        String text =
                HEADER
                        + Stream.of("01:00", "02:00", "02:00", "03:00")
                                .map(time -> "s,2021-10-31 " + time + ",1,2,3,4\n")
                                .collect(Collectors.joining());
        CsvData data = data(text, config);
        assertThat(data.notes()).singleElement().asString().contains("2 times are ones that");
        assertThat(read(data).stream().map(row -> row.split(" ", -1)[1]))
                .containsExactly(
                        "2021-10-30T23:00:00Z",
                        "2021-10-31T00:00:00Z",
                        "2021-10-31T01:00:00Z",
                        "2021-10-31T02:00:00Z");
    }

    @Test
    void anOffsetInTheTextIsFollowed() throws IOException {
        PipelineConfig config = with("time-format", "yyyy-MM-dd'T'HH:mm:ssXXX");
        String text =
                HEADER
                        + "s,2021-10-31T02:00:00+02:00,1,2,3,4\n"
                        + "s,2021-10-31T02:00:00+01:00,1,2,3,4\n";
        assertThat(read(data(text, config)).stream().map(row -> row.split(" ", -1)[1]))
                .containsExactly("2021-10-31T00:00:00Z", "2021-10-31T01:00:00Z");
    }

    @Test
    void temporaryFilesAreDeleted() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> before = rowFiles(temporary);
        try (CsvData data = data(HEADER + row("s", 1, 1), CONFIG)) {
            assertThat(rowFiles(temporary)).hasSizeGreaterThan(before.size());
        }
        assertThat(whyUnusable(file("d.csv", HEADER))).isNotEmpty();
        assertThat(rowFiles(temporary)).hasSameSizeAs(before);
    }

    private static List<Path> rowFiles(Path temporary) throws IOException {
        try (Stream<Path> found = Files.list(temporary)) {
            return found.filter(p -> p.getFileName().toString().startsWith("pidstream-rows"))
                    .toList();
        }
    }
}
