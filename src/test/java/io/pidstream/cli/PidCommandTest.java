package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pid --covariance}, and wrong usage of either form. */
class PidCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path GOLDEN = Path.of("..", "shared", "golden");

    /** Thermal and vibration of the documentation's example, noises independent. */
    private static final String SEPARATE =
            "{\"dm\":1,\"dx\":1,\"dy\":1,\"cov\":[1,1,1,1,2,1,1,1,3]}";

    @TempDir Path directory;

    @Test
    void aCovarianceALineForADecompositionALine() throws IOException {
        Path file = lines(SEPARATE, "", SEPARATE.replace("{", "{\"id\":7,\"kind\":\"other\","));
        CommandRun run = pid("--covariance", file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).isEqualTo(lines.get(0));
        JsonNode json = JSON.readTree(lines.get(0));
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "imx",
                        "imy",
                        "imxy",
                        "redundant",
                        "uniqueX",
                        "uniqueY",
                        "synergistic",
                        "definition",
                        "status");
        double[] bits = {0.5, 0.292, 0.661, 0.292, 0.208, 0, 0.161};
        for (int i = 0; i < bits.length; i++) {
            assertThat(json.path(names.get(i)).asDouble()).isCloseTo(bits[i], within(5e-4));
        }
        assertThat(json.path("definition").asText()).isEqualTo("mmi");
        assertThat(json.path("status").asText()).isEqualTo("OK");
    }

    @Test
    void theDefinitionIsChosen() throws IOException {
        CommandRun run =
                pid("--covariance", lines(SEPARATE).toString(), "--definition", "idep", "--json");
        JsonNode json = JSON.readTree(run.lastLine());
        assertThat(json.path("definition").asText()).isEqualTo("idep");
        assertThat(json.path("uniqueY").asDouble()).isCloseTo(0.161, within(5e-4));
        assertThat(json.path("synergistic").asDouble()).isCloseTo(0, within(1e-12));
    }

    @Test
    void biasIsCorrectedWhereTheNumberOfSamplesIsGiven() throws IOException {
        String few = SEPARATE.replace("}", ",\"n\":50}");
        String exact = SEPARATE.replace("}", ",\"n\":null}");
        CommandRun run = pid("--covariance", lines(few, exact, SEPARATE).toString());
        List<String> lines = run.out().lines().toList();
        double corrected = JSON.readTree(lines.get(0)).path("imx").asDouble();
        // b(1) + b(1) − b(2) with b(d) = ½ Σ log₂(1 − k/50)
        double bias = 0.5 * (Math.log1p(-1.0 / 50) - Math.log1p(-2.0 / 50)) / Math.log(2);
        assertThat(corrected).isCloseTo(0.5 - bias, within(1e-12));
        assertThat(lines.get(1)).isEqualTo(lines.get(2));
    }

    @Test
    void aDashReadsStandardInput() throws IOException {
        InputStream in = System.in;
        System.setIn(new ByteArrayInputStream((SEPARATE + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            CommandRun run = pid("--covariance", "-");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo(pid("--covariance", lines(SEPARATE).toString()).out());
        } finally {
            System.setIn(in);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A constant target, one that X determines, no covariance at all, too few samples.
                "[0,0,0, 0,1,0, 0,0,1]       | ''         | target",
                "[1,1,0, 1,1,0, 0,0,1]       | ''         | infinite",
                "[1,2,0, 2,1,0, 0,0,1]       | ''         | more than their deviations allow",
                "[1,0.9,0, 0.8,1,0, 0,0,1]   | ''         | not symmetric",
                "[-1,0,0, 0,1,0, 0,0,1]      | ''         | variance of target is -1.0",
                "[1,0.5,0, 0.5,1,0, 0,0,1]   | ',\"n\":3' | too few samples",
            })
    void whatHasNoDecompositionIsUndefinedWithAReasonAndNoNumbers(
            String covariance, String samples, String reason) throws IOException {
        String line = "{\"dm\":1,\"dx\":1,\"dy\":1,\"cov\":" + covariance + samples + "}";
        CommandRun run = pid("--covariance", lines(line).toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = JSON.readTree(run.lastLine());
        assertThat(json.path("status").asText()).isEqualTo("UNDEFINED");
        assertThat(json.path("reason").asText()).contains(reason);
        assertThat(json.path("imx").isNull()).isTrue();
        assertThat(json.path("synergistic").isNull()).isTrue();
    }

    @Test
    void aConstantChannelIsReportedOnStandardError() throws IOException {
        String line = "{\"dm\":1,\"dx\":1,\"dy\":1,\"cov\":[1,0.5,0,0.5,1,0,0,0,0]}";
        CommandRun run = pid("--covariance", lines(line).toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("line 1: channel y.0 is constant");
        assertThat(JSON.readTree(run.lastLine()).path("imy").asDouble()).isZero();
    }

    @Test
    void allProblemsAreReportedAtOnceAndNothingIsPrinted() throws IOException {
        Path file =
                lines(
                        SEPARATE,
                        "not JSON",
                        "[1, 2]",
                        "{\"dm\":1,\"dx\":1,\"dy\":1,\"cov\":[1,0,0,1]}",
                        "{\"dm\":-1,\"dx\":1.5,\"cov\":7}",
                        "{\"dm\":1,\"dx\":1,\"dy\":1,\"cov\":[1,0,0,0,NaN,0,0,0,1]}",
                        "{\"dm\":1,\"dx\":1,\"dy\":1,\"cov\":[1,0,0,0,1,null,0,0,1]}",
                        "{\"dm\":1,\"dx\":1,\"dy\":1,\"cov\":[1,0,0,0,1,0,0,0,1],\"n\":0}",
                        "{\"dm\":1,\"dm\":1,\"dx\":1,\"dy\":1,\"cov\":[1,0,0,0,1,0,0,0,1]}",
                        SEPARATE + " {}",
                        "{\"dm\":99999,\"dx\":1,\"dy\":1,\"cov\":[]}");
        CommandRun run = pid("--covariance", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        String place = file + ", line ";
        assertThat(run.err().lines().toList())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                place
                                                        + "2: not JSON: expected a JSON object;"
                                                        + " this is not JSON, column 1"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(place + "3: [1, 2]: expected a JSON object"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                place
                                                        + "4: cov: 4 numbers: expected 9,"
                                                        + " (dm + dx + dy)² = 3²"),
                        line -> assertThat(line).startsWith(place + "5: dm: -1: expected the num"),
                        line -> assertThat(line).startsWith(place + "5: dx: 1.5: expected the n"),
                        line -> assertThat(line).startsWith(place + "5: dy: missing: expected th"),
                        line -> assertThat(line).startsWith(place + "5: cov: 7: expected an arr"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                place + "6: cov[4]: NaN: expected a finite number"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                place
                                                        + "7: cov[5]: null: expected a finite"
                                                        + " number"),
                        line -> assertThat(line).startsWith(place + "8: n: 0: expected an effec"),
                        line -> assertThat(line).startsWith(place + "9: {").contains("Duplicate"),
                        line ->
                                assertThat(line)
                                        .startsWith(place + "10: {")
                                        .contains("there is more text after it"),
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                place + "11: dm + dx + dy: 100001: expected at"));
    }

    @Test
    void soManyWrongLinesThatTheyAreCounted() throws IOException {
        String[] wrong = new String[250];
        java.util.Arrays.fill(wrong, "{");
        CommandRun run = pid("--covariance", lines(wrong).toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().toList()).hasSize(11);
        assertThat(run.err()).contains("and 240 more invalid lines");
    }

    @Test
    void aMissingFileIsReportedInOneLine() throws IOException {
        usage(pid("--covariance", "no.jsonl"), "--covariance: no.jsonl: expected a file with");
        usage(pid("--covariance", directory.toString()), "it is a directory");
        usage(
                pid("--covariance", lines("").toString()),
                "expected one JSON object per line; it is em");
    }

    @Test
    void wrongUsageIsALineForEachProblem() throws IOException {
        Path config = Files.writeString(directory.resolve("c.yaml"), GeneratedStream.CONFIG);
        Path data = new GeneratedStream(1, 10).write(directory.resolve("d.csv"));
        usage(pid(), "--data or --covariance: missing: expected one of the two");
        usage(pid("--data", data.toString()), "--config: missing: expected a configuration");
        usage(pid("--config", config.toString()), "--data: missing: expected a CSV file");
        usage(pid("--config", "no.yaml", "--data", data.toString()), "--config: no.yaml: expected");
        usage(
                pid("--config", config.toString(), "--data", "no.csv"),
                "no.csv: expected a CSV file; there is none");
        usage(
                pid("--covariance", lines(SEPARATE).toString(), "--definition", "ccs"),
                "--definition: ccs: expected mmi or idep");
        usage(
                pid("--covariance", lines(SEPARATE).toString(), "--data", data.toString()),
                "--data: " + data + ": expected no such option with --covariance");
        CommandRun run =
                pid(
                        "--config",
                        config.toString(),
                        "--data",
                        data.toString(),
                        "--set",
                        "csv.tmie=when",
                        "--definition",
                        "ccs",
                        "--confidence",
                        "95",
                        "--tolerance",
                        "-1",
                        "--dependence",
                        "rows",
                        "--block",
                        "1",
                        "--output",
                        data.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().toList()).hasSize(7).allMatch(l -> l.contains(": expected "));
    }

    private static void usage(CommandRun run, String message) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().toList()).hasSize(1);
        assertThat(run.err()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian-pid.jsonl", "known-decompositions.jsonl"})
    void agreesWithTheReferenceNumbers(String name) throws IOException {
        Path file = GOLDEN.resolve(name);
        Assumptions.assumeTrue(
                Files.exists(file), file + " is not there: it is no part of this project");
        CommandRun run = pid("--covariance", file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> cases = Files.readAllLines(file);
        List<String> results = run.out().lines().toList();
        assertThat(results).hasSameSizeAs(cases);
        for (int i = 0; i < cases.size(); i++) {
            JsonNode expected = JSON.readTree(cases.get(i));
            JsonNode result = JSON.readTree(results.get(i));
            assertThat(result.path("status").asText()).isEqualTo("OK");
            String line = name + ", line " + (i + 1);
            informations(line, expected, result);
            atoms(line, expected, result);
        }
    }

    /** With plain log-determinants, where those are good for nine digits. */
    private static void informations(String line, JsonNode expected, JsonNode result) {
        JsonNode plain = expected.path("logdet");
        if (plain.isMissingNode() || expected.path("cond").asDouble() >= 1e8) {
            return;
        }
        for (String key : List.of("imx", "imy", "imxy")) {
            double bits = plain.path(key).asDouble();
            assertThat(result.path(key).asDouble())
                    .as("%s %s", line, key)
                    .isCloseTo(bits, within(1e-9 * bits));
        }
    }

    /** With the closed form, an independent search for the optimum, or what is known of them. */
    private static void atoms(String line, JsonNode expected, JsonNode result) {
        double union =
                result.path("uniqueX").asDouble()
                        + result.path("uniqueY").asDouble()
                        + result.path("redundant").asDouble();
        JsonNode tight =
                expected.has("tight")
                        ? expected.path("tight").path("union_info")
                        : expected.path("tight_union_info");
        boolean wellConditioned = expected.path("cond").asDouble() < 1e8;
        if (wellConditioned) {
            assertThat(union).as(line).isCloseTo(tight.asDouble(), within(1e-6));
        }
        boolean scalar = expected.path("dm").asInt() == 1;
        if (scalar && wellConditioned && expected.path("mmi").has("ri")) {
            assertAtoms(line, result, expected.path("mmi"), 1e-9);
        }
        if (expected.path("ground_truth").path("ri").isNumber()) {
            // Its synergy has the regularisation of the reference's joint information in it.
            assertAtoms(line, result, expected.path("ground_truth"), 1e-5);
        }
    }

    private static void assertAtoms(
            String line, JsonNode result, JsonNode expected, double tolerance) {
        String[][] names = {
            {"uniqueX", "uix"}, {"uniqueY", "uiy"}, {"redundant", "ri"}, {"synergistic", "si"}
        };
        for (String[] name : names) {
            assertThat(result.path(name[0]).asDouble())
                    .as("%s %s", line, name[0])
                    .isCloseTo(expected.path(name[1]).asDouble(), within(tolerance));
        }
    }

    private Path lines(String... lines) throws IOException {
        return Files.write(directory.resolve("f.jsonl"), List.of(lines));
    }

    private static CommandRun pid(String... options) {
        List<String> args = new ArrayList<>(List.of("pid"));
        args.addAll(List.of(options));
        return CommandRun.of(args.toArray(String[]::new));
    }
}
