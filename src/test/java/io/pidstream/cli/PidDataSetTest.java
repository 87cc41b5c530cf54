package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.dataset.DataSet;
import io.pidstream.dataset.DataSetRun;
import io.pidstream.dataset.DataVariables;
import io.pidstream.dataset.PidSettings;
import io.pidstream.dataset.RowDependence;
import io.pidstream.event.Modality;
import io.pidstream.live.Glyphs;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import io.pidstream.report.PidText;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.numbers.gamma.InverseErf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pid --config --data}. */
class PidDataSetTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path directory;

    @Test
    void decomposesTheCompleteRowsOfAFileAndCountsTheOthers() throws IOException {
        Path data = new GeneratedStream(2, 400).write(directory.resolve("d.csv"));
        CommandRun run = pid(data, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().toList()).hasSize(1);
        JsonNode json = JSON.readTree(run.lastLine());
        assertThat(json.path("name").asText()).isEqualTo("generated");
        assertThat(json.path("rows").asLong()).isEqualTo(800);
        assertThat(json.path("assets").asLong()).isEqualTo(2);
        long others =
                json.path("incompleteRows").asLong()
                        + json.path("unlabelledRows").asLong()
                        + json.path("unusableRows").asLong();
        assertThat(json.path("usedRows").asLong()).isEqualTo(800 - others);
        assertThat(json.path("unlabelledRows").asLong()).isPositive();
        assertThat(json.path("incompleteRows").asLong()).isPositive();
        assertThat(json.path("status").asText()).isEqualTo("OK");
        checkSums(json);
        checkIntervals(json);
    }

    private static void checkSums(JsonNode json) {
        double all = json.path("information").path("a+b").asDouble();
        JsonNode atoms = json.path("atoms");
        double sum =
                atoms.path("unique").path("a").asDouble()
                        + atoms.path("unique").path("b").asDouble()
                        + atoms.path("redundant").asDouble()
                        + atoms.path("synergistic").asDouble();
        assertThat(sum).isEqualTo(all, within(1e-9));
        JsonNode shapley = json.path("shapley");
        assertThat(shapley.path("a").asDouble() + shapley.path("b").asDouble())
                .isEqualTo(all, within(1e-9));
    }

    private static void checkIntervals(JsonNode json) {
        JsonNode intervals = json.path("intervals");
        assertThat(intervals.path("confidence").asDouble()).isEqualTo(0.95);
        for (String kind : List.of("information", "conditional", "shapley")) {
            json.path(kind)
                    .properties()
                    .forEach(
                            entry ->
                                    contains(
                                            intervals.path(kind).path(entry.getKey()),
                                            entry.getValue()));
        }
        contains(intervals.path("redundant"), json.path("atoms").path("redundant"));
        contains(intervals.path("synergistic"), json.path("atoms").path("synergistic"));
        JsonNode without = json.path("selection").path("without").path("b");
        assertThat(without.path("bits").asDouble())
                .isEqualTo(json.path("conditional").path("b").asDouble());
        assertThat(without.path("residualRise").asDouble())
                .isEqualTo(Math.pow(2, without.path("bits").asDouble()) - 1, within(1e-12));
        contains(without, without.path("residualRise"));
    }

    private static void contains(JsonNode interval, JsonNode value) {
        assertThat(value.asDouble())
                .isBetween(interval.path("lower").asDouble(), interval.path("upper").asDouble());
    }

    @Test
    void agreesWithRanksAndCovariancesTheLongWay() throws IOException {
        List<String> rows = new GeneratedStream(1, 900).rows();
        Path data = GeneratedStream.write(directory.resolve("d.csv"), rows);
        JsonNode json = JSON.readTree(pid(data, "--json", "--dependence", "none").lastLine());
        List<double[]> complete = new ArrayList<>();
        for (String row : rows) {
            String[] cells = row.split(",", -1);
            if (!Arrays.asList(cells).contains("")) {
                complete.add(
                        new double[] {
                            Double.parseDouble(cells[5]),
                            Double.parseDouble(cells[2]),
                            Double.parseDouble(cells[3]),
                            Double.parseDouble(cells[4])
                        });
            }
        }
        toNormalScores(complete);
        Decomposition expected =
                GaussianPid.decompose(
                        covariance(complete),
                        List.of("a", "b"),
                        new int[] {2, 1},
                        complete.size(),
                        PidDefinition.MMI);
        assertThat(json.path("usedRows").asInt()).isEqualTo(complete.size());
        expected.information()
                .asMap()
                .forEach(
                        (subset, bits) ->
                                assertThat(json.path("information").path(subset).asDouble())
                                        .isEqualTo(bits, within(1e-9)));
        assertThat(json.path("effectiveSamples").asDouble()).isEqualTo(complete.size());
        assertThat(json.path("dependence").path("assumed").asText()).isEqualTo("none");
    }

    private static void toNormalScores(List<double[]> rows) {
        double[] sorted = rows.stream().mapToDouble(row -> row[0]).sorted().toArray();
        for (double[] row : rows) {
            double rank = Arrays.binarySearch(sorted, row[0]) + 0.5;
            row[0] = Math.sqrt(2) * InverseErf.value(2 * rank / sorted.length - 1);
        }
    }

    private static double[] covariance(List<double[]> rows) {
        int d = rows.get(0).length;
        double[] mean = new double[d];
        double[] covariance = new double[d * d];
        for (double[] row : rows) {
            for (int i = 0; i < d; i++) {
                mean[i] += row[i] / rows.size();
            }
        }
        for (double[] row : rows) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    covariance[i * d + j] += (row[i] - mean[i]) * (row[j] - mean[j]) / rows.size();
                }
            }
        }
        return covariance;
    }

    @Test
    void dependentRowsCountAsFewerAndTheTextStatesIt() throws IOException {
        Path data = new GeneratedStream(3, 600).write(directory.resolve("d.csv"));
        JsonNode none = JSON.readTree(pid(data, "--json", "--dependence", "none").lastLine());
        JsonNode asset = JSON.readTree(pid(data, "--json").lastLine());
        assertThat(none.path("effectiveSamples").asDouble())
                .isEqualTo(none.path("usedRows").asDouble());
        JsonNode dependence = asset.path("dependence");
        assertThat(dependence.path("assumed").asText()).isEqualTo("asset");
        assertThat(dependence.path("blockRows").asInt()).isEqualTo(40);
        assertThat(dependence.path("blocks").asInt()).isGreaterThan(30);
        assertThat(dependence.path("rowsPerSample").asDouble()).isGreaterThan(1.5);
        assertThat(asset.path("effectiveSamples").asDouble())
                .isEqualTo(
                        asset.path("usedRows").asDouble()
                                / dependence.path("rowsPerSample").asDouble(),
                        within(1e-9));
        assertThat(width(asset)).isGreaterThan(width(none));
        JsonNode time =
                JSON.readTree(
                        pid(data, "--json", "--dependence", "time", "--block", "30").lastLine());
        assertThat(time.path("dependence").path("blockRows").asInt()).isEqualTo(90);
        assertThat(pid(data).out())
                .contains("effective samples: rows of an asset close in time")
                .contains("Assets are taken as independent");
    }

    private static double width(JsonNode json) {
        JsonNode interval = json.path("intervals").path("information").path("a+b");
        return interval.path("upper").asDouble() - interval.path("lower").asDouble();
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() throws IOException {
        List<String> rows = new ArrayList<>(new GeneratedStream(1, 200).rows());
        Path data = GeneratedStream.write(directory.resolve("d.csv"), rows);
        String ordered = pid(data, "--json").lastLine();
        rows.add(100, rows.remove(10));
        GeneratedStream.write(data, rows);
        CommandRun run = pid(data, "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lastLine()).isEqualTo(ordered);
        assertThat(run.err())
                .contains("d.csv: 1 of 200 rows is earlier than the one before; all were sorted");
    }

    @Test
    void writesAReportWithPlotsAndTheSameObject() throws IOException {
        Path data = new GeneratedStream(2, 300).write(directory.resolve("d.csv"));
        Path output = directory.resolve("out");
        CommandRun run = pid(data, "--json", "--output", output.toString(), "--per-asset");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(output.resolve("pid.json")).hasContent(run.lastLine());
        JsonNode assets = JSON.readTree(run.lastLine()).path("perAsset");
        assertThat(assets.size()).isEqualTo(2);
        checkSums(assets.path("asset-1"));
        assertThat(output.resolve("report.html"))
                .content()
                .contains("<title>d.csv: what a and b know about t</title>")
                .contains("\"bars\":{\"most\":", "\"interval\":[", "\"group\":\"asset-1\"")
                .contains("default-src 'none'")
                .doesNotContainPattern("http://(?!www\\.w3\\.org/2000/svg)")
                .doesNotContain("{{", "src=", "<link", "@import", "url(");
    }

    @Test
    void saysItToAPerson() throws IOException {
        Path data = new GeneratedStream(1, 500).write(directory.resolve("d.csv"));
        String text = pid(data, "--confidence", "0.9", "--tolerance", "0.5", "--per-asset").out();
        assertThat(text)
                .startsWith("d.csv: what a and b know about t")
                .contains("500 rows, ", "without a modality", "without the target")
                .contains("(90 % intervals)")
                .contains("unique to b", "redundant", "synergistic", "either would do")
                .contains("without a  ", "the error spread would rise by")
                .contains("Within a rise of 50 %, b can")
                .contains("asset-0");
    }

    @Test
    void anAsciiTerminalGetsAscii() throws IOException {
        Path file = new GeneratedStream(1, 300).write(directory.resolve("d.csv"));
        PidSettings settings =
                new PidSettings(PidDefinition.IDEP, 0.95, 0.05, RowDependence.ASSET, 0, false);
        PipelineConfig config = ConfigFile.parse(GeneratedStream.CONFIG, "c", Map.of());
        DataSet data;
        try (CsvData rows = CsvData.read(List.of(file), config)) {
            data = new DataSetRun(config, rows, settings).execute(row -> {});
        }
        String plain = new PidText(data, settings, Glyphs.ASCII).render();
        assertThat(plain).contains("#####").matches("\\p{ASCII}*");
        assertThat(new PidText(data, settings, Glyphs.UNICODE).render()).contains("█████");
    }

    @Test
    void aTargetThatNeverMovesIsUndefinedAndSaysWhy() throws IOException {
        List<String> rows =
                new GeneratedStream(1, 200)
                        .rows().stream().map(row -> row.replaceFirst(",[^,]*$", ",5")).toList();
        Path data = GeneratedStream.write(directory.resolve("still.csv"), rows);
        Path output = directory.resolve("out");
        CommandRun run = pid(data, "--json", "--output", output.toString());
        assertThat(run.exitCode()).isZero();
        JsonNode json = JSON.readTree(run.lastLine());
        assertThat(json.path("status").asText()).isEqualTo("UNDEFINED");
        assertThat(json.path("reason").asText()).contains("constant");
        assertThat(json.path("information").size()).isZero();
        assertThat(json.has("intervals")).isFalse();
        assertThat(output.resolve("report.html")).content().contains("is undefined: ");
        CommandRun text = pid(data);
        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).contains("Where the knowledge about t comes from is undefined: ");
    }

    @Test
    void noCompleteRowAndTooFewAreUndefined() throws IOException {
        CommandRun empty =
                pid(GeneratedStream.write(directory.resolve("empty.csv"), List.of()), "--json");
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.err()).contains("--data: empty.csv: has a header and no rows");
        List<String> incomplete = List.of("asset-0,2021-03-01,1,2,,4");
        Path none = GeneratedStream.write(directory.resolve("none.csv"), incomplete);
        CommandRun unusable = pid(none, "--json");
        assertThat(unusable.exitCode()).isEqualTo(1);
        assertThat(unusable.err())
                .contains("--data: none.csv: none of the 1 rows has the target and every modality");
        Path few = new GeneratedStream(1, 4).write(directory.resolve("few.csv"));
        CommandRun run = pid(few);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("too few to test for dependence", "too few samples");
    }

    @Test
    void aConstantChannelIsNamedInANote() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String row : new GeneratedStream(1, 300).rows()) {
            String[] cells = row.split(",", -1);
            cells[3] = "7";
            rows.add(String.join(",", cells));
        }
        Path data = GeneratedStream.write(directory.resolve("constant.csv"), rows);
        assertThat(JSON.readTree(pid(data, "--json").lastLine()).path("notes").toString())
                .contains("channel a.y is constant");
        assertThat(pid(data).out()).contains("note: channel a.y is constant");
    }

    @Test
    void aBadCellIsReportedAndItsRowIsSkipped() throws IOException {
        List<String> rows = new ArrayList<>(new GeneratedStream(1, 300).rows());
        rows.set(99, rows.get(99).replaceFirst("(.*),[^,]*,([^,]*)$", "$1,3o,$2"));
        rows.set(120, "asset-0,then,1,2,3,4");
        Path data = GeneratedStream.write(directory.resolve("bad.csv"), rows);
        CommandRun run = pid(data, "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(JSON.readTree(run.lastLine()).path("unusableRows").asInt()).isEqualTo(2);
        assertThat(run.err())
                .contains("bad.csv, line 101: column b.x: '3o'; expected a number")
                .contains("bad.csv, line 122: column time: 'then'");
    }

    @Test
    void aTableWithoutTimeIsTakenAsIndependentRows() throws IOException {
        Path data = table(3, 400);
        CommandRun run = pid(data, "--json", "--set", "csv.time={row: PT1H}", "--set", ASSET);
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = JSON.readTree(run.lastLine());
        assertThat(json.path("dependence").path("assumed").asText()).isEqualTo("none");
        assertThat(json.path("effectiveSamples").asDouble()).isEqualTo(400);
        CommandRun asked =
                pid(data, "--set", "csv.time={row: PT1H}", "--set", ASSET, "--dependence", "time");
        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.err()).contains("--dependence: time: expected none, as csv.time is");
    }

    @Test
    void threeModalitiesHaveALatticeAndPairs() throws IOException {
        Path data = table(3, 500);
        String[] options = {
            "--set", "csv.time={row: PT1H}", "--set", ASSET, "--set", "modalities=" + THREE
        };
        CommandRun run = pid(data, with(options, "--json"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = JSON.readTree(run.lastLine());
        assertThat(json.path("lattice").size()).isEqualTo(18);
        double sum = 0;
        for (JsonNode atom : json.path("lattice")) {
            sum += atom.asDouble();
        }
        assertThat(sum).isEqualTo(json.path("information").path("a+b+c").asDouble(), within(1e-9));
        assertThat(json.path("pairs").size()).isEqualTo(3);
        assertThat(json.path("oneVsRest").path("c").has("synergistic")).isTrue();
        assertThat(json.path("intervals").path("pairs").path("a+c").has("rest")).isTrue();
        assertThat(json.path("intervals").path("lattice").size()).isEqualTo(18);
        json.path("lattice")
                .fields()
                .forEachRemaining(
                        atom ->
                                contains(
                                        json.path("intervals").path("lattice").path(atom.getKey()),
                                        atom.getValue()));
        assertThat(pid(data, options).out())
                .contains("Each against the others together (mmi)")
                .contains("Every two, as if there were no others")
                .contains("{a}{b}{c}")
                .contains("of 18 are 0");
        Path output = directory.resolve("out");
        pid(data, with(options, "--output", output.toString()));
        assertThat(output.resolve("report.html")).content().contains("{a}{b}{c}", "a | the others");
    }

    @Test
    void severalTargetsAreDecomposedTogether() throws IOException {
        Path data = table(3, 500);
        String[] options = {
            "--set", "csv.time={row: PT1H}", "--set", ASSET, "--set", "target={names: [t, c.x]}"
        };
        JsonNode json = JSON.readTree(pid(data, with(options, "--json")).lastLine());
        assertThat(json.path("status").asText()).isEqualTo("OK");
        assertThat(json.path("targets").size()).isEqualTo(2);
        assertThat(json.path("optimalityGap").asDouble()).isBetween(0.0, 1e-9);
        JsonNode intervals = json.path("intervals");
        contains(intervals.path("information").path("a+b"), json.path("information").path("a+b"));
        contains(intervals.path("redundant"), json.path("atoms").path("redundant"));
        assertThat(json.path("selection").path("without").path("a").path("residualRise").asDouble())
                .isPositive();
        checkSums(json);
        assertThat(pid(data, options).out())
                .contains("what a and b know about t and c.x")
                .contains("What could be left out");
    }

    @Test
    void theTargetsPastIsAModalityIfAskedFor() throws IOException {
        Path data = new GeneratedStream(2, 500).write(directory.resolve("d.csv"));
        JsonNode json = JSON.readTree(pid(data, "--json", "--set", PAST).lastLine());
        JsonNode information = json.path("information");
        // y(t) is 0.95 y(t-1) and a tenth of its variance in noise.
        assertThat(information.path("history").asDouble()).isBetween(0.8, 1.8);
        assertThat(information.path("a+b+history").asDouble())
                .isGreaterThan(information.path("history").asDouble());
        JsonNode late =
                JSON.readTree(
                        pid(data, "--json", "--set", PAST, "--set", "csv.label-delay=PT12H")
                                .lastLine());
        assertThat(late.path("information").path("history").asDouble())
                .isLessThan(information.path("history").asDouble() - 0.3);
    }

    @Test
    void givesTheSameEveryTime() throws IOException {
        Path data = new GeneratedStream(4, 200).write(directory.resolve("d.csv"));
        assertThat(pid(data, "--json", "--per-asset").out())
                .isEqualTo(pid(data, "--json", "--per-asset").out());
    }

    @Test
    void channelsAreNamedInNotes() {
        DataVariables variables =
                new DataVariables(
                        List.of("t", "u"),
                        List.of(
                                new Modality("gas", List.of("CO", "NO.2")),
                                new Modality("gas-2", List.of("O$3"))));
        assertThat(variables.named("channel gas.1 is constant: left out"))
                .isEqualTo("channel gas.NO.2 is constant: left out");
        assertThat(variables.named("gas-2.0 and target.1, 0.5 of gas.0"))
                .isEqualTo("gas-2.O$3 and u, 0.5 of gas.CO");
        assertThat(variables.named("gas.7 and gas.0.3 and 1.0"))
                .isEqualTo("gas.7 and gas.0.3 and 1.0");
    }

    private static final String ASSET = "csv.asset={constant: table}";
    private static final String PAST = "target.history=true";
    private static final String THREE =
            "[{name: a, channels: [x]}, {name: b, channels: [x]}, {name: c, channels: [x]}]";

    /** Independent rows of noisy readings a.x, a.y, b.x, c.x of t. */
    private Path table(long seed, int rows) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        lines.add("a.x,a.y,b.x,c.x,t");
        for (int i = 0; i < rows; i++) {
            double t = random.nextGaussian();
            lines.add(
                    "%s,%s,%s,%s,%s"
                            .formatted(
                                    t + random.nextGaussian(),
                                    random.nextGaussian(),
                                    t + 0.7 * random.nextGaussian(),
                                    t + 0.5 * random.nextGaussian(),
                                    t));
        }
        return Files.write(directory.resolve("table.csv"), lines);
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private CommandRun pid(Path data, String... options) throws IOException {
        Path config = directory.resolve("c.yaml");
        Files.writeString(config, GeneratedStream.CONFIG);
        List<String> args = new ArrayList<>(List.of("pid", "--config", config.toString()));
        args.addAll(List.of("--data", data.toString()));
        args.addAll(Arrays.asList(options));
        return CommandRun.of(args.toArray(String[]::new));
    }
}
