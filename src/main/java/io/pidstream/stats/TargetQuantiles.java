package io.pidstream.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The distribution of the recent values of a target, from two rotating quantile sketches: when the
 * newer one holds {@code rotation} samples it becomes the older one, and the former older one is
 * dropped. So it covers the last {@code rotation} to 2 · {@code rotation} samples.
 *
 * <p>Deterministic: the same samples in the same order give the same state. Not thread-safe.
 */
public final class TargetQuantiles {
    private static final byte VERSION = 1;

    private final long rotation;
    private QuantileSketch older = new QuantileSketch();
    private QuantileSketch newer = new QuantileSketch();

    /**
     * Quantiles of no samples.
     *
     * @param rotation number of samples after which the sketches rotate, at least 1
     */
    public TargetQuantiles(long rotation) {
        if (rotation < 1) {
            throw new IllegalArgumentException(
                    "rotation is " + rotation + " samples, must be at least 1");
        }
        this.rotation = rotation;
    }

    /**
     * Adds one value of the target.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public void add(double y) {
        if (!Double.isFinite(y)) {
            throw new IllegalArgumentException("target is " + y);
        }
        newer.add(y);
        rotateWhenFull();
    }

    /**
     * Adds the samples of other quantiles, older to older and newer to newer; the others are not
     * changed.
     *
     * @param other quantiles of the same rotation
     */
    public void merge(TargetQuantiles other) {
        if (other.rotation != rotation) {
            throw new IllegalArgumentException(
                    "cannot merge quantiles of rotation "
                            + other.rotation
                            + " into rotation "
                            + rotation);
        }
        older.merge(other.older);
        newer.merge(other.newer);
        rotateWhenFull();
    }

    private void rotateWhenFull() {
        if (newer.count() >= rotation) {
            older = newer;
            newer = new QuantileSketch();
        }
    }

    /** Number of samples covered. */
    public long count() {
        return older.count() + newer.count();
    }

    /**
     * The current map to normal scores; an immutable snapshot.
     *
     * @throws IllegalStateException without samples
     */
    public NormalScore snapshot() {
        if (count() == 0) {
            throw new IllegalStateException(
                    "no sample of the target yet: there is no map to normal scores");
        }
        List<QuantileSketch.Run> runs = new ArrayList<>();
        older.collect(runs);
        newer.collect(runs);
        return NormalScore.of(runs);
    }

    /** Writes the state. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(rotation);
        older.writeTo(out);
        newer.writeTo(out);
    }

    /**
     * Reads what {@link #writeTo} wrote; further samples give the same results as without the round
     * trip.
     *
     * @throws IOException if the format version is not known or the input ends early
     */
    public static TargetQuantiles readFrom(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "target quantiles have format version "
                            + version
                            + ", this code reads "
                            + VERSION);
        }
        TargetQuantiles quantiles = new TargetQuantiles(in.readLong());
        quantiles.older = QuantileSketch.readFrom(in);
        quantiles.newer = QuantileSketch.readFrom(in);
        return quantiles;
    }
}
