package io.pidstream.metric;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The mean of the values so far; after {@code memory} values, exponentially weighted. One thread
 * adds, others read.
 *
 * <pre>
 * n ← min(n + 1, memory),  mean ← mean + (value − mean) / n
 * </pre>
 */
public final class RecentMean {
    private final int memory;
    private int n;
    private double mean;

    /** Opaque rather than volatile, to avoid a memory fence per record. */
    private final AtomicLong shown = new AtomicLong(Double.doubleToRawLongBits(Double.NaN));

    RecentMean(int memory) {
        if (memory < 1) {
            throw new IllegalArgumentException("memory is " + memory + "; expected at least 1");
        }
        this.memory = memory;
    }

    /** Adds a value; ignored unless finite. */
    public void add(double value) {
        if (Double.isFinite(value)) {
            n = Math.min(n + 1, memory);
            mean += (value - mean) / n;
            shown.setOpaque(Double.doubleToRawLongBits(mean));
        }
    }

    /** The mean; NaN before the first value. */
    public double get() {
        return Double.longBitsToDouble(shown.getOpaque());
    }
}
