package io.pidstream.pid;

import io.pidstream.stats.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@link SerialDependence} of one or several targets on the same channels; the target with the
 * fewest effective rows decides. Not thread-safe.
 */
public final class DependencePerTarget {
    private final List<SerialDependence> found;

    /**
     * An estimate without blocks.
     *
     * @param targets number of targets, at least 1
     * @param halfLifeMillis as of {@link SerialDependence#SerialDependence(long)}
     */
    public DependencePerTarget(int targets, long halfLifeMillis) {
        this(new ArrayList<>());
        if (targets < 1) {
            throw new IllegalArgumentException("number of targets is " + targets);
        }
        for (int t = 0; t < targets; t++) {
            found.add(new SerialDependence(halfLifeMillis));
        }
    }

    private DependencePerTarget(List<SerialDependence> found) {
        this.found = found;
    }

    /**
     * Adds a block; see {@link SerialDependence#add}.
     *
     * @param block moments of the block's samples, [targets, channels]
     * @param reference moments of this block and the blocks before it, as of the same time
     */
    public void add(Moments block, Moments reference) {
        for (int t = 0; t < found.size(); t++) {
            found.get(t).add(ofTarget(block, t), ofTarget(reference, t));
        }
    }

    private Moments ofTarget(Moments moments, int target) {
        int targets = found.size();
        if (targets == 1) {
            return moments;
        }
        int[] indices = new int[1 + moments.dimension() - targets];
        indices[0] = target;
        for (int i = 1; i < indices.length; i++) {
            indices[i] = targets + i - 1;
        }
        return moments.marginal(indices);
    }

    /** The largest number of informative blocks over the targets. */
    public long blocks() {
        return found.stream().mapToLong(SerialDependence::blocks).max().orElse(0);
    }

    /** Number of samples that count as one; 1 without informative blocks. */
    public double inflation() {
        double inflation = 1;
        for (SerialDependence ofTarget : found) {
            if (ofTarget.blocks() > 0) {
                inflation = Math.max(inflation, ofTarget.inflation());
            }
        }
        return inflation;
    }

    /** Writes the state. */
    public void writeTo(DataOutput out) throws IOException {
        for (SerialDependence ofTarget : found) {
            ofTarget.writeTo(out);
        }
    }

    /**
     * Reads what {@link #writeTo} wrote, bit for bit.
     *
     * @throws IOException if the format version is not known or the input ends early
     */
    public static DependencePerTarget readFrom(DataInput in, int targets) throws IOException {
        List<SerialDependence> found = new ArrayList<>(targets);
        for (int t = 0; t < targets; t++) {
            found.add(SerialDependence.readFrom(in));
        }
        return new DependencePerTarget(found);
    }
}
