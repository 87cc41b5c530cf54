package io.pidstream.align;

import io.pidstream.testing.StateSamples;

/** Samples of the state of alignment. */
public final class AlignSamples {
    private AlignSamples() {}

    public static void add(StateSamples samples) {
        OpenSlot mean = new OpenSlot(SlotAggregate.MEAN, 2);
        mean.add(0, 1_000, new double[] {1, Double.NaN});
        mean.add(0, 2_000, new double[] {2, 3});
        OpenSlot emitted = new OpenSlot(SlotAggregate.MEAN, 2);
        emitted.add(1, 1_000, new double[] {4});
        emitted.setEmitted();
        samples.with(new OpenSlotFormat(SlotAggregate.MEAN), mean, emitted);
    }
}
