package io.pidstream.detect;

import io.pidstream.format.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Monitors statistics of one asset block by block: learns the reference, detects a shift, freezes
 * the reference until the shift ends, and starts over.
 *
 * <p>A shift ends when {@value #CALM_BLOCKS} consecutive blocks were nearer to the mean before the
 * shift than to the mean after it; then the frozen reference applies again. It also ends after
 * {@value #SETTLED_BLOCKS} blocks; these then become the new reference.
 */
public final class ShiftMonitor {
    public static final Part PART = Part.of("detect/shift-monitor", 1, BlockWindow.PART);

    static final int CALM_BLOCKS = 3;
    public static final int SETTLED_BLOCKS = 40;

    /** Least number of blocks before a change that can be detected. */
    static final int LEAST_REFERENCE = 8;

    /** What a block led to. */
    public enum Step {
        NOTHING,
        OPENED,
        /** The series is back at the reference. */
        RETURNED,
        /** The shift has lasted; the new level is the reference. */
        SETTLED
    }

    /** Decides whether a significant shift is also large enough to report. */
    public interface Gate {
        /**
         * @param before tested statistics, then tracked ones, before the change
         * @param after the same since the change
         */
        boolean matters(Sample before, Sample after);
    }

    private final int tested;
    private final int tracked;
    private final boolean all;
    private final double clip;
    private final Whitener[] whiteners;
    private BlockWindow window;

    private boolean open;
    private int leading;
    private double threshold;
    private double evidence = Double.NEGATIVE_INFINITY;
    private int calm;
    private int sinceOpened;

    /**
     * @param tested number of statistics that are tested
     * @param tracked number of further statistics that are only tracked
     * @param all whether all tested statistics must shift
     * @param capacity number of blocks that are searched for a change
     * @param clip see {@link Whitener}
     */
    public ShiftMonitor(int tested, int tracked, boolean all, int capacity, double clip) {
        this.tested = tested;
        this.tracked = tracked;
        this.all = all;
        this.clip = clip;
        whiteners = new Whitener[tested];
        whiten();
        window = new BlockWindow(2 * tested + tracked, capacity);
    }

    private void whiten() {
        for (int j = 0; j < tested; j++) {
            whiteners[j] = new Whitener(clip);
        }
    }

    /**
     * Takes the next block.
     *
     * @param statistics tested ones, which must be finite, then tracked ones
     * @param logThreshold log of the mean number of blocks to a false alarm
     */
    public Step accept(long start, long end, double[] statistics, double logThreshold, Gate gate) {
        if (open) {
            return acceptOpen(start, end, statistics);
        }
        window.add(start, end, row(statistics));
        ShiftEvidence found = ShiftEvidence.of(window, tested, LEAST_REFERENCE);
        evidence = found.detector(all);
        threshold = logThreshold;
        if (!(evidence >= logThreshold)) {
            return Step.NOTHING;
        }
        int change = found.change(all);
        if (!gate.matters(raw(window.before(change)), raw(window.since(change)))) {
            return Step.NOTHING;
        }
        open = true;
        leading = found.leading();
        calm = 0;
        sinceOpened = 0;
        window.freezeAt(change);
        return Step.OPENED;
    }

    /** [whitened, statistics] */
    private double[] row(double[] statistics) {
        double[] row = new double[2 * tested + tracked];
        for (int j = 0; j < tested; j++) {
            row[j] = whiteners[j].next(statistics[j]);
        }
        System.arraycopy(statistics, 0, row, tested, tested + tracked);
        return row;
    }

    private Step acceptOpen(long start, long end, double[] statistics) {
        double before = before().mean(leading);
        double after = after().mean(leading);
        double[] row = new double[2 * tested + tracked];
        System.arraycopy(statistics, 0, row, 0, tested);
        System.arraycopy(statistics, 0, row, tested, tested + tracked);
        window.add(start, end, row);
        sinceOpened++;
        calm = (statistics[leading] - before) / (after - before) < 0.5 ? calm + 1 : 0;
        if (calm >= CALM_BLOCKS) {
            return Step.RETURNED;
        }
        return sinceOpened >= SETTLED_BLOCKS ? Step.SETTLED : Step.NOTHING;
    }

    /** Ends an open shift; see {@link Step}. Call this after the step has been reported. */
    public void close(Step step) {
        open = false;
        if (step == Step.RETURNED) {
            window.returnToReference();
            for (Whitener whitener : whiteners) {
                whitener.interrupt();
            }
        } else {
            List<BlockWindow.Row> rows = window.forget();
            whiten();
            for (BlockWindow.Row row : rows) {
                double[] statistics = Arrays.copyOfRange(row.values(), tested, row.values().length);
                window.add(row.start(), row.end(), row(statistics));
            }
        }
    }

    public boolean isOpen() {
        return open;
    }

    /** The tested statistic with the most evidence for the open shift. */
    int leading() {
        return leading;
    }

    /** ln M of the newest test. */
    public double evidence() {
        return evidence;
    }

    /** The threshold of the newest test. */
    public double threshold() {
        return threshold;
    }

    /** Statistics before the open shift. */
    public Sample before() {
        return raw(window.before(window.frozenRows()));
    }

    /** Statistics since the open shift began. */
    public Sample after() {
        return raw(window.since(window.frozenRows()));
    }

    private Sample raw(Sample all) {
        return all.from(tested);
    }

    /** ρ of a tested statistic. */
    public double correlation(int statistic) {
        return whiteners[statistic].correlation();
    }

    /** Blocks around the open shift, with the statistics as passed to {@link #accept}. */
    public List<BlockWindow.Row> rows() {
        return IntStream.range(0, window.size())
                .mapToObj(window::row)
                .map(
                        row ->
                                new BlockWindow.Row(
                                        row.start(),
                                        row.end(),
                                        Arrays.copyOfRange(
                                                row.values(), tested, row.values().length)))
                .toList();
    }

    /** Index in {@link #rows()} of the first block of the open shift. */
    public int change() {
        return window.frozenRows();
    }

    public void writeTo(DataOutput out) throws IOException {
        out.writeBoolean(open);
        out.writeInt(leading);
        out.writeDouble(threshold);
        out.writeDouble(evidence);
        out.writeInt(calm);
        out.writeInt(sinceOpened);
        for (Whitener whitener : whiteners) {
            whitener.writeTo(out);
        }
        window.writeTo(out);
    }

    /** Reads state into a monitor of the same dimensions. */
    public ShiftMonitor readFrom(DataInput in) throws IOException {
        open = in.readBoolean();
        leading = in.readInt();
        threshold = in.readDouble();
        evidence = in.readDouble();
        calm = in.readInt();
        sinceOpened = in.readInt();
        for (int j = 0; j < tested; j++) {
            whiteners[j] = Whitener.readFrom(in);
        }
        window = BlockWindow.readFrom(in);
        return this;
    }
}
