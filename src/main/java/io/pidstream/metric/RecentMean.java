package io.pidstream.metric;

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
    private volatile double shown = Double.NaN;

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
            shown = mean;
        }
    }

    /** NaN before there was a value. */
    public double get() {
        return shown;
    }
}
