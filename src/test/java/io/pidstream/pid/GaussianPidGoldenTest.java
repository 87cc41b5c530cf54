package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GaussianPidGoldenTest {
    private static final Path SHARED = Path.of("../shared/golden");
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");
    private static final MathContext DIGITS = new MathContext(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** reference.jsonl is written by reference.py beside it, with numpy. */
    @Test
    void agreesWithTheReferenceComputedTheLongWay() throws IOException {
        List<JsonNode> cases;
        try (InputStream in =
                GaussianPidGoldenTest.class.getResourceAsStream("/pid/reference.jsonl")) {
            cases = parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
        assertThat(cases).hasSize(29);
        for (JsonNode c : cases) {
            int[] sizes = JSON.convertValue(c.get("sizes"), int[].class);
            double n = c.get("n").isNull() ? Double.POSITIVE_INFINITY : c.get("n").asDouble();
            for (PidDefinition definition : PidDefinition.values()) {
                Decomposition result =
                        GaussianPid.decompose(
                                numbers(c.get("cov")),
                                NAMES.subList(0, sizes.length),
                                sizes,
                                n,
                                definition);
                String name = c.get("kind").asText() + " " + c.get("sizes") + " " + definition;
                c.get("information")
                        .properties()
                        .forEach(
                                e ->
                                        assertThat(result.information().get(e.getKey()))
                                                .as("%s %s", name, e.getKey())
                                                .isCloseTo(
                                                        e.getValue().asDouble(),
                                                        within(
                                                                1e-9
                                                                        * (1
                                                                                + e.getValue()
                                                                                        .asDouble()))));
                assertThat(result.information().asMap()).hasSize(c.get("information").size());
                for (int m = 0; m < sizes.length; m++) {
                    assertThat(result.shapley().get(NAMES.get(m)))
                            .as("%s shapley %d", name, m)
                            .isCloseTo(c.get("shapley").get(m).asDouble(), within(1e-9));
                    if (c.get(definition.text()).size() > 0) {
                        assertAtoms(
                                name,
                                result.atoms().get(NAMES.get(m)),
                                numbers(c.get(definition.text()).get(m)),
                                1e-9);
                    }
                }
            }
        }
    }

    @Test
    void agreesWithLogDeterminantsAndMinimumInformationUpToSixtyFourChannelsEach()
            throws IOException {
        List<JsonNode> cases = shared("gaussian-pid.jsonl");
        int scalar = 0;
        for (JsonNode c : cases) {
            if (c.get("dm").asInt() != 1) {
                continue;
            }
            scalar++;
            Decomposition result = exact(c);
            String name = c.get("kind").asText() + " " + c.get("id").asText();
            if (c.get("cond").asDouble() >= 1e8) {
                // Log-determinants in double precision lose too many digits: see the test below.
                continue;
            }
            double tolerance = 1e-9;
            double[] informations = {
                c.get("logdet").get("imx").asDouble(),
                c.get("logdet").get("imy").asDouble(),
                c.get("logdet").get("imxy").asDouble()
            };
            for (ModalitySet subset : ModalitySet.nonEmptySubsets(2)) {
                double expected = informations[subset.bits() - 1];
                assertThat(result.information().get(subset))
                        .as("%s %s", name, subset)
                        .isCloseTo(expected, within(tolerance * expected));
            }
            JsonNode mmi = c.get("mmi");
            double[] atoms = {
                mmi.get("uix").asDouble(),
                mmi.get("uiy").asDouble(),
                mmi.get("ri").asDouble(),
                mmi.get("si").asDouble()
            };
            assertAtoms(name, result.atoms().get("a"), atoms, tolerance * (1 + informations[2]));
            assertThat(result.notes()).isEmpty();
        }
        assertThat(scalar).isEqualTo(65);
    }

    @Test
    void agreesWithSixtyDigitArithmeticHoweverIllConditioned() throws IOException {
        for (JsonNode c : shared("gaussian-pid.jsonl")) {
            int dm = c.get("dm").asInt();
            int dx = c.get("dx").asInt();
            int dy = c.get("dy").asInt();
            if (dx > 16) {
                continue;
            }
            Decomposition result = exact(c);
            // A correlation is rounded to 1.1e-16.
            double tolerance = Math.max(1e-9, 1.1e-16 * c.get("cond").asDouble());
            double[] covariance = numbers(c.get("cov"));
            int[][] sources = {
                IntStream.range(dm, dm + dx).toArray(),
                IntStream.range(dm + dx, dm + dx + dy).toArray(),
                IntStream.range(dm, dm + dx + dy).toArray()
            };
            for (ModalitySet subset : ModalitySet.nonEmptySubsets(2)) {
                double expected =
                        information(covariance, dm, dm + dx + dy, sources[subset.bits() - 1]);
                assertThat(result.information().get(subset))
                        .as("%s %s subset %s", c.get("kind"), c.get("id"), subset)
                        .isCloseTo(expected, within(tolerance * expected));
            }
        }
    }

    private static double information(
            double[] covariance, int targets, int dimension, int[] source) {
        int[] target = IntStream.range(0, targets).toArray();
        int[] joint = IntStream.concat(IntStream.of(target), IntStream.of(source)).toArray();
        BigDecimal ratio =
                determinant(covariance, dimension, source)
                        .multiply(determinant(covariance, dimension, target), DIGITS)
                        .divide(determinant(covariance, dimension, joint), DIGITS);
        return 0.5 * Math.log1p(ratio.subtract(BigDecimal.ONE).doubleValue()) / Math.log(2);
    }

    private static BigDecimal determinant(double[] covariance, int dimension, int[] index) {
        int n = index.length;
        BigDecimal[][] a = new BigDecimal[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = new BigDecimal(covariance[index[i] * dimension + index[j]]);
            }
        }
        BigDecimal determinant = BigDecimal.ONE;
        for (int k = 0; k < n; k++) {
            determinant = determinant.multiply(a[k][k], DIGITS);
            for (int i = k + 1; i < n; i++) {
                BigDecimal factor = a[i][k].divide(a[k][k], DIGITS);
                for (int j = k + 1; j < n; j++) {
                    a[i][j] = a[i][j].subtract(factor.multiply(a[k][j], DIGITS), DIGITS);
                }
            }
        }
        return determinant;
    }

    @Test
    void agreesWithASearchForTheLeastJointInformationAboutSeveralDimensions() throws IOException {
        int vector = 0;
        for (JsonNode c : shared("gaussian-pid.jsonl")) {
            if (c.get("dm").asInt() == 1) {
                continue;
            }
            vector++;
            Decomposition result = exact(c);
            String name = c.get("kind").asText() + " " + c.get("id").asText();
            JsonNode logdet = c.get("logdet");
            if (c.get("cond").asDouble() < 1e8) {
                assertThat(result.information().get("a"))
                        .as(name)
                        .isCloseTo(
                                logdet.get("imx").asDouble(),
                                within(1e-9 * logdet.get("imx").asDouble()));
                assertThat(result.information().get("b"))
                        .as(name)
                        .isCloseTo(
                                logdet.get("imy").asDouble(),
                                within(1e-9 * logdet.get("imy").asDouble()));
                assertThat(result.information().all())
                        .as(name)
                        .isCloseTo(
                                logdet.get("imxy").asDouble(),
                                within(1e-9 * logdet.get("imxy").asDouble()));
            }
            assertThat(union(result))
                    .as(name)
                    .isCloseTo(c.get("tight").get("union_info").asDouble(), within(1e-6));
            // The reference stops early: its union information is up to 2e-4 too high.
            assertThat(result.unique().get("a"))
                    .as(name)
                    .isCloseTo(c.get("uix").asDouble(), within(2e-4));
            assertThat(result.unique().get("b"))
                    .as(name)
                    .isCloseTo(c.get("uiy").asDouble(), within(2e-4));
            assertThat(result.optimalityGap()).as(name).isBetween(0.0, 1e-9);
            assertThat(result.notes()).isEmpty();
        }
        assertThat(vector).isEqualTo(42);
    }

    private static double union(Decomposition result) {
        Atoms atoms = result.atoms().get("a");
        return atoms.unique() + atoms.rest() + atoms.redundant();
    }

    @Test
    void agreesWithDecompositionsKnownAnalytically() throws IOException {
        int known = 0;
        for (JsonNode c : shared("known-decompositions.jsonl")) {
            Decomposition decomposition = exact(c);
            String name = c.get("name").asText();
            assertThat(union(decomposition))
                    .as(name)
                    .isCloseTo(c.get("tight_union_info").asDouble(), within(1e-6));
            JsonNode truth = c.path("ground_truth");
            if (!truth.has("ri") || truth.get("ri").isNull()) {
                continue;
            }
            known++;
            Atoms result = decomposition.atoms().get("a");
            assertThat(result.unique())
                    .as(name)
                    .isCloseTo(truth.get("uix").asDouble(), within(1e-9));
            assertThat(result.rest()).as(name).isCloseTo(truth.get("uiy").asDouble(), within(1e-9));
            assertThat(result.redundant())
                    .as(name)
                    .isCloseTo(truth.get("ri").asDouble(), within(1e-9));
            // The synergy there contains the regularisation of the reference's joint information,
            // 1e-7 of the noise.
            assertThat(result.synergistic())
                    .as(name)
                    .isCloseTo(truth.get("si").asDouble(), within(1e-5));
        }
        assertThat(known).isEqualTo(39);
    }

    private static Decomposition exact(JsonNode c) {
        int[] sizes = {c.get("dx").asInt(), c.get("dy").asInt()};
        Decomposition result =
                GaussianPid.decompose(
                        numbers(c.get("cov")),
                        c.get("dm").asInt(),
                        NAMES.subList(0, 2),
                        sizes,
                        Double.POSITIVE_INFINITY,
                        PidDefinition.MMI);
        assertThat(result.reason()).isNull();
        return result;
    }

    private static void assertAtoms(
            String name, Atoms actual, double[] expected, double tolerance) {
        assertThat(actual.unique()).as("%s unique", name).isCloseTo(expected[0], within(tolerance));
        assertThat(actual.rest()).as("%s rest", name).isCloseTo(expected[1], within(tolerance));
        assertThat(actual.redundant())
                .as("%s redundant", name)
                .isCloseTo(expected[2], within(tolerance));
        assertThat(actual.synergistic())
                .as("%s synergistic", name)
                .isCloseTo(expected[3], within(tolerance));
    }

    private static List<JsonNode> shared(String file) throws IOException {
        Path path = SHARED.resolve(file);
        assumeTrue(
                Files.exists(path),
                () -> path + " is not there: its reference numbers are not part of this project");
        return parse(Files.readAllLines(path));
    }

    private static List<JsonNode> parse(List<String> lines) throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        for (String line : lines) {
            cases.add(JSON.readTree(line));
        }
        return cases;
    }

    private static double[] numbers(JsonNode array) {
        return JSON.convertValue(array, double[].class);
    }
}
