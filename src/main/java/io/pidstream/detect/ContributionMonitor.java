package io.pidstream.detect;

import io.pidstream.event.BlockStatistics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Monitors which modalities the information about the target comes from, for one asset or a fleet.
 *
 * <p>Not thread-safe.
 */
public final class ContributionMonitor {
    /** Number of blocks that are searched for a change. */
    private static final int CAPACITY = 64;

    /** A block's deviation is clipped to this many standard deviations. */
    private static final double CLIP = 4;

    private final Contributions columns;
    private final ShiftMonitor monitor;
    private final double smallestShift;
    private Shift shift;

    /**
     * A monitor without history.
     *
     * @param modalities number of modalities, 2 to 6
     * @param smallestShift smallest shift that is reported, as a share of the total information
     */
    public ContributionMonitor(int modalities, double smallestShift) {
        columns = new Contributions(modalities);
        monitor = new ShiftMonitor(columns.tested(), columns.tracked(), false, CAPACITY, CLIP);
        this.smallestShift = smallestShift;
    }

    /**
     * Takes the next block; skips it if its information is undefined.
     *
     * @param logThreshold log of the mean number of blocks to a false alarm
     */
    public ShiftMonitor.Step accept(BlockStatistics block, double logThreshold) {
        if (!block.isDefined()) {
            return ShiftMonitor.Step.NOTHING;
        }
        ShiftMonitor.Step step =
                monitor.accept(
                        block.start(), block.end(), columns.of(block), logThreshold, this::matters);
        if (step == ShiftMonitor.Step.OPENED) {
            shift = Shift.of(columns, monitor.before(), monitor.after());
        }
        return step;
    }

    /** Takes the next block, for experiments: returns whether it opened a shift. */
    public boolean opens(BlockStatistics block, double logThreshold) {
        return accept(block, logThreshold) == ShiftMonitor.Step.OPENED;
    }

    /** Whether a Shapley value or a share has moved by at least the smallest reported shift. */
    private boolean matters(Sample before, Sample after) {
        int all = columns.information(columns.all());
        double known = Math.max(before.mean(all), after.mean(all));
        for (int m = 0; m < columns.modalities(); m++) {
            double bits = after.mean(columns.shapley(m)) - before.mean(columns.shapley(m));
            double share = after.mean(columns.share(m)) - before.mean(columns.share(m));
            if (Math.abs(bits) >= smallestShift * known || Math.abs(share) >= smallestShift) {
                return true;
            }
        }
        return false;
    }

    /** The newest shift; null before the first. */
    public Shift shift() {
        return shift;
    }

    /** Index of the modality that the newest shift names. */
    public int named() {
        return shift.modality();
    }

    /** Whether that modality contributes more than before. */
    public boolean isUp() {
        return shift.up();
    }

    /** Start of the first block of the open shift, milliseconds. */
    public long changeTime() {
        return monitor.rows().get(monitor.change()).start();
    }

    /** Log of the detector at the newest test. */
    public double evidence() {
        return monitor.evidence();
    }

    public ShiftMonitor monitor() {
        return monitor;
    }

    public Contributions columns() {
        return columns;
    }

    public void writeTo(DataOutput out) throws IOException {
        monitor.writeTo(out);
        out.writeBoolean(shift != null);
        if (shift != null) {
            out.writeByte(shift.modality());
            out.writeBoolean(shift.up());
            out.writeByte(shift.cause().ordinal());
        }
    }

    public ContributionMonitor readFrom(DataInput in) throws IOException {
        monitor.readFrom(in);
        if (in.readBoolean()) {
            shift = new Shift(in.readByte(), in.readBoolean(), Shift.Cause.values()[in.readByte()]);
        }
        return this;
    }
}
