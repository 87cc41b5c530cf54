package io.pidstream.cli;

import static io.pidstream.cli.Misuse.failed;
import static io.pidstream.cli.Misuse.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What people get wrong on the command line: one helpful line each, and the right exit code. */
class MisuseTest {
    private static final String CONFIG =
            """
            name: mill
            modalities:
              - {name: heat, channels: [t1, t2]}
              - {name: load, channels: [p1]}
            target: {name: q}
            alignment: {period: PT1M}
            """;
    private static final String HEADER = "asset,time,heat.t1,heat.t2,load.p1,q\n";
    private static final String EVALUATE = "evaluate --config @c.yaml --data ";
    private static final String SET = "validate --config @c.yaml --set ";

    @TempDir static Path files;

    private static final List<Misuse> COMMAND_LINES =
            List.of(
                    wrong("evalute", "evalute", "unknown command", "did you mean evaluate?"),
                    wrong("help evalute", "evalute", "did you mean evaluate?"),
                    wrong("topics creat", "creat", "did you mean create?"),
                    wrong("validate --config @c.yaml --jsn", "--jsn", "did you mean --json?"),
                    wrong("validate --config @c.yaml more", "more", "unexpected argument"),
                    wrong("validate", "Missing required option", "--config"),
                    wrong("evaluate --config @c.yaml", "Missing required option", "--data"),
                    wrong("validate --config", "--config", "Missing required parameter"),
                    wrong("run server --config @c.yaml", "server", "did you mean serve?"),
                    wrong("completion tcsh", "tcsh", "bash, zsh, fish"),
                    wrong("tail predictons --config @c.yaml", "did you mean predictions?"),
                    wrong("tail alerts --prefix mill.", "expected --config, or --bootstrap"),
                    wrong(EVALUATE + "@d.csv --warm-up many", "--warm-up: many: expected a whole"),
                    wrong(
                            "validate --config @c.yaml --set kafka.bootstrap-servers=localhost",
                            "kafka.bootstrap-servers: localhost: expected host:port"),
                    wrong(EVALUATE + "@d.csv --warm-up -5", "--warm-up: -5: expected 0 or more"),
                    wrong(EVALUATE + "@d.csv --label-delay 24", "--label-delay: 24", "24h", "P2D"),
                    wrong(EVALUATE + "@d.csv --label-delay -PT1H", "label-delay", "from PT0S"),
                    wrong(EVALUATE + "@d.csv --parallelism 0", "--parallelism: 0: expected 1 to"),
                    wrong(EVALUATE + "@d.csv --inject R1:NaN", "--inject: R1:NaN", "R1:0.6"),
                    wrong(EVALUATE + "@d.csv --model @empty", "--model", "directory of a version"),
                    wrong("pid --config @c.yaml --data @d.csv --confidence NaN", "--confidence"),
                    wrong("pid --config @c.yaml --data @d.csv --tolerance -1", "--tolerance: -1"),
                    wrong("pid --config @c.yaml --data @d.csv --definition x", "mmi or idep"),
                    wrong("pid --covariance @none.jsonl", "none.jsonl", "there is none"),
                    wrong("pid --data @d.csv --covariance @none.jsonl", "--data", "no such option"),
                    wrong("train --config @c.yaml --data @d.csv --output o --seed x", "--seed: x"),
                    wrong("demo --duration -PT1M", "--duration", "a time above zero"),
                    wrong("demo --set kafka.bootstrap-servers=h:1", "a broker of its own"),
                    wrong("demo --prometheus-port 99999", "--prometheus-port: 99999", "65535"),
                    wrong("dashboard --config @c.yaml --port 99999", "--port: 99999: expected 0"),
                    wrong("dashboard --config @c.yaml --token-file @none", "--token-file", "none"),
                    wrong("replay --config @c.yaml --data @d.csv --speed 0", "--speed: 0", "max"),
                    wrong("replay --config @c.yaml --data @d.csv --speed NaN", "--speed: NaN"),
                    wrong("run serve --config @c.yaml --from latest --fresh", "--fresh", "--from"),
                    wrong("models rollback x --config @c.yaml", "N: x: expected a whole number"),
                    wrong(
                            "models rollback 1 --config @c.yaml --effective-from yesterday",
                            "--effective-from: yesterday",
                            "2026-01-31T12:00:00Z"));

