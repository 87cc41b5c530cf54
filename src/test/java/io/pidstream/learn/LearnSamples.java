package io.pidstream.learn;

import io.pidstream.pid.ModalitySet;
import io.pidstream.testing.StateSamples;

/** Samples of the state of the learners' stage. */
public final class LearnSamples {
    private LearnSamples() {}

    public static void add(StateSamples samples) {
        BlockRecorder block = new BlockRecorder(2, 2, 1);
        for (int i = 0; i < 7; i++) {
            block.add(
                    "press-1",
                    i,
                    i % 3 == 0 ? ModalitySet.of(0) : ModalitySet.all(2),
                    new double[] {i, i % 3 == 0 ? Double.NaN : i * i},
                    new double[] {i},
                    new double[] {i + 0.5});
        }
        samples.with(BlockRecorder.FORMAT, block);
    }
}
