package io.pidstream.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final long HALF_LIFE = 3_600_000;

    record Sample(double[] x, long time) {}

    @Property(tries = 100, seed = "1")
    void countsTheEffectiveSamplesOfPartsAsOfTheWhole(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
        List<Sample> samples = samples(seed, 2, n, 40 * HALF_LIFE);
        Moments whole = learn(samples, 2, HALF_LIFE);
        List<Moments> parts =
                List.of(
                        learn(samples.subList(0, n / 3), 2, HALF_LIFE),
                        learn(samples.subList(n / 3, n / 2), 2, HALF_LIFE),
                        learn(samples.subList(n / 2, n), 2, HALF_LIFE));

        assertThat(Moments.effectiveSamples(parts))
                .isCloseTo(whole.effectiveSamples(), within(1e-12 * n));
        assertThat(Moments.effectiveSamples(List.of())).isZero();
    }

    @Property(tries = 100, seed = "1")
    void equalsTheWeightedMomentsByDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int d,
            @ForAll @IntRange(min = 1, max = 60) int n) {
        List<Sample> samples = samples(seed, d, n, 40 * HALF_LIFE);
        Moments moments = learn(samples, d, HALF_LIFE);
        long asOf = samples.stream().mapToLong(Sample::time).max().orElseThrow();
        double[] w =
                samples.stream()
                        .mapToDouble(s -> Math.pow(2, -(double) (asOf - s.time()) / HALF_LIFE))
                        .toArray();
        double total = 0;
        double squares = 0;
        double[] mean = new double[d];
        for (int k = 0; k < n; k++) {
            total += w[k];
            squares += w[k] * w[k];
            for (int i = 0; i < d; i++) {
                mean[i] += w[k] * samples.get(k).x()[i];
            }
        }
        assertThat(moments.asOf()).isEqualTo(asOf);
        assertThat(moments.count()).isEqualTo(n);
        assertThat(moments.weight()).isCloseTo(total, within(1e-12 * total));
        assertThat(moments.effectiveSamples())
                .isCloseTo(total * total / squares, within(1e-11 * n));
        for (int i = 0; i < d; i++) {
            assertThat(moments.mean(i)).isCloseTo(mean[i] / total, within(1e-11 * 1e3));
            for (int j = 0; j < d; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    double[] x = samples.get(k).x();
                    sum += w[k] * (x[i] - mean[i] / total) * (x[j] - mean[j] / total);
                }
                assertThat(moments.covariance(i, j)).isCloseTo(sum / total, within(1e-9 * 100));
                assertThat(moments.covariance()[i * d + j]).isEqualTo(moments.covariance(i, j));
            }
        }
    }

    @Property(tries = 100, seed = "1")
    void doNotDependOnTheOrderOfArrival(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
        List<Sample> samples = samples(seed, 3, n, 30 * HALF_LIFE);
        List<Sample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(seed + 1));
        assertClose(learn(shuffled, 3, HALF_LIFE), learn(samples, 3, HALF_LIFE));
    }

    @Property(tries = 100, seed = "1")
    void mergedEqualThoseOfAllSamples(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 60) int n,
            @ForAll @IntRange(min = 0, max = 60) int split) {
        List<Sample> samples = samples(seed, 4, n, 30 * HALF_LIFE);
        int cut = Math.min(split, n);
        Moments left = learn(samples.subList(0, cut), 4, HALF_LIFE);
        Moments right = learn(samples.subList(cut, n), 4, HALF_LIFE);
        Moments rightBefore = right.copy();
        left.merge(right);
        assertThat(right).isEqualTo(rightBefore);
        assertClose(left, learn(samples, 4, HALF_LIFE));
    }

    @Property(tries = 50, seed = "1")
    void followAffineMapsOfTheSamples(@ForAll long seed) {
        Random random = new Random(seed);
        List<Sample> samples = samples(seed, 3, 40, 10 * HALF_LIFE);
        double[][] a = new double[2][3];
        for (double[] row : a) {
            for (int j = 0; j < 3; j++) {
                row[j] = random.nextGaussian();
            }
        }
        Moments plain = learn(samples, 3, HALF_LIFE);
        Moments mapped = new Moments(2, HALF_LIFE);
        for (Sample s : samples) {
            mapped.add(new double[] {7 + dot(a[0], s.x()), -5 + dot(a[1], s.x())}, s.time());
        }
        assertThat(mapped.mean(0)).isCloseTo(7 + dot(a[0], plain.mean()), within(1e-9));
        for (int p = 0; p < 2; p++) {
            for (int q = 0; q < 2; q++) {
                double expected = 0;
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        expected += a[p][i] * plain.covariance(i, j) * a[q][j];
                    }
                }
                assertThat(mapped.covariance(p, q)).isCloseTo(expected, within(1e-9 * 100));
            }
        }
    }

    @Property(tries = 50, seed = "1")
    void restoreBitForBit(@ForAll long seed, @ForAll @IntRange(min = 0, max = 20) int n)
            throws IOException {
        Moments moments = learn(samples(seed, 3, n, 30 * HALF_LIFE), 3, HALF_LIFE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        moments.writeTo(new DataOutputStream(bytes));
        Moments restored =
                Moments.readFrom(
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(restored).isEqualTo(moments).hasSameHashCodeAs(moments);
        moments.add(new double[] {1, 2, 3}, 40 * HALF_LIFE);
        assertThat(restored).isNotEqualTo(moments);
        restored.add(new double[] {1, 2, 3}, 40 * HALF_LIFE);
        assertThat(restored).isEqualTo(moments);
    }

    @Test
    void halveTheWeightInAHalfLifeAndNothingElse() {
        Moments moments = new Moments(1, HALF_LIFE);
        moments.add(new double[] {1}, 123);
        moments.add(new double[] {3}, 123);
        assertThat(moments.weight()).isEqualTo(2);
        moments.decayTo(123 + HALF_LIFE);
        assertThat(moments.weight()).isEqualTo(1);
        assertThat(moments.mean(0)).isEqualTo(2);
        assertThat(moments.covariance(0, 0)).isEqualTo(1);
        assertThat(moments.effectiveSamples()).isEqualTo(2);
        moments.decayTo(0);
        assertThat(moments.asOf()).isEqualTo(123 + HALF_LIFE);
    }

    @Test
    void surviveAGapOfTenThousandHalfLives() {
        Moments moments = new Moments(2, HALF_LIFE);
        moments.add(new double[] {1, 2}, 0);
        moments.add(new double[] {2, 5}, 1);
        moments.decayTo(10_000 * HALF_LIFE);
        assertThat(moments.weight()).isZero();
        assertThat(moments.mean(0)).isCloseTo(1.5, within(1e-6));
        assertThat(moments.effectiveSamples()).isCloseTo(2, within(1e-9));
        moments.add(new double[] {-4, 9}, 10_000 * HALF_LIFE);
        assertThat(moments.mean()).containsExactly(-4, 9);
        assertThat(moments.covariance()).containsOnly(0);
        assertThat(moments.effectiveSamples()).isEqualTo(1);
        assertThat(moments.weight()).isEqualTo(1);
        assertThat(moments.count()).isEqualTo(3);
        moments.add(new double[] {100, 100}, 2);
        assertThat(moments.mean()).containsExactly(-4, 9);
        assertThat(moments.count()).isEqualTo(4);
    }

    @Test
    void stayFiniteAtEveryGap() {
        for (long gap = 1; gap < 1200; gap += 7) {
            Moments moments = new Moments(1, 1);
            moments.add(new double[] {3}, 0);
            moments.add(new double[] {4}, 1);
            moments.add(new double[] {5}, gap);
            moments.add(new double[] {6}, gap + 1);
            assertThat(moments.mean(0)).isBetween(3.0, 6.0);
            assertThat(moments.covariance(0, 0)).isBetween(0.0, 9.0);
            assertThat(moments.effectiveSamples()).isBetween(1.0, 4.0);
        }
    }

    @Test
    void takeTheEndOfTimeForAVeryLongGap() {
        Moments moments = new Moments(1, 1);
        moments.add(new double[] {3}, -5);
        moments.decayTo(Long.MAX_VALUE);
        assertThat(moments.weight()).isZero();
        assertThat(moments.mean(0)).isEqualTo(3);
        moments.add(new double[] {4}, Long.MAX_VALUE);
        assertThat(moments.mean(0)).isEqualTo(4);
    }

    @Test
    void neverDecayWithAnInfiniteHalfLife() {
        Moments moments = new Moments(1, Moments.NO_DECAY);
        moments.add(new double[] {1}, -1_000_000_000_000L);
        moments.add(new double[] {2}, 1_000_000_000_000L);
        moments.decayTo(Long.MAX_VALUE);
        assertThat(moments.weight()).isEqualTo(2);
        assertThat(moments.mean(0)).isEqualTo(1.5);
    }

    @Test
    void keepTheVarianceOfSmallDeviationsFromALargeMean() {
        Moments moments = new Moments(1, Moments.NO_DECAY);
        for (double x : new double[] {4, 7, 13, 16}) {
            moments.add(new double[] {1e9 + x}, 0);
        }
        assertThat(moments.covariance(0, 0)).isCloseTo(22.5, within(1e-6));
    }

    @Test
    void selectSomeVariablesInTheOrderAsked() {
        Moments all = learn(samples(5, 4, 30, HALF_LIFE), 4, HALF_LIFE);
        Moments some = all.marginal(new int[] {3, 1});
        assertThat(some.dimension()).isEqualTo(2);
        assertThat(some.mean()).containsExactly(all.mean(3), all.mean(1));
        assertThat(some.covariance())
                .containsExactly(
                        all.covariance(3, 3),
                        all.covariance(3, 1),
                        all.covariance(1, 3),
                        all.covariance(1, 1));
        assertThat(some.weight()).isEqualTo(all.weight());
        assertThat(some.count()).isEqualTo(all.count());
    }

    @Test
    void refuseWhatCannotBeASample() {
        Moments moments = new Moments(2, HALF_LIFE);
        assertThatThrownBy(() -> moments.add(new double[] {1, Double.NaN}, 0))
                .hasMessage("value 1 of the sample is NaN");
        assertThatThrownBy(() -> moments.add(new double[3], 0))
                .hasMessage("sample has 3 values, expected 2");
        assertThatThrownBy(() -> moments.mean(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> moments.merge(new Moments(2, 7)))
                .hasMessageContaining("half-life 7 ms");
        assertThat(moments.count()).isZero();
        assertThat(moments.effectiveSamples()).isZero();
        assertThat(moments.weight()).isZero();
    }

    private static List<Sample> samples(long seed, int d, int n, long span) {
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            double[] x = new double[d];
            double common = random.nextGaussian();
            for (int i = 0; i < d; i++) {
                x[i] = 100 * i + common + random.nextGaussian();
            }
            samples.add(new Sample(x, (long) (random.nextDouble() * span) - span / 3));
        }
        return samples;
    }

    private static Moments learn(List<Sample> samples, int d, long halfLife) {
        Moments moments = new Moments(d, halfLife);
        samples.forEach(s -> moments.add(s.x(), s.time()));
        return moments;
    }

    private static void assertClose(Moments actual, Moments expected) {
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(actual.asOf()).isEqualTo(expected.asOf());
        if (expected.count() == 0) {
            return;
        }
        int d = expected.dimension();
        assertThat(actual.weight()).isCloseTo(expected.weight(), within(1e-9 * expected.weight()));
        assertThat(actual.effectiveSamples())
                .isCloseTo(expected.effectiveSamples(), within(1e-9 * expected.effectiveSamples()));
        for (int i = 0; i < d; i++) {
            assertThat(actual.mean(i))
                    .isCloseTo(expected.mean(i), within(1e-9 * (1 + Math.abs(expected.mean(i)))));
            for (int j = 0; j < d; j++) {
                double size = Math.sqrt(expected.covariance(i, i) * expected.covariance(j, j));
                assertThat(actual.covariance(i, j))
                        .isCloseTo(expected.covariance(i, j), within(1e-9 * (size + 1e-6)));
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
