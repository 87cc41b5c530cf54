package io.pidstream.benchmark;

import io.pidstream.event.BlockStatistics;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PlainInformation;
import io.pidstream.pid.SubsetValues;
import java.util.List;
import java.util.Random;

/**
 * A simulated stream whose contributions shift at a known block: two modalities of four channels
 * and a target, jointly Gaussian, with rows that depend on each other or not.
 *
 * <p>The target is t = (s + n) / deviation, s the sum of two independent signals, one for each
 * modality, and of a common one that both see; every channel is a mixture of these with noise.
 */
final class ShiftStream {
    static final int CHANNELS = 4;
    static final int BLOCK = 200;
    static final int DIMENSION = 1 + 2 * CHANNELS;

    /** What happens. */
    enum Scenario {
        NONE,
        /** Modality a loses its relation to the target; its own law stays. */
        R1,
        /** Modality b gets three deviations of noise. */
        R2,
        /** The best channels of both are exchanged. */
        R4,
        /** Modality b carries from now on what a carried, and the other way round. */
        SWAP
    }

    private final Random random;
    private final Scenario scenario;
    private final double memory;
    private final long changeBlock;
    private final double[] signals = new double[3 + 2 * CHANNELS + 1];
    private final double[] decoupled = new double[2];
    private long block;

    /** The rows of the newest block, [BLOCK][target, channels]. */
    private final double[][] rows = new double[BLOCK][DIMENSION];

    /**
     * @param memory correlation of a row's signals and noises with those of the row before
     * @param changeBlock first block after the change
     */
    ShiftStream(Scenario scenario, double memory, long changeBlock, long seed) {
        this.scenario = scenario;
        this.memory = memory;
        this.changeBlock = changeBlock;
        random = new Random(seed);
        for (int i = 0; i < signals.length; i++) {
            signals[i] = random.nextGaussian();
        }
        for (int i = 0; i < 2; i++) {
            decoupled[i] = random.nextGaussian();
        }
    }

    /** The next block; its number in hours is its time. */
    BlockStatistics next() {
        boolean changed = scenario != Scenario.NONE && block >= changeBlock;
        for (double[] row : rows) {
            fill(row, changed);
        }
        BlockStatistics statistics = statistics(block++);
        return statistics;
    }

    double[][] rows() {
        return rows;
    }

    private void fill(double[] row, boolean changed) {
        double innovation = Math.sqrt(1 - memory * memory);
        for (int i = 0; i < signals.length; i++) {
            signals[i] = memory * signals[i] + innovation * random.nextGaussian();
        }
        for (int i = 0; i < 2; i++) {
            decoupled[i] = memory * decoupled[i] + innovation * random.nextGaussian();
        }
        // Signal 0 is common to both, 1 is a's and 2 is b's; a's is the larger part of the target.
        row[0] = 0.7 * signals[0] + 0.8 * signals[1] + 0.4 * signals[2] + 0.5 * signals[11];
        for (int c = 0; c < CHANNELS; c++) {
            double quality = 1 - 0.2 * c;
            double common = changed && scenario == Scenario.R1 ? decoupled[0] : signals[0];
            double own = changed && scenario == Scenario.R1 ? decoupled[1] : signals[1];
            row[1 + c] = quality * (0.5 * common + own) + 0.6 * signals[3 + c];
            row[1 + CHANNELS + c] =
                    quality * (0.5 * signals[0] + signals[2]) + 0.6 * signals[7 + c];
        }
        if (changed && scenario == Scenario.R2) {
            for (int c = 0; c < CHANNELS; c++) {
                double deviation = Math.sqrt(1.25 * (1 - 0.2 * c) * (1 - 0.2 * c) + 0.36);
                row[1 + CHANNELS + c] += 3 * deviation * random.nextGaussian();
            }
        }
        if (changed && scenario == Scenario.R4) {
            swap(row, 1, 1 + CHANNELS);
        }
        if (changed && scenario == Scenario.SWAP) {
            for (int c = 0; c < CHANNELS; c++) {
                swap(row, 1 + c, 1 + CHANNELS + c);
            }
        }
    }

    private static void swap(double[] row, int i, int j) {
        double value = row[i];
        row[i] = row[j];
        row[j] = value;
    }

    private BlockStatistics statistics(long number) {
        double[] mean = new double[DIMENSION];
        for (double[] row : rows) {
            for (int i = 0; i < DIMENSION; i++) {
                mean[i] += row[i] / BLOCK;
            }
        }
        double[] covariance = new double[DIMENSION * DIMENSION];
        for (double[] row : rows) {
            for (int i = 0; i < DIMENSION; i++) {
                for (int j = 0; j <= i; j++) {
                    covariance[i * DIMENSION + j] += (row[i] - mean[i]) * (row[j] - mean[j]);
                }
            }
        }
        for (int i = 0; i < DIMENSION; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i * DIMENSION + j] /= BLOCK;
                covariance[j * DIMENSION + i] = covariance[i * DIMENSION + j];
            }
        }
        SubsetValues information =
                PlainInformation.of(
                                covariance,
                                List.of("a", "b"),
                                new int[] {CHANNELS, CHANNELS},
                                BLOCK)
                        .orElseThrow();
        List<Double> bits = ModalitySet.nonEmptySubsets(2).stream().map(information::get).toList();
        long hour = 3_600_000;
        return new BlockStatistics(
                "s",
                0,
                0,
                number * hour,
                (number + 1) * hour - 1,
                (number + 1) * hour,
                BLOCK,
                1,
                BLOCK,
                Double.NaN,
                bits,
                null,
                BlockStatistics.Error.NONE,
                List.of(1.0, 1.0),
                List.of());
    }
}