    private static final List<Misuse> CONFIGURATIONS =
            List.of(
                    wrong("validate --config @none.yaml", "none.yaml", "there is none"),
                    wrong("validate --config @empty", "empty", "not a directory"),
                    wrong("validate --config @nothing.csv", "expected keys with values", "empty"),
                    wrong("validate --config @d.csv", "expected keys with values", "text"),
                    wrong("validate --config @noise.csv", "noise.csv", "expected YAML in UTF-8"),
                    wrong("validate --config @broken.yaml", "line 2", "expected ',' or ']'"),
                    wrong("validate --config @tab.yaml", "line 2", "TAB"),
                    wrong("validate --config @twice.yaml", "Duplicate field 'name'"),
                    wrong("validate --config @mapping.yaml", "modalities", "- {name: …, channels"),
                    wrong("validate --config @no-target.yaml", "target.name: missing: expected"),
                    wrong(SET + "learning.block", "--set: learning.block: expected key=value"),
                    wrong(SET + "=5", "--set: =5: expected a key"),
                    wrong(SET + "learning.blok=5", "learning.blok", "did you mean block?"),
                    wrong(SET + "learning.block=abc", "learning.block: \"abc\"", "whole number"),
                    wrong(SET + "learning.block=-5", "learning.block: -5", "from 10"),
                    wrong(SET + "alignment.period=60", "alignment.period: 60", "30s"),
                    wrong(SET + "alignment.period=-PT1M", "from PT0.001S"),
                    wrong(SET + "alignment.aggregate=median", "one of last, mean, first"),
                    wrong(SET + "csv.zone=Europe/Berln", "csv.zone: \"Europe/Berln\"", "UTC"),
                    wrong(SET + "csv.time-format=hh:mm", "csv.time-format", "no whole date"),
                    wrong(SET + "csv.delimiter=;;", "csv.delimiter: \";;\"", "one character"),
                    wrong(SET + "csv.encoding=utf9", "csv.encoding: \"utf9\"", "UTF-8"));

    private static final List<Misuse> FILES =
            List.of(
                    wrong(EVALUATE + "@none.csv", "none.csv", "there is none"),
                    wrong(EVALUATE + "@empty", "empty", "expected .csv or .csv.gz files in it"),
                    wrong(EVALUATE + "@nothing.csv", "nothing.csv", "the file is empty"),
                    failed(EVALUATE + "@header.csv", "header.csv", "no rows"),
                    wrong(EVALUATE + "@semicolons.csv", "looks like ;: set csv.delimiter"),
                    failed(
                            EVALUATE + "@times.csv",
                            "line 2",
                            "'01.01.2024 00:00'",
                            "expected a time"),
                    failed(EVALUATE + "@short.csv", "line 2", "3 columns; expected 6"),
                    wrong(EVALUATE + "@c.yaml", "c.yaml", "expected the columns", "heat.t1"),
                    wrong(EVALUATE + "@lines.csv", "lines.csv", "this is JSON"),
                    wrong(EVALUATE + "@workbook.csv", "workbook.csv", "export it as CSV"),
                    wrong(EVALUATE + "@noise.csv", "noise.csv", "not in UTF-8"),
                    wrong(EVALUATE + "@cut.csv.gz", "cut.csv.gz", "a complete gzip file"),
                    wrong(
                            EVALUATE + "@d.csv --set target.name=x",
                            "target.name: x",
                            "it has asset"),
                    wrong(EVALUATE + "@d.csv --set target.name=load.p1", "no channel has"),
                    wrong("evaluate --config @shared.yaml --data @shared.csv", "csv.channels: t1"),
                    wrong(
                            EVALUATE + "@d.csv --set csv.asset=x",
                            "csv.asset: x",
                            "{constant: NAME}"),
                    wrong(EVALUATE + "@d.csv --output @c.yaml", "--output", "a directory"),
                    wrong(EVALUATE + "@d.csv --output /proc/x", "--output: /proc/x", "written"),
                    wrong("train --config @c.yaml --data @d.csv --output /proc/x", "/proc/x"),
                    failed("pid --config @c.yaml --data @unlabelled.csv", "none of the 120 rows"),
                    failed(
                            EVALUATE + "@d.csv --warm-up 500",
                            "--warm-up: 500: expected fewer than"),
                    wrong("init --data @lines.csv --yes", "lines.csv", "this is JSON"),
                    wrong("init --data @header.csv --yes", "expected rows below the header"),
                    wrong("init --data @d.csv --yes --target x", "--target: x", "it has heat.t1"),
                    wrong("init --data @d.csv --output @c.yaml", "--output", "--force overwrites"),
                    wrong(
                            "init --data @d.csv --output /proc/x.yaml --report r.html",
                            "/proc/x.yaml"));

