package io.pidstream.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TargetQuantilesTest {
    @Test
    void mapToTheQuantilesOfTheNormalDistribution() {
        // Computed with Python's statistics.NormalDist().inv_cdf.
        double[][] expected = {
            {1e-300, -37.0470962993612},
            {1e-20, -9.262340089798405},
            {1e-09, -5.9978070150076865},
            {0.001, -3.090232306167813},
            {0.07, -1.4757910281791702},
            {0.0750001, -1.4395307645017297},
            {0.25, -0.6744897501960817},
            {0.5, 0.0},
            {0.6, 0.2533471031357998},
            {0.925, 1.439531470938456},
            {0.9251, 1.4402382675279632},
            {0.99, 2.3263478740408408},
            {0.9999999, 5.199337582290662},
        };
        for (double[] pair : expected) {
            assertThat(Normal.quantile(pair[0]))
                    .isCloseTo(pair[1], within(1e-14 * (1 + Math.abs(pair[1]))));
        }
        assertThatThrownBy(() -> Normal.quantile(1)).hasMessageContaining("1.0");
    }

    @Test
    void areExactForFewSamples() {
        TargetQuantiles quantiles = new TargetQuantiles(1000);
        for (int i = 4; i >= 0; i--) {
            quantiles.add(10 * i);
        }
        NormalScore score = quantiles.snapshot();
        for (int i = 0; i < 5; i++) {
            assertThat(score.apply(10 * i)).isEqualTo(Normal.quantile((i + 0.5) / 5));
        }
        assertThat(score.apply(20)).isZero();
        assertThat(score.apply(25)).isCloseTo(0.5 * Normal.quantile(0.7), within(1e-15));
    }

    @Property(tries = 20, seed = "1")
    void makeAnyContinuousTargetNormal(@ForAll long seed) {
        Random random = new Random(seed);
        TargetQuantiles quantiles = new TargetQuantiles(20_000);
        for (int i = 0; i < 20_000; i++) {
            quantiles.add(Math.exp(2 * random.nextGaussian()));
        }
        NormalScore score = quantiles.snapshot();
        assertThat(score.knots()).isBetween(40, 130);
        // What the sketch promises, log2(20,000 / 512) / 512, is 0.0103; sampling adds up to 0.0035
        // (one deviation).
        double tolerance = 0.0138;
        for (double p = 0.02; p < 0.985; p += 0.01) {
            double z = score.apply(Math.exp(2 * Normal.quantile(p)));
            assertThat(z).isBetween(Normal.quantile(p - tolerance), Normal.quantile(p + tolerance));
        }
    }

    @Property(tries = 50, seed = "1")
    void neverDecrease(@ForAll long seed) {
        Random random = new Random(seed);
        TargetQuantiles quantiles = new TargetQuantiles(500);
        int samples = 1 + random.nextInt(1500);
        double grid = random.nextBoolean() ? 0.5 : 1e-9;
        for (int i = 0; i < samples; i++) {
            quantiles.add(Math.rint(random.nextGaussian() / grid) * grid);
        }
        NormalScore score = quantiles.snapshot();
        double before = Double.NEGATIVE_INFINITY;
        for (double y = -20; y <= 20; y += 0.01) {
            double now = score.apply(y);
            assertThat(now).isGreaterThanOrEqualTo(before).isBetween(-8.0, 8.0);
            before = now;
        }
    }

    @Test
    void giveEqualValuesTheMiddleOfTheirRanks() {
        TargetQuantiles quantiles = new TargetQuantiles(100_000);
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            // A capped target: 60 of 100 samples at the cap.
            quantiles.add(random.nextInt(100) < 60 ? 125 : 125 * random.nextDouble());
        }
        NormalScore score = quantiles.snapshot();
        assertThat(score.apply(125)).isCloseTo(Normal.quantile(0.7), within(0.02));
        assertThat(score.apply(120)).isCloseTo(Normal.quantile(0.384), within(0.02));
        assertThat(score.apply(62.5)).isCloseTo(Normal.quantile(0.2), within(0.02));
    }

    @Test
    void goOnAsALineBeyondWhatWasSeen() {
        TargetQuantiles quantiles = new TargetQuantiles(100_000);
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            quantiles.add(random.nextGaussian());
        }
        NormalScore score = quantiles.snapshot();
        assertThat(score.apply(5)).isBetween(3.5, 6.0);
        assertThat(score.apply(-5)).isBetween(-6.0, -3.5);
        assertThat(score.apply(1e300)).isEqualTo(8);
        assertThat(score.apply(Double.NEGATIVE_INFINITY)).isEqualTo(-8);
        assertThatThrownBy(() -> score.apply(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mapAConstantTargetToZero() {
        TargetQuantiles quantiles = new TargetQuantiles(10);
        for (int i = 0; i < 100; i++) {
            quantiles.add(i % 2 == 0 ? 0.0 : -0.0);
        }
        NormalScore score = quantiles.snapshot();
        assertThat(score.isConstant()).isTrue();
        assertThat(score.apply(0)).isZero();
        assertThat(score.apply(7)).isZero();
    }

    @Test
    void takeTheWholeRangeOfDoubles() {
        TargetQuantiles quantiles = new TargetQuantiles(10);
        quantiles.add(-Double.MAX_VALUE);
        quantiles.add(Double.MAX_VALUE);
        quantiles.add(Double.MIN_VALUE);
        quantiles.add(0);
        NormalScore score = quantiles.snapshot();
        assertThat(score.apply(1e308))
                .isBetween(score.apply(Double.MIN_VALUE), score.apply(Double.MAX_VALUE));
        assertThat(score.apply(Double.POSITIVE_INFINITY)).isEqualTo(8);
    }

    @Test
    void forgetWhatIsTwoRotationsOld() {
        TargetQuantiles quantiles = new TargetQuantiles(1000);
        for (int i = 0; i < 2000; i++) {
            quantiles.add(i);
        }
        assertThat(quantiles.count()).isEqualTo(1000);
        for (int i = 0; i < 1500; i++) {
            quantiles.add(1e6 + i);
        }
        assertThat(quantiles.count()).isEqualTo(1500);
        assertThat(quantiles.snapshot().apply(1e6 + 750)).isCloseTo(0, within(0.02));
    }

    @Test
    void areTheSameForTheSameSamples() {
        byte[] first = bytes(learned(7, 50_000));
        assertThat(bytes(learned(7, 50_000))).isEqualTo(first);
    }

    @Test
    void goOnAfterARestoreAsIfNothingHadHappened() throws IOException {
        TargetQuantiles quantiles = new TargetQuantiles(3000);
        TargetQuantiles restored = new TargetQuantiles(3000);
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            double y = random.nextGaussian();
            quantiles.add(y);
            restored.add(y);
            if (i % 97 == 0) {
                restored = TargetQuantiles.readFrom(input(bytes(restored)));
            }
        }
        assertThat(restored.snapshot()).isEqualTo(quantiles.snapshot());
        assertThat(bytes(restored)).isEqualTo(bytes(quantiles));
    }

    @Test
    void mergeTheSamplesOfBoth() {
        TargetQuantiles merged = new TargetQuantiles(100_000);
        TargetQuantiles other = new TargetQuantiles(100_000);
        for (int i = 0; i < 10_000; i++) {
            (i % 2 == 0 ? merged : other).add(i);
        }
        byte[] before = bytes(other);
        merged.merge(other);
        assertThat(bytes(other)).isEqualTo(before);
        assertThat(merged.count()).isEqualTo(10_000);
        NormalScore score = merged.snapshot();
        for (double p = 0.05; p < 1; p += 0.05) {
            assertThat(score.apply(10_000 * p)).isCloseTo(Normal.quantile(p), within(0.05));
        }
        assertThatThrownBy(() -> merged.merge(new TargetQuantiles(5)))
                .hasMessageContaining("rotation 5");
    }

    @Test
    void makeAMapThatRestores() throws IOException {
        NormalScore score = learned(5, 5000).snapshot();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        score.writeTo(new DataOutputStream(bytes));
        assertThat(NormalScore.readFrom(input(bytes.toByteArray())))
                .isEqualTo(score)
                .hasSameHashCodeAs(score);
    }

    @Test
    void refuseWhatIsNotANumberAndAMapOfNothing() {
        TargetQuantiles quantiles = new TargetQuantiles(10);
        assertThatThrownBy(() -> quantiles.add(Double.NaN)).hasMessage("target is NaN");
        assertThatThrownBy(quantiles::snapshot).isInstanceOf(IllegalStateException.class);
    }

    private static TargetQuantiles learned(long seed, int samples) {
        TargetQuantiles quantiles = new TargetQuantiles(4000);
        Random random = new Random(seed);
        for (int i = 0; i < samples; i++) {
            quantiles.add(random.nextGaussian());
        }
        return quantiles;
    }

    private static byte[] bytes(TargetQuantiles quantiles) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            quantiles.writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
