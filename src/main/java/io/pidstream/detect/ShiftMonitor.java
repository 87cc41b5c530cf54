package io.pidstream.detect;

import io.pidstream.format.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Watches some statistics of one asset block by block: learns what is usual, finds a shift, freezes
 * the reference until the shift is over, and begins again.
 *
 * <p>A shift is over when {@value #CALM_BLOCKS} blocks in a row were nearer to before than to
 * after: then the frozen reference is in force again. Or when it has lasted {@value
 * #SETTLED_BLOCKS} blocks: then they are the new reference.
 */
public final class ShiftMonitor {
    public static final Part PART = Part.of("detect/shift-monitor", 1, BlockWindow.PART);

    static final int CALM_BLOCKS = 3;
    public static final int SETTLED_BLOCKS = 40;

    /** Blocks before the earliest change that can be found. */
    static final int LEAST_REFERENCE = 8;

    /** What a block led to. */
    public enum Step {
        NOTHING,
        OPENED,
        /** It is as it was before. */
        RETURNED,
        /** It has stayed as it has become. */
        SETTLED
    }

    /** Decides whether a shift that is certain is also large enough to tell somebody. */
    public interface Gate {
        /**
         * @param before tested statistics, then the others, before the change
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
     * @param tested statistics that are tested
     * @param tracked further ones, kept along with them
     * @param all whether a shift is one only where all tested statistics shift
     * @param capacity blocks among which a change is looked for
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
     * @param statistics those tested, which are finite, then the others
     * @param logThreshold ln of the mean number of blocks to a false alarm
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

    /** Ends an open shift; see {@link Step}. To be called after the step has been told. */
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

    /** What that was compared with. */
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

    /** Blocks around the open shift, the statistics as they were accepted. */
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

    /** Index in {@link #rows()} of the block with which the open shift began. */
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

    /** Reads state into a monitor of the same shape. */
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