    @BeforeAll
    static void write() throws IOException {
        write("c.yaml", CONFIG);
        write("broken.yaml", "name: mill\nmodalities: {heat: [t1, t2}\n");
        write("tab.yaml", "name: mill\nmodalities:\n\theat: [a]\n");
        write("twice.yaml", CONFIG + "name: other\n");
        write("no-target.yaml", CONFIG.replace("target: {name: q}\n", ""));
        write(
                "mapping.yaml",
                CONFIG.replace("  - {name: heat, ", "  heat: {")
                        .replace("  - {name: load, ", "  load: {"));
        write("shared.yaml", CONFIG.replace("[p1]", "[t1]") + "csv: {channels: \"{channel}\"}\n");
        String rows = rows();
        write("d.csv", HEADER + rows);
        write("shared.csv", "asset,time,t1,t2,p1,q\n" + rows);
        write("header.csv", HEADER);
        write("nothing.csv", "");
        write("semicolons.csv", (HEADER + rows).replace(',', ';'));
        write("times.csv", HEADER + rows.replaceAll("2024-01-01T(..:..):00Z", "01.01.2024 $1"));
        write("short.csv", HEADER + rows.replaceAll("(?m)^(([^,]*,){2}[^,]*),.*$", "$1"));
        write("unlabelled.csv", HEADER + rows.replaceAll("(?m),[^,]*$", ","));
        write("lines.csv", "{\"asset\": \"m1\", \"t1\": 1}\n{\"asset\": \"m1\", \"t1\": 2}\n");
        Files.createDirectory(files.resolve("empty"));
        Files.write(files.resolve("workbook.csv"), new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0});
        byte[] noise = new byte[4000];
        new Random(1).nextBytes(noise);
        noise[0] = (byte) 0xE9; // Begins no sequence of UTF-8 with what follows.
        noise[1] = 'a';
        Files.write(files.resolve("noise.csv"), noise);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write((HEADER + rows).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(
                files.resolve("cut.csv.gz"),
                Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
    }

    private static String rows() {
        Random random = new Random(3);
        return IntStream.range(0, 120)
                .mapToObj(
                        i ->
                                "m1,2024-01-01T%02d:%02d:00Z,%.3f,%.3f,%.3f,%.3f%n"
                                        .formatted(
                                                i / 60,
                                                i % 60,
                                                random.nextGaussian(),
                                                random.nextGaussian(),
                                                random.nextGaussian(),
                                                random.nextGaussian()))
                .collect(Collectors.joining());
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(files.resolve(name), text);
    }

    @TestFactory
    Stream<DynamicTest> eachIsOneHelpfulLine() {
        return all().map(misuse -> misuse.test(files, Map.of()));
    }

    private static Stream<Misuse> all() {
        return Stream.of(COMMAND_LINES, CONFIGURATIONS, FILES).flatMap(List::stream);
    }

    @Test
    void manyKindsAreTried() {
        assertThat(all().map(Misuse::line)).doesNotHaveDuplicates().hasSizeGreaterThan(40);
    }

    @Test
    void nothingIsWrittenAndNothingChanged() throws IOException {
        assertThat(Files.readString(files.resolve("c.yaml"))).isEqualTo(CONFIG);
        assertThat(Path.of("r.html")).doesNotExist();
    }
}
