package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RedundancyLatticeTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");
    private static final double EXACT = Double.POSITIVE_INFINITY;

    /** From the bottom, by hand (Williams &amp; Beer 2010, figure 2). */
    private static final List<String> NODES =
            List.of(
                    "{a}{b}{c}",
                    "{a}{b}",
                    "{a}{c}",
                    "{b}{c}",
                    "{c}{a+b}",
                    "{b}{a+c}",
                    "{a}{b+c}",
                    "{a}",
                    "{b}",
                    "{c}",
                    "{a+b}{a+c}{b+c}",
                    "{a+b}{a+c}",
                    "{a+b}{b+c}",
                    "{a+c}{b+c}",
                    "{a+b}",
                    "{a+c}",
                    "{b+c}",
                    "{a+b+c}");

    @Test
    void namesTheEighteenNodesFromTheBottomToTheTop() {
        Map<String, Double> lattice = decompose(new Random(1), new int[] {1, 2, 1}).lattice();
        assertThat(lattice.keySet()).containsExactlyInAnyOrderElementsOf(NODES);
        List<String> order = new ArrayList<>(lattice.keySet());
        for (String lower : NODES) {
            for (String upper : NODES) {
                if (isBelow(lower, upper)) {
                    assertThat(order.indexOf(lower)).isLessThan(order.indexOf(upper));
                }
            }
        }
    }

    @Test
    void splitsThreeNoisyCopiesOfATargetAsByHand() {
        // Copies in independent noise of variance 1, 1/2 and 1/4: precisions 1, 2 and 4.
        double[] covariance = {1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1.5, 1, 1, 1, 1, 1.25};
        Map<String, Double> lattice =
                GaussianPid.decompose(
                                covariance,
                                NAMES.subList(0, 3),
                                new int[] {1, 1, 1},
                                EXACT,
                                PidDefinition.MMI)
                        .lattice();
        // I = ½ log₂(1 + precision): a 2, b 3, a+b 4, c 5, a+c 6, b+c 7, all 8.
        Map<String, Double> expected = new LinkedHashMap<>();
        expected.put("{a}{b}{c}", bits(2, 1));
        expected.put("{b}{c}", bits(3, 2));
        expected.put("{c}{a+b}", bits(4, 3));
        expected.put("{c}", bits(5, 4));
        expected.put("{a+c}{b+c}", bits(6, 5));
        expected.put("{b+c}", bits(7, 6));
        expected.put("{a+b+c}", bits(8, 7));
        lattice.forEach(
                (name, value) ->
                        assertThat(value)
                                .as(name)
                                .isCloseTo(expected.getOrDefault(name, 0.0), within(1e-14)));
    }

    private static double bits(double upper, double lower) {
        return 0.5 * Math.log(upper / lower) / Math.log(2);
    }

    @Property(tries = 200, seed = "1")
    void isTheMoebiusInversionOfTheLeastInformation(@ForAll long seed) {
        Random random = new Random(seed);
        Decomposition result =
                decompose(
                        random,
                        new int[] {
                            1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(3)
                        });
        Map<String, Double> parts = result.lattice();
        for (String node : NODES) {
            double cumulated = parts.get(node);
            for (String lower : NODES) {
                if (isBelow(lower, node)) {
                    cumulated += parts.get(lower);
                }
            }
            double least =
                    sources(node).stream()
                            .mapToDouble(result.information()::get)
                            .min()
                            .orElseThrow();
            assertThat(cumulated).as(node).isCloseTo(least, within(1e-12));
            assertThat(parts.get(node)).as(node).isNotNegative();
        }
        assertThat(parts.values().stream().mapToDouble(v -> v).sum())
                .isCloseTo(result.information().all(), within(1e-12));
        // What the lattice says about a against b and c as one: {a} and all that a shares.
        assertThat(parts.get("{a}")).isCloseTo(result.atoms().get("a").unique(), within(1e-12));
    }

    @Test
    void isThereForThreeModalitiesAScalarTargetAndMinimumInformationOnly() {
        Random random = new Random(4);
        assertThat(decompose(random, new int[] {1, 1}).lattice()).isEmpty();
        assertThat(decompose(random, new int[] {1, 1, 1, 1}).lattice()).isEmpty();
        assertThat(
                        GaussianPid.decompose(
                                        Covariances.random(random, 4),
                                        NAMES.subList(0, 3),
                                        new int[] {1, 1, 1},
                                        EXACT,
                                        PidDefinition.IDEP)
                                .lattice())
                .isEmpty();
    }

    @Property(tries = 200, seed = "1")
    void everyPairIsDecomposedAsIfTheOthersWereNotThere(
            @ForAll long seed,
            @ForAll PidDefinition definition,
            @ForAll @IntRange(min = 2, max = 6) int k,
            @ForAll @IntRange(min = 1, max = 3) int targets) {
        Random random = new Random(seed);
        int[] sizes = new int[k];
        int d = targets;
        for (int m = 0; m < k; m++) {
            sizes[m] = 1 + random.nextInt(3);
            d += sizes[m];
        }
        double[] covariance = Covariances.random(random, d);
        Decomposition all =
                GaussianPid.decompose(
                        covariance, targets, NAMES.subList(0, k), sizes, EXACT, definition);
        assertThat(all.pairs()).hasSize(k * (k - 1) / 2);
        int first = random.nextInt(k - 1);
        int second = first + 1 + random.nextInt(k - 1 - first);
        double[][] selection = new double[targets + sizes[first] + sizes[second]][d];
        int row = 0;
        for (int t = 0; t < targets; t++) {
            selection[row][row++] = 1;
        }
        for (int m : new int[] {first, second}) {
            int from = targets + Arrays.stream(sizes, 0, m).sum();
            for (int c = 0; c < sizes[m]; c++) {
                selection[row++][from + c] = 1;
            }
        }
        Atoms alone =
                GaussianPid.decompose(
                                Covariances.mapped(selection, covariance),
                                targets,
                                List.of(NAMES.get(first), NAMES.get(second)),
                                new int[] {sizes[first], sizes[second]},
                                EXACT,
                                definition)
                        .atoms()
                        .get(NAMES.get(first));
        Atoms pair = all.pairs().get(NAMES.get(first) + "+" + NAMES.get(second));
        assertThat(pair.unique()).isCloseTo(alone.unique(), within(1e-12));
        assertThat(pair.rest()).isCloseTo(alone.rest(), within(1e-12));
        assertThat(pair.redundant()).isCloseTo(alone.redundant(), within(1e-12));
        assertThat(pair.synergistic()).isCloseTo(alone.synergistic(), within(1e-12));
    }

    private static List<String> sources(String node) {
        return List.of(node.substring(1, node.length() - 1).split("\\}\\{", -1));
    }

    private static boolean isBelow(String lower, String upper) {
        if (lower.equals(upper)) {
            return false;
        }
        for (String source : sources(upper)) {
            if (sources(lower).stream()
                    .noneMatch(part -> modalities(source).containsAll(modalities(part)))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> modalities(String source) {
        return List.of(source.split("\\+", -1));
    }

    private static Decomposition decompose(Random random, int[] sizes) {
        int d = 1 + Arrays.stream(sizes).sum();
        return GaussianPid.decompose(
                Covariances.random(random, d),
                NAMES.subList(0, sizes.length),
                sizes,
                EXACT,
                PidDefinition.MMI);
    }
}
