package io.pidstream.train;

import io.pidstream.testing.StateSamples;

/** Samples of the state of training. */
public final class TrainSamples {
    private TrainSamples() {}

    public static void add(StateSamples samples) {
        ReplayBuffer buffer =
                new ReplayBuffer(new ReplayBuffer.Layout("a[a0], target [y]", 3, 2, 7));
        for (int i = 0; i < 9; i++) {
            buffer.add(Samples.row("press-" + i % 2, i * 1000L));
        }
        Triggers triggers = new Triggers(5);
        for (int i = 0; i < 6; i++) {
            triggers.labelled(0);
        }
        samples.with(ReplayBuffer.FORMAT, buffer).with(Triggers.FORMAT, triggers, new Triggers(3));
    }
}
