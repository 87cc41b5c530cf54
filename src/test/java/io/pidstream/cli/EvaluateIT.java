package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path directory;

    @Test
    void printsTheFiguresAsJsonAndWritesTheFiles() throws IOException {
        Path data = new GeneratedStream(2, 300).write(directory.resolve("d.csv"));
        Path output = directory.resolve("out");
        // Of two modalities, the parts have names of their own.
        CommandRun run =
                evaluate(
                        data,
                        "--json",
                        "--output",
                        output.toString(),
                        "--warm-up",
                        "50",
                        "--set",
                        "target.history=false",
                        "--set",
                        "encoder.fine-tune-every=1000");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = JSON.readTree(run.lastLine());
        assertThat(json.path("name").asText()).isEqualTo("generated");
        assertThat(json.path("assets").asInt()).isEqualTo(2);
        assertThat(json.path("frames").asInt()).isEqualTo(600);
        assertThat(json.path("scored").asInt()).isEqualTo(json.path("labels").asInt() - 50);
        assertThat(json.path("mae").asDouble()).isBetween(0.1, 0.5);
        assertThat(json.path("interval").path("coverage").asDouble()).isBetween(0.8, 1.0);
        assertThat(json.path("training").path("trained").asBoolean()).isFalse();
        assertThat(json.path("training").path("reason").asText())
                .startsWith("600 rows are fewer than the 1,000 labelled frames");
        JsonNode explanation = json.path("explanation");
        assertThat(explanation.path("asset").asText()).isEqualTo("*");
        assertThat(explanation.path("status").asText()).isEqualTo("OK");
        JsonNode atoms = explanation.path("atoms");
        double sum =
                atoms.path("unique").path("a").asDouble()
                        + atoms.path("unique").path("b").asDouble()
                        + atoms.path("redundant").asDouble()
                        + atoms.path("synergistic").asDouble();
        assertThat(sum)
                .isEqualTo(explanation.path("information").path("a+b").asDouble(), within(1e-9));
        checkPredictions(output.resolve("predictions.jsonl"));
        assertThat(output.resolve("alerts.jsonl")).exists();
        assertThat(output.resolve("report.html"))
                .content()
                .contains("<title>generated: evaluation</title>", "uPlot")
                .doesNotContainPattern("http://(?!www\\.w3\\.org/2000/svg)")
                .doesNotContain("{{", "src=\"");
    }

    private static void checkPredictions(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSizeBetween(595, 600);
        for (String line : lines) {
            JsonNode prediction = JSON.readTree(line);
            double sum = prediction.path("baseline").asDouble();
            for (JsonNode contribution : prediction.path("contributions")) {
                sum += contribution.asDouble();
            }
            assertThat(sum).isEqualTo(prediction.path("prediction").asDouble(), within(1e-9));
            assertThat(prediction.path("lower").asDouble())
                    .isLessThanOrEqualTo(prediction.path("upper").asDouble());
        }
    }

    @Test
    void badRowsBecomeDeadLettersAndTheOthersAreUsed() throws IOException {
        List<String> rows = new ArrayList<>(new GeneratedStream(2, 200).rows());
        rows.set(100, rows.get(100).replaceFirst(",[^,]*$", ",1e300"));
        rows.set(150, "asset-0,then,1,2,3,4");
        rows.set(160, rows.get(160).replaceFirst("^asset-0", " "));
        rows.set(170, rows.get(170) + ",one more");
        rows.set(180, rows.get(180).replaceFirst("(.*),[^,]*,([^,]*)$", "$1,Infinity,$2"));
        Path data = GeneratedStream.write(directory.resolve("bad.csv"), rows);
        CommandRun run = evaluate(data, "--json");
        assertThat(run.exitCode()).isZero();
        JsonNode json = JSON.readTree(run.lastLine());
        // The row without an asset loses two readings and a label; the others one record each.
        assertThat(json.path("deadLetters").asInt()).isEqualTo(7);
        assertThat(json.path("frames").asInt()).isEqualTo(400 - 3);
        assertThat(run.err())
                .contains("bad.csv, line 102: value is 1.0E300; expected a magnitude")
                .contains("bad.csv, line 152: column time: 'then'; expected a time like")
                .contains("bad.csv, line 172: the row has 7 columns; expected 6")
                .contains("bad.csv, line 182: channel x is Infinity; expected a finite number");
    }

    @Test
    void severalTargetsArePredictedEachAndExplainedTogether() throws IOException {
        List<String> lines = new ArrayList<>(List.of(GeneratedStream.HEADER + ",u"));
        Random random = new Random(3);
        Map<String, Double> labels = new HashMap<>();
        for (String row : new GeneratedStream(2, 400).rows()) {
            String[] cells = row.split(",", -1);
            String other =
                    cells[3].isEmpty()
                            ? ""
                            : Double.toString(
                                    2 * Double.parseDouble(cells[3]) + random.nextGaussian());
            // A name that a table has to quote.
            lines.add(row.replace("asset-1", "\"press \"\"1\"\", east\"") + "," + other);
            if (!cells[5].isEmpty() && !other.isEmpty()) {
                String frame =
                        cells[0].replace("asset-1", "press \"1\", east")
                                + " %sZ ".formatted(cells[1].replace(' ', 'T'));
                labels.put(frame + "t", Double.valueOf(cells[5]));
                labels.put(frame + "u", Double.valueOf(other));
            }
        }
        Path data = Files.write(directory.resolve("two.csv"), lines);
        Path output = directory.resolve("two");
        CommandRun run =
                evaluate(
                        data,
                        "--json",
                        "--output",
                        output.toString(),
                        "--warm-up",
                        "50",
                        "--set",
                        "target={names: [t, u], max-delay: PT12H}",
                        "--set",
                        "learning.intervals=[0.5, 0.9]");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = JSON.readTree(run.lastLine());
        JsonNode targets = json.path("targets");
        assertThat(targets.path("t").path("mae").asDouble())
                .isEqualTo(json.path("mae").asDouble())
                .isLessThan(0.5);
        // What is left of u is noise of deviation 1, whose mean absolute value is 0.8.
        assertThat(targets.path("u").path("mae").asDouble()).isBetween(0.7, 1.0);
        assertThat(targets.path("u").path("interval").path("coverage").asDouble())
                .isBetween(0.85, 0.95);
        JsonNode explanation = json.path("explanation");
        assertThat(explanation.path("targets").toString()).isEqualTo("[\"t\",\"u\"]");
        assertThat(explanation.path("status").asText()).isEqualTo("OK");
        assertThat(explanation.path("optimalityGap").asDouble()).isLessThan(1e-6);
        List<String> predictions = Files.readAllLines(output.resolve("predictions.jsonl"));
        JsonNode further =
                JSON.readTree(predictions.get(predictions.size() - 1)).path("further").path("u");
        double sum = further.path("baseline").asDouble();
        for (JsonNode contribution : further.path("contributions")) {
            sum += contribution.asDouble();
        }
        assertThat(sum).isEqualTo(further.path("prediction").asDouble(), within(1e-9));
        List<NamedCsvRecord> rows = FlatPredictions.check(output, List.of("t", "u"), labels);
        assertThat(rows.get(0).getHeader())
                .startsWith("time", "asset", "target", "label", "prediction", "lower", "upper")
                .contains("lower_50", "upper_50", "lower_90", "contribution_history");
        assertThat(rows).extracting(row -> row.getField("label")).contains("");
        assertThat(Files.readString(output.resolve("predictions.csv")))
                .contains(",\"press \"\"1\"\", east\",u,", "\r\n");
    }

    @Test
    void theExplanationNotesAConstantAndADuplicatedChannel() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String row : new GeneratedStream(1, 300).rows()) {
            String[] cells = row.split(",", -1);
            cells[3] = "7";
            rows.add(String.join(",", cells));
        }
        Path data = GeneratedStream.write(directory.resolve("constant.csv"), rows);
        CommandRun run = evaluate(data, "--json");
        JsonNode explanation = JSON.readTree(run.lastLine()).path("explanation");
        assertThat(explanation.path("status").asText()).isEqualTo("OK");
        assertThat(explanation.path("notes").toString()).contains("constant");
    }

    @Test
    void aTargetThatNeverMovesIsUndefinedAndSaysWhy() throws IOException {
        List<String> rows =
                new GeneratedStream(1, 200)
                        .rows().stream().map(row -> row.replaceFirst(",[^,]*$", ",5")).toList();
        Path data = GeneratedStream.write(directory.resolve("still.csv"), rows);
        CommandRun run = evaluate(data, "--json");
        JsonNode explanation = JSON.readTree(run.lastLine()).path("explanation");
        assertThat(explanation.path("status").asText()).isEqualTo("UNDEFINED");
        assertThat(explanation.path("reason").asText()).contains("constant");
        assertThat(JSON.readTree(run.lastLine()).path("mae").asDouble()).isLessThan(1e-6);
    }

    @Test
    void aModalityThatStopsForGoodDoesNotStopThePredictions() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String row : new GeneratedStream(1, 400).rows()) {
            String[] cells = row.split(",", -1);
            if (rows.size() >= 200) {
                cells[4] = "";
            }
            rows.add(String.join(",", cells));
        }
        Path data = GeneratedStream.write(directory.resolve("stopped.csv"), rows);
        Path output = directory.resolve("stopped");
        CommandRun run = evaluate(data, "--json", "--output", output.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(JSON.readTree(run.lastLine()).path("mae").asDouble()).isLessThan(0.6);
        List<String> lines = Files.readAllLines(output.resolve("predictions.jsonl"));
        JsonNode last = JSON.readTree(lines.get(lines.size() - 1));
        assertThat(last.path("present").toString()).isEqualTo("[\"a\",\"history\"]");
        assertThat(last.path("contributions").path("b").asDouble()).isZero();
    }

    /** Rows of a time keep their order, and an asset has one row a time. */
    @Test
    void theOrderOfTheRowsDoesNotMatter() throws IOException {
        List<String> rows = new GeneratedStream(3, 150).rows();
        List<String> byAsset = new ArrayList<>(rows);
        Collections.sort(byAsset);
        List<String> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(1));
        List<String> results = new ArrayList<>();
        for (List<String> order : List.of(rows, byAsset, shuffled)) {
            Path data = GeneratedStream.write(directory.resolve("d.csv"), order);
            Path output = directory.resolve("out");
            CommandRun run = evaluate(data, "--no-fine-tune", "--output", output.toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err().contains("all were sorted by time")).isEqualTo(order != rows);
            StringBuilder result = new StringBuilder();
            for (String file : List.of("predictions", "explanations", "alerts")) {
                result.append(Files.readString(output.resolve(file + ".jsonl")));
            }
            result.append(Files.readString(output.resolve("predictions.csv")));
            results.add(result.toString());
        }
        assertThat(results.get(0)).isNotEmpty();
        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }

    @Test
    void oneRowYearsAheadDoesNotWipeTheExplanation() throws IOException {
        List<String> rows = new ArrayList<>(new GeneratedStream(1, 300).rows());
        rows.set(200, rows.get(200).replaceFirst(",2021-", ",2025-"));
        Path data = GeneratedStream.write(directory.resolve("d.csv"), rows);
        CommandRun run = evaluate(data, "--json", "--no-fine-tune");
        JsonNode json = JSON.readTree(run.lastLine());
        assertThat(json.path("explanation").path("status").asText()).isEqualTo("OK");
        assertThat(json.path("frames").asInt()).isEqualTo(299);
        assertThat(run.err()).contains("d.csv, line 202: time 2025-03-09T08:00:00Z is further");
    }

    @Test
    void severalLabelsOfASlotAreLearnedAsOne() throws IOException {
        Path data = new GeneratedStream(1, 600).write(directory.resolve("d.csv"));
        for (String aggregate : List.of("last", "mean", "first")) {
            CommandRun run =
                    evaluate(
                            data,
                            "--json",
                            "--no-fine-tune",
                            "--set",
                            "alignment={period: 6h, aggregate: mean}",
                            "--set",
                            "target.aggregate=" + aggregate);
            JsonNode json = JSON.readTree(run.lastLine());
            assertThat(json.path("deadLetters").asInt()).as(run.err()).isZero();
            assertThat(json.path("frames").asInt()).isEqualTo(100);
            assertThat(json.path("labels").asInt()).isEqualTo(100);
        }
    }

    @Test
    void nothingUsableIsAFailureWithItsReason() throws IOException {
        Path empty = GeneratedStream.write(directory.resolve("d.csv"), List.of());
        CommandRun run = evaluate(empty);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).containsExactly("--data: d.csv: has a header and no rows");
        List<String> unlabelled =
                new GeneratedStream(1, 20)
                        .rows().stream().map(row -> row.replaceFirst(",[^,]*$", ",NA")).toList();
        run = evaluate(GeneratedStream.write(directory.resolve("d.csv"), unlabelled));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("none of the 20 rows has a target that could be learned");
    }

    @Test
    void manyDeadRowsAreAWarning() throws IOException {
        List<String> rows = new ArrayList<>(new GeneratedStream(1, 200).rows());
        for (int i = 100; i < 120; i++) {
            rows.set(i, rows.get(i).replaceFirst("(.*),[^,]*,([^,]*)$", "$1,off " + i + ",$2"));
        }
        CommandRun run = evaluate(GeneratedStream.write(directory.resolve("d.csv"), rows));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains("… and 10 more that were refused")
                .contains(
                        "warning: 20 parts of 200 rows could not be used; most often: column b.x:")
                .contains("(20 times)");
    }

    @Test
    void wrongUsageIsOneLineAndExitCode2() throws IOException {
        Path data = new GeneratedStream(1, 10).write(directory.resolve("d.csv"));
        assertUsage(
                evaluate(Files.createDirectory(directory.resolve("empty"))),
                "expected .csv or .csv.gz files in it; there are none");
        assertUsage(
                evaluate(data, "--output", data.resolve("out").toString()),
                "expected a directory that can be written");
        CommandRun delay = evaluate(data, "--label-delay", "a day");
        assertThat(delay.exitCode()).isEqualTo(2);
        assertThat(delay.err())
                .contains("--label-delay: a day: expected a duration such as 24h, 90m")
                .doesNotContain("java.");
        assertUsage(evaluate(directory.resolve("no.csv")), "expected a CSV file; there is none");
        assertUsage(
                evaluate(data, "--set", "csv.time=when"),
                "csv.time: when: expected a column of that name in d.csv, line 1");
        assertUsage(
                evaluate(data, "--set", "learning.blok=3"),
                "learning.blok: unknown key: expected one of");
        assertUsage(
                evaluate(data, "--label-delay", "20h"),
                "csv.label-delay: PT20H: expected at most target.max-delay, PT12H");
        assertUsage(evaluate(data, "--parallelism", "0"), "--parallelism: 0: expected 1 to 128");
        Path cut = directory.resolve("cut.csv.gz");
        Files.write(cut, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
        assertUsage(evaluate(cut), "expected a complete gzip file; it is truncated after line");
    }

    private static void assertUsage(CommandRun run, String message) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().toList()).hasSize(1);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    private CommandRun evaluate(Path data, String... options) throws IOException {
        Path config = directory.resolve("c.yaml");
        Files.writeString(config, GeneratedStream.CONFIG);
        List<String> args = new ArrayList<>(List.of("evaluate", "--config", config.toString()));
        args.addAll(List.of("--data", data.toString()));
        args.addAll(Arrays.asList(options));
        return CommandRun.of(args.toArray(String[]::new));
    }
}
