package io.pidstream.metric;

/** A number that one thread sets and others read. */
public final class Value {
    private volatile double value = Double.NaN;

    public void set(double newest) {
        value = newest;
    }

    /** The value; NaN before it was set. */
    public double get() {
        return value;
    }
}
