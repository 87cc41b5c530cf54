package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.stats.Moments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SerialDependenceTest {
    private static final int BLOCK = 200;
    private static final int BLOCKS = 100;

    @Test
    void independentRowsCountInFull() {
        for (double strength : new double[] {0, 1}) {
            SerialDependence dependence = of(0, strength, 1);
            // Four channels: a block's ratio has deviation √(2/4), or up to √2 with one.
            assertThat(dependence.inflation()).isBetween(1.0, 1 + 3.3 * Math.sqrt(2.0 / BLOCKS));
            assertThat(dependence.blocks()).isEqualTo(BLOCKS - 1);
        }
    }

    @Test
    void findsTheInflationOfAutoregressions() {
        double memory = 0.8;
        double truth = (1 + memory * memory) / (1 - memory * memory);
        for (double strength : new double[] {0, 1}) {
            double found = of(memory, strength, 2).inflation();
            assertThat(found).isCloseTo(truth, within(3.3 * truth * Math.sqrt(2.0 / BLOCKS)));
        }
        assertThat(of(memory, 1, 2).effectiveSamples(1000))
                .isEqualTo(1000 / of(memory, 1, 2).inflation());
    }

    @Test
    void unitsDoNotMatter() {
        SerialDependence plain = new SerialDependence(Moments.NO_DECAY);
        SerialDependence scaled = new SerialDependence(Moments.NO_DECAY);
        feed(plain, 0.5, 1, 3, 1, 0);
        feed(scaled, 0.5, 1, 3, 1e6, 1e7);
        assertThat(scaled.inflation()).isCloseTo(plain.inflation(), within(1e-6));
    }

    @Test
    void goesOnAfterARestoreAndMerges() throws IOException {
        SerialDependence one = of(0.5, 1, 4);
        SerialDependence two = of(0.5, 1, 5);
        assertThat(restored(one)).isEqualTo(one).hasSameHashCodeAs(one);
        double both = 0.5 * (one.inflation() + two.inflation());
        one.merge(restored(two));
        assertThat(one.blocks()).isEqualTo(2 * (BLOCKS - 1));
        assertThat(one.inflation()).isCloseTo(both, within(0.01));
        assertThat(one).isNotEqualTo(two);
    }

    private static SerialDependence restored(SerialDependence from) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        from.writeTo(new DataOutputStream(bytes));
        return SerialDependence.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void passesOverBlocksThatTellNothing() {
        SerialDependence dependence = new SerialDependence(Moments.NO_DECAY);
        Moments block = new Moments(2, Moments.NO_DECAY);
        for (int i = 0; i < 10; i++) {
            block.add(new double[] {i, i * i}, i);
        }
        dependence.add(block, block);
        assertThat(dependence.blocks()).isZero();
        Moments constant = new Moments(2, Moments.NO_DECAY);
        for (int i = 0; i < 100; i++) {
            constant.add(new double[] {1, i}, i);
        }
        dependence.add(block, constant);
        assertThat(dependence.blocks()).isZero();
        assertThatThrownBy(dependence::inflation).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> dependence.add(block, new Moments(3, Moments.NO_DECAY)))
                .hasMessageContaining("dimension 2, its reference 3");
    }

    @Test
    void refusesAnUnknownFormat() {
        assertThatThrownBy(
                        () ->
                                SerialDependence.readFrom(
                                        new DataInputStream(
                                                new ByteArrayInputStream(new byte[] {9}))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }

    private static SerialDependence of(double memory, double strength, long seed) {
        SerialDependence dependence = new SerialDependence(Moments.NO_DECAY);
        feed(dependence, memory, strength, seed, 1, 0);
        return dependence;
    }

    /** Autoregressive channels and noise; the target hears the first channel. */
    private static void feed(
            SerialDependence dependence,
            double memory,
            double strength,
            long seed,
            double unit,
            double level) {
        Random random = new Random(seed);
        double fresh = Math.sqrt(1 - memory * memory);
        double[] z = random.doubles(5, -1, 1).toArray();
        double[] row = new double[5];
        Moments rolling = new Moments(5, Moments.NO_DECAY);
        for (int b = 0; b < BLOCKS; b++) {
            Moments block = new Moments(5, Moments.NO_DECAY);
            for (int r = 0; r < BLOCK; r++) {
                for (int i = 0; i < z.length; i++) {
                    z[i] = memory * z[i] + fresh * random.nextGaussian();
                }
                for (int i = 1; i < z.length; i++) {
                    row[i] = level + unit * z[i];
                }
                row[0] = level + unit * (z[0] + strength * z[1]);
                block.add(row, b);
            }
            rolling.merge(block);
            dependence.add(block, rolling);
        }
    }
}
