package io.pidstream.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A mergeable deterministic quantile sketch: levels of at most {@value #CAPACITY} values, where a
 * value of level h represents 2^h samples. When a level is full it is sorted and every second value
 * moves up, alternately the even and the odd ones (Manku, Rajagopalan &amp; Lindsay 1998). Up to
 * {@value #CAPACITY} samples it is exact; beyond that, the rank error is at most log₂(n / {@value
 * #CAPACITY}) / {@value #CAPACITY} of all samples, and usually far less.
 *
 * <p>DataSketches is not used: KLL draws from an unseeded generator, and writing a t-digest
 * compresses it, so later results would depend on when checkpoints were taken; neither can be
 * written on Java 17 without JVM flags.
 */
final class QuantileSketch {
    static final int CAPACITY = 512;

    private static final byte VERSION = 1;

    private final List<Level> levels = new ArrayList<>();
    private long count;

    private static final class Level {
        private final double[] values = new double[CAPACITY];
        private int size;
        private boolean odd;
    }

    /** Adds a finite value. */
    void add(double value) {
        count++;
        add(0, value);
    }

    private void add(int height, double value) {
        Level level = level(height);
        level.values[level.size++] = value;
        if (level.size == CAPACITY) {
            compact(height, level);
        }
    }

    private Level level(int height) {
        while (levels.size() <= height) {
            levels.add(new Level());
        }
        return levels.get(height);
    }

    private void compact(int height, Level level) {
        Arrays.sort(level.values);
        level.size = 0;
        int first = level.odd ? 1 : 0;
        level.odd = !level.odd;
        for (int i = first; i < CAPACITY; i += 2) {
            add(height + 1, level.values[i]);
        }
    }

    /** Adds all samples of another sketch, which is not changed. */
    void merge(QuantileSketch other) {
        if (other == this) {
            throw new IllegalArgumentException("a sketch cannot be merged with itself");
        }
        count += other.count;
        for (int height = 0; height < other.levels.size(); height++) {
            Level level = other.levels.get(height);
            for (int i = 0; i < level.size; i++) {
                add(height, level.values[i]);
            }
        }
    }

    long count() {
        return count;
    }

    /** Ascending values, each representing {@code weight} samples. */
    record Run(double[] values, long weight) {}

    /** Appends the values, one run per level; they represent {@link #count()} samples in total. */
    void collect(List<Run> into) {
        for (int height = 0; height < levels.size(); height++) {
            Level level = levels.get(height);
            double[] values = Arrays.copyOf(level.values, level.size);
            Arrays.sort(values);
            into.add(new Run(values, 1L << height));
        }
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(count);
        out.writeByte(levels.size());
        for (Level level : levels) {
            out.writeBoolean(level.odd);
            out.writeShort(level.size);
            Doubles.write(out, level.values, level.size);
        }
    }

    static QuantileSketch readFrom(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "quantile sketch has format version "
                            + version
                            + ", this code reads "
                            + VERSION);
        }
        QuantileSketch sketch = new QuantileSketch();
        sketch.count = in.readLong();
        int height = in.readUnsignedByte();
        for (int h = 0; h < height; h++) {
            Level level = sketch.level(h);
            level.odd = in.readBoolean();
            level.size = in.readUnsignedShort();
            if (level.size >= CAPACITY) {
                throw new IOException(
                        "level " + h + " of a quantile sketch has " + level.size + " values");
            }
            Doubles.read(in, level.values, level.size);
        }
        return sketch;
    }
}
