package io.pidstream.detect;

import io.pidstream.event.BlockStatistics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Watches where the knowledge about the target of one asset, or of a fleet, comes from.
 *
 * <p>Not thread-safe.
 */
public final class ContributionMonitor {
    /** Blocks among which a change is looked for. */
    private static final int CAPACITY = 64;

    /** One block counts as no more than this many deviations, whatever it shows. */
    private static final double CLIP = 4;

    private final Contributions columns;
    private final ShiftMonitor monitor;
    private final double smallestShift;
    private Shift shift;

    /**
     * A monitor that knows nothing yet.
     *
     * @param modalities their number, 2 to 6
     * @param smallestShift share of what is known that must have moved to be told
     */
    public ContributionMonitor(int modalities, double smallestShift) {
        columns = new Contributions(modalities);
        monitor = new ShiftMonitor(columns.tested(), columns.tracked(), false, CAPACITY, CLIP);
        this.smallestShift = smallestShift;
    }

    /**
     * Takes the next block; one without informations is passed over.
     *
     * @param logThreshold ln of the mean number of blocks to a false alarm
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

    /**
     * Takes the next block, for experiments: says whether a shift opened with it, and forgets all
     * it knows if one did.
     */
    public boolean opens(BlockStatistics block, double logThreshold) {
        return accept(block, logThreshold) == ShiftMonitor.Step.OPENED;
    }

    /** Whether a Shapley value or a share has moved by so much of what is known. */
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

    /** What has shifted, when a shift opened; null before any. */
    public Shift shift() {
        return shift;
    }

    /** Number of the modality that is named, when a shift opened. */
    public int named() {
        return shift.modality();
    }

    /** Whether that modality contributes more than before. */
    public boolean isUp() {
        return shift.up();
    }

    /** Start of the block with which the open shift began, milliseconds. */
    public long changeTime() {
        return monitor.rows().get(monitor.change()).start();
    }

    /** ln of the detector, as of the newest test. */
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
