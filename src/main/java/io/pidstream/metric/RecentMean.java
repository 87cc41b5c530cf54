package io.pidstream.metric;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The mean of the values so far; from {@code memory} values on, older ones weigh less and less. One
 * thread adds, others read.
 *
 * <pre>
 * n ← min(n + 1, memory),  mean ← mean + (value − mean) / n
 * </pre>
 */
public final class RecentMean {
    private final int memory;
    private int n;
    private double mean;

    /**
     * Opaque rather than volatile: a fence per record would wait for all that was written before.
     */
    private final AtomicLong shown = new AtomicLong(Double.doubleToRawLongBits(Double.NaN));

    RecentMean(int memory) {
        if (memory < 1) {
            throw new IllegalArgumentException("memory is " + memory + "; expected at least 1");
        }
        this.memory = memory;
    }

    /** Adds a value; one that is not a finite number is left out. */
    public void add(double value) {
        if (Double.isFinite(value)) {
            n = Math.min(n + 1, memory);
            mean += (value - mean) / n;
            shown.setOpaque(Double.doubleToRawLongBits(mean));
        }
    }

    /** NaN before there was a value. */
    public double get() {
        return Double.longBitsToDouble(shown.getOpaque());
    }
}
