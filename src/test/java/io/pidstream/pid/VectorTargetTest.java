package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VectorTargetTest {
    private static final double EXACT = Double.POSITIVE_INFINITY;
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** reference-vector.jsonl is written by reference_vector.py beside it, by a search. */
    @Test
    void agreesWithASearchForTheLeastJointInformation() throws IOException {
        int cases = 0;
        for (JsonNode c : reference()) {
            int[] sizes = JSON.convertValue(c.get("sizes"), int[].class);
            double n = c.get("n").isNull() ? EXACT : c.get("n").asDouble();
            for (PidDefinition definition : PidDefinition.values()) {
                Decomposition result =
                        GaussianPid.decompose(
                                JSON.convertValue(c.get("cov"), double[].class),
                                c.get("targets").asInt(),
                                NAMES.subList(0, sizes.length),
                                sizes,
                                n,
                                definition);
                String name = c.get("kind") + " " + c.get("targets") + " " + c.get("sizes");
                c.get("information")
                        .properties()
                        .forEach(
                                e ->
                                        assertThat(result.information().get(e.getKey()))
                                                .as("%s %s", name, e.getKey())
                                                .isCloseTo(e.getValue().asDouble(), within(1e-9)));
                c.get("pairs")
                        .properties()
                        .forEach(
                                e -> {
                                    JsonNode expected = e.getValue().path(definition.text());
                                    if (!expected.isMissingNode()) {
                                        assertAtoms(
                                                name + " " + e.getKey(),
                                                result.pairs().get(e.getKey()),
                                                JSON.convertValue(expected, double[].class));
                                    }
                                });
                assertThat(result.optimalityGap()).isBetween(0.0, 1e-11);
                assertThat(result.lattice()).isEmpty();
            }
            cases++;
        }
        assertThat(cases).isEqualTo(32);
    }

    @Test
    void findsNoRedundancyBetweenSourcesOfDifferentDimensions() {
        // a hears the first of two independent dimensions, b the second: each ½ bit.
        double[] covariance = {1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 2, 0, 0, 1, 0, 2};
        for (PidDefinition definition : PidDefinition.values()) {
            Decomposition result = decompose(covariance, 2, new int[] {1, 1}, EXACT, definition);
            assertThat(result.information().get("a")).isCloseTo(0.5, within(1e-15));
            assertThat(result.information().all()).isCloseTo(1, within(1e-15));
            assertThat(result.unique().get("a")).isCloseTo(0.5, within(1e-15));
            assertThat(result.unique().get("b")).isCloseTo(0.5, within(1e-15));
            assertThat(result.redundant().orElseThrow()).isCloseTo(0, within(1e-15));
            assertThat(result.synergistic().orElseThrow()).isCloseTo(0, within(1e-15));
        }
    }

    @Test
    void claimsAStandardErrorOfSampledInformation() {
        // Each source explains half of one dimension: the squared errors add up.
        double[] covariance = {1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 2, 0, 0, 1, 0, 2};
        Decomposition result = decompose(covariance, 2, new int[] {1, 1}, 400, PidDefinition.MMI);
        assertThat(result.standardError().get("a"))
                .isCloseTo(Math.sqrt(0.5 / 400) / Math.log(2), within(1e-12));
        assertThat(result.standardError().all())
                .isCloseTo(Math.sqrt(1.0 / 400) / Math.log(2), within(1e-12));
    }

    @Test
    void isTheSameForOneDimensionWhicheverWayItIsAskedFor() {
        double[] covariance = Covariances.random(new Random(3), 6);
        for (PidDefinition definition : PidDefinition.values()) {
            assertThat(decompose(covariance, 1, new int[] {2, 3}, 90, definition))
                    .isEqualTo(
                            GaussianPid.decompose(
                                    covariance,
                                    NAMES.subList(0, 2),
                                    new int[] {2, 3},
                                    90,
                                    definition));
        }
    }

    /** A second dimension, independent of everything, changes nothing but the path taken. */
    @Property(tries = 100, seed = "1")
    void ofAScalarTargetInDisguiseIsThatOfTheScalarTarget(
            @ForAll long seed, @ForAll PidDefinition definition) {
        Random random = new Random(seed);
        int[] sizes = {1 + random.nextInt(4), 1 + random.nextInt(4)};
        int d = 1 + sizes[0] + sizes[1];
        double[] scalar = Covariances.random(random, d);
        double[] both =
                Covariances.apart(scalar, 1, new double[] {2}, 1, new int[][] {sizes, {0, 0}});
        assertSame(
                decompose(both, 2, sizes, EXACT, definition),
                decompose(scalar, 1, sizes, EXACT, definition),
                1e-12);
    }

    @Property(tries = 200, seed = "1")
    void atomsSumToTheInformations(
            @ForAll long seed,
            @ForAll PidDefinition definition,
            @ForAll @IntRange(min = 2, max = 6) int targets,
            @ForAll boolean sampled) {
        Random random = new Random(seed);
        int[] sizes = {1 + random.nextInt(5), 1 + random.nextInt(5), 1 + random.nextInt(5)};
        double[] covariance = Covariances.random(random, targets + sizes[0] + sizes[1] + sizes[2]);
        double n = sampled ? 60 + random.nextInt(500) : EXACT;
        Decomposition result = decompose(covariance, targets, sizes, n, definition);
        result.atoms()
                .forEach(
                        (name, atoms) -> {
                            assertThat(sum(atoms))
                                    .isCloseTo(result.information().all(), within(1e-12));
                            assertThat(atoms.unique() + atoms.redundant())
                                    .isCloseTo(result.information().get(name), within(1e-12));
                        });
        result.pairs()
                .forEach(
                        (name, atoms) ->
                                assertThat(sum(atoms))
                                        .isCloseTo(result.information().get(name), within(1e-12)));
        assertThat(result.shapley().values().stream().mapToDouble(v -> v).sum())
                .isCloseTo(result.information().all(), within(1e-12));
    }

    @Property(tries = 100, seed = "1")
    void independentSystemsAddUp(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int first,
            @ForAll @IntRange(min = 1, max = 3) int second) {
        Random random = new Random(seed);
        int[][] sizes = {
            {1 + random.nextInt(4), 1 + random.nextInt(4)},
            {1 + random.nextInt(4), 1 + random.nextInt(4)}
        };
        double[] one = Covariances.random(random, first + sizes[0][0] + sizes[0][1]);
        double[] other = Covariances.random(random, second + sizes[1][0] + sizes[1][1]);
        double[] both = Covariances.apart(one, first, other, second, sizes);
        int[] together = {sizes[0][0] + sizes[1][0], sizes[0][1] + sizes[1][1]};
        int targets = first + second;
        // In coordinates in which nothing can be seen of it.
        double[][] mix = blockMaps(random, targets, together);
        Atoms sum = exact(Covariances.mapped(mix, both), targets, together);
        Atoms ofOne = exact(one, first, sizes[0]);
        Atoms ofOther = exact(other, second, sizes[1]);
        assertThat(sum.unique()).isCloseTo(ofOne.unique() + ofOther.unique(), within(1e-9));
        assertThat(sum.rest()).isCloseTo(ofOne.rest() + ofOther.rest(), within(1e-9));
        assertThat(sum.redundant())
                .isCloseTo(ofOne.redundant() + ofOther.redundant(), within(1e-9));
        assertThat(sum.synergistic())
                .isCloseTo(ofOne.synergistic() + ofOther.synergistic(), within(1e-9));
    }

    @Property(tries = 250, seed = "1")
    void invertibleMapsOfTargetAndModalitiesChangeNothing(
            @ForAll long seed,
            @ForAll PidDefinition definition,
            @ForAll @IntRange(min = 2, max = 5) int targets,
            @ForAll boolean sampled) {
        Random random = new Random(seed);
        int[] sizes = {1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(6)};
        double[] covariance = Covariances.random(random, targets + sizes[0] + sizes[1] + sizes[2]);
        double[][] map = blockMaps(random, targets, sizes);
        double n = sampled ? 80 : EXACT;
        assertSame(
                decompose(Covariances.mapped(map, covariance), targets, sizes, n, definition),
                decompose(covariance, targets, sizes, n, definition),
                1e-9);
    }

    @Property(tries = 100, seed = "1")
    void theOrderOfTheSourcesOnlyChangesTheNames(
            @ForAll long seed,
            @ForAll PidDefinition definition,
            @ForAll @IntRange(min = 2, max = 5) int targets) {
        Random random = new Random(seed);
        int[] sizes = {1 + random.nextInt(4), 1 + random.nextInt(4)};
        int d = targets + sizes[0] + sizes[1];
        double[] covariance = Covariances.random(random, d);
        double[][] swap = new double[d][d];
        for (int i = 0; i < d; i++) {
            boolean ofTarget = i < targets;
            boolean ofSecond = i >= targets + sizes[0];
            swap[ofTarget ? i : ofSecond ? i - sizes[0] : i + sizes[1]][i] = 1;
        }
        Atoms before = decompose(covariance, targets, sizes, EXACT, definition).pairs().get("a+b");
        Atoms after =
                decompose(
                                Covariances.mapped(swap, covariance),
                                targets,
                                new int[] {sizes[1], sizes[0]},
                                EXACT,
                                definition)
                        .pairs()
                        .get("a+b");
        assertAtoms(
                "swapped",
                after,
                new double[] {
                    before.rest(), before.unique(), before.redundant(), before.synergistic()
                });
    }

    /** What minimises says: no correlation of the noises leaves less joint information. */
    @Property(tries = 200, seed = "1")
    void noCouplingOfTheSourcesHasLessJointInformation(@ForAll long seed) {
        Random random = new Random(seed);
        int targets = 2 + random.nextInt(3);
        int size = 1 + random.nextInt(3);
        // Source = gain target + unit noise; the noises of a and b are coupled by a contraction.
        double[][] map = new double[targets + 2 * size][targets + 2 * size];
        for (int i = 0; i < map.length; i++) {
            for (int j = 0; j < targets; j++) {
                map[i][j] = i < targets ? (i == j ? 1 : 0) : 2 * random.nextGaussian();
            }
        }
        double[][] coupled = new double[map.length][];
        double common = random.nextDouble();
        for (int i = 0; i < size; i++) {
            map[targets + i][targets + i] = 1;
            map[targets + size + i][targets + size + i] = 1;
        }
        for (int i = 0; i < map.length; i++) {
            coupled[i] = map[i].clone();
        }
        for (int i = 0; i < size; i++) {
            coupled[targets + size + i][targets + i] = common;
            coupled[targets + size + i][targets + size + i] = Math.sqrt(1 - common * common);
        }
        int[] sizes = {size, size};
        Atoms atoms = exact(Covariances.ofMap(map, map.length), targets, sizes);
        Decomposition other =
                decompose(
                        Covariances.ofMap(coupled, map.length),
                        targets,
                        sizes,
                        EXACT,
                        PidDefinition.MMI);
        double union = atoms.unique() + atoms.rest() + atoms.redundant();
        assertThat(other.information().all()).isGreaterThan(union - 1e-9);
        // The coupling is no part of what each source says of the target.
        assertThat(other.pairs().get("a+b").redundant()).isCloseTo(atoms.redundant(), within(1e-9));
    }

    @Test
    void correctsTheBiasOfEveryDimension() {
        // b(t) + b(d) − b(t + d), term by term
        double expected = 0;
        for (int k = 1; k <= 10; k++) {
            expected -= 0.5 * Math.log(1 - k / 100.0) / Math.log(2);
            expected += k <= 3 ? 0.5 * Math.log(1 - k / 100.0) / Math.log(2) : 0;
            expected += k <= 7 ? 0.5 * Math.log(1 - k / 100.0) / Math.log(2) : 0;
        }
        assertThat(GaussianPid.bias(3, 7, 100)).isCloseTo(expected, within(1e-14));
        assertThat(GaussianPid.bias(1, 7, 100)).isEqualTo(GaussianPid.bias(7, 100));
        assertThat(GaussianPid.bias(3, 7, EXACT)).isZero();
    }

    @Test
    void refusesATargetWithoutDimensions() {
        assertThatThrownBy(
                        () ->
                                decompose(
                                        new double[4],
                                        0,
                                        new int[] {1, 1},
                                        EXACT,
                                        PidDefinition.MMI))
                .hasMessage("target has 0 dimensions, must have at least 1");
        assertThatThrownBy(
                        () ->
                                decompose(
                                        new double[9],
                                        2,
                                        new int[] {1, 1},
                                        EXACT,
                                        PidDefinition.MMI))
                .hasMessage("covariance has 9 values, expected 4²");
    }

    /** A map of each block, well conditioned: a diagonal that dominates, in units of its own. */
    private static double[][] blockMaps(Random random, int targets, int[] sizes) {
        int d = targets;
        for (int size : sizes) {
            d += size;
        }
        double[][] map = new double[d][d];
        int from = 0;
        for (int b = -1; b < sizes.length; b++) {
            int size = b < 0 ? targets : sizes[b];
            double unit = Math.pow(10, random.nextInt(9) - 4);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    map[from + i][from + j] =
                            unit * (i == j ? 2 * size : 2 * random.nextDouble() - 1);
                }
            }
            from += size;
        }
        return map;
    }

    private static double sum(Atoms atoms) {
        return atoms.unique() + atoms.rest() + atoms.redundant() + atoms.synergistic();
    }

    private static void assertSame(Decomposition actual, Decomposition expected, double tolerance) {
        assertThat(actual.reason()).isNull();
        expected.information()
                .asMap()
                .forEach(
                        (name, value) ->
                                assertThat(actual.information().get(name))
                                        .as(name)
                                        .isCloseTo(value, within(tolerance)));
        expected.pairs()
                .forEach(
                        (name, atoms) ->
                                assertAtoms(
                                        name,
                                        actual.pairs().get(name),
                                        new double[] {
                                            atoms.unique(),
                                            atoms.rest(),
                                            atoms.redundant(),
                                            atoms.synergistic()
                                        },
                                        tolerance));
        expected.atoms()
                .forEach(
                        (name, atoms) ->
                                assertThat(actual.atoms().get(name).redundant())
                                        .as(name)
                                        .isCloseTo(atoms.redundant(), within(tolerance)));
    }

    private static void assertAtoms(String name, Atoms actual, double[] expected) {
        assertAtoms(name, actual, expected, 1e-9);
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

    private static Atoms exact(double[] covariance, int targets, int[] sizes) {
        return decompose(covariance, targets, sizes, EXACT, PidDefinition.MMI).atoms().get("a");
    }

    private static Decomposition decompose(
            double[] covariance, int targets, int[] sizes, double n, PidDefinition definition) {
        return GaussianPid.decompose(
                covariance, targets, NAMES.subList(0, sizes.length), sizes, n, definition);
    }

    private static List<JsonNode> reference() throws IOException {
        try (InputStream in =
                VectorTargetTest.class.getResourceAsStream("/pid/reference-vector.jsonl")) {
            List<JsonNode> cases = new ArrayList<>();
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                cases.add(JSON.readTree(line));
            }
            return cases;
        }
    }
}
