package io.pidstream.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The distribution of the recent values of a target, from two quantile sketches that take turns:
 * when the newer one holds {@code rotation} samples it becomes the older one, and what the older
 * one held is forgotten. So the last {@code rotation} to 2 · {@code rotation} samples count.
 *
 * <p>Nothing is random: the same samples in the same order give the same state. Not thread-safe.
 */
public final class TargetQuantiles {
    private static final byte VERSION = 1;

    private final long rotation;
    private QuantileSketch older = new QuantileSketch();
    private QuantileSketch newer = new QuantileSketch();

    /**
     * Quantiles of no samples.
     *
     * @param rotation number of samples after which the sketches take turns, at least 1
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
     * Adds the samples of other quantiles, older to older and newer to newer; the other ones stay
     * as they are.
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

    /** Number of samples that count now. */
    public long count() {
        return older.count() + newer.count();
    }

    /**
     * The map to normal scores as of now; it does not change when more samples come.
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
     * Reads what {@link #writeTo} wrote; what is added later gives the same result as if it had
     * never been written.
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
