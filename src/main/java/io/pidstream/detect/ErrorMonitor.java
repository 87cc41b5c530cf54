package io.pidstream.detect;

import io.pidstream.event.BlockStatistics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Watches how far off predictions are: by themselves, and measured by how much the target varies.
 * Both must have grown: a target that swings more widely makes errors larger, one that rests makes
 * them larger beside it, and neither is the model's fault.
 */
public final class ErrorMonitor {
    private static final int CAPACITY = 64;
    private static final double CLIP = 4;

    /** A rise of the root mean square error by less is not worth telling. */
    private static final double LEAST_RISE = 2 * Math.log(1.1);

    /** Column of the mean absolute error. */
    public static final int ABSOLUTE = 2;

    private final ShiftMonitor monitor = new ShiftMonitor(2, 1, true, CAPACITY, CLIP);

    public ShiftMonitor.Step accept(BlockStatistics block, double logThreshold) {
        BlockStatistics.Error error = block.error();
        if (Double.isNaN(error.logSquared())) {
            return ShiftMonitor.Step.NOTHING;
        }
        return monitor.accept(
                block.start(),
                block.end(),
                new double[] {error.logSquared(), error.logRelative(), error.meanAbsolute()},
                logThreshold,
                ErrorMonitor::rose);
    }

    private static boolean rose(Sample before, Sample after) {
        return after.mean(0) - before.mean(0) >= LEAST_RISE
                && after.mean(1) - before.mean(1) >= LEAST_RISE;
    }

    public ShiftMonitor monitor() {
        return monitor;
    }

    public void writeTo(DataOutput out) throws IOException {
        monitor.writeTo(out);
    }

    public ErrorMonitor readFrom(DataInput in) throws IOException {
        monitor.readFrom(in);
        return this;
    }
}
