package io.pidstream.detect;

import io.pidstream.event.BlockStatistics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Watches whether a channel still moves: its variance within a block, and its movement from one
 * value to the next, which bounds the entropy that a value adds to the one before. Both must have
 * collapsed. A sensor that is stuck can hide in a modality that makes up for it; here it cannot.
 */
public final class ChannelMonitor {
    private static final int CAPACITY = 12;

    /** By so much: to less than a tenth of the amplitude. */
    private static final double COLLAPSE = Math.log(100);

    /** A channel that repeats its value more often than this rests by nature, such as rain. */
    private static final double RESTING = 0.5;

    private static final double SMALLEST = 1e-30;

    /** Column of the share of values that repeat the one before. */
    private static final int UNCHANGED = 2;

    private final ShiftMonitor monitor =
            new ShiftMonitor(2, 1, true, CAPACITY, Double.POSITIVE_INFINITY);

    /**
     * @param pooled whether the values are of several assets, whose variance is not that of one
     */
    public ShiftMonitor.Step accept(
            BlockStatistics block, int channel, boolean pooled, double logThreshold) {
        BlockStatistics.Channel moved = block.channels().get(channel);
        if (Double.isNaN(moved.movement())) {
            return ShiftMonitor.Step.NOTHING;
        }
        double movement = StrictMath.log(Math.max(SMALLEST, moved.movement()));
        double variance = pooled ? movement : StrictMath.log(Math.max(SMALLEST, moved.variance()));
        return monitor.accept(
                block.start(),
                block.end(),
                new double[] {variance, movement, moved.unchanged()},
                logThreshold,
                ChannelMonitor::froze);
    }

    private static boolean froze(Sample before, Sample after) {
        return before.mean(UNCHANGED) < RESTING
                && before.mean(0) - after.mean(0) >= COLLAPSE
                && before.mean(1) - after.mean(1) >= COLLAPSE;
    }

    public ShiftMonitor monitor() {
        return monitor;
    }

    public void writeTo(DataOutput out) throws IOException {
        monitor.writeTo(out);
    }

    public ChannelMonitor readFrom(DataInput in) throws IOException {
        monitor.readFrom(in);
        return this;
    }
}
