package io.pidstream.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LeftOutTest {
    /** By definition: cells that differ in the factor are merged, and all labels are averaged. */
    @Test
    void isTheMeanChangeOfMerging() {
        Random random = new Random(3);
        double[] means = random.doubles(16, -1, 1).toArray();
        int[] counts = random.ints(16, 0, 5).toArray();
        int factor = 4;

        LeftOut leftOut = LeftOut.of(means, counts, 16, factor);

        double[] sums = new double[2];
        int[] labels = new int[2];
        double squares = 0;
        for (int cell = 0; cell < 16; cell++) {
            int other = cell ^ factor;
            int both = counts[cell] + counts[other];
            if (counts[cell] == 0) {
                continue;
            }
            double merged = (counts[cell] * means[cell] + counts[other] * means[other]) / both;
            int side = (cell & factor) == 0 ? 0 : 1;
            sums[side] += counts[cell] * (means[cell] - merged);
            squares += counts[cell] * Math.pow(means[cell] - merged, 2);
            labels[side] += counts[cell];
        }
        assertThat(leftOut.ofZeros()).isCloseTo(sums[0] / labels[0], within(1e-12));
        assertThat(leftOut.ofOnes()).isCloseTo(sums[1] / labels[1], within(1e-12));
        assertThat(leftOut.meanSquare())
                .isCloseTo(squares / (labels[0] + labels[1]), within(1e-12));
    }

    @Test
    void aFactorThatNeverVariesChangesNothing() {
        LeftOut leftOut = LeftOut.of(new double[] {5, 0, 7, 0}, new int[] {3, 0, 2, 0}, 4, 1);

        assertThat(leftOut.ofZeros()).isZero();
        assertThat(leftOut.ofOnes()).isZero();
        assertThat(leftOut.meanSquare()).isZero();
    }
}
