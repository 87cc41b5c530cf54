package io.pidstream.forecast;

import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The solved experts for one presence pattern. They are kept over several labels, so they are part
 * of the state: a restored learner must continue with the same ones.
 */
final class SolvedPattern {
    private final ModalitySet part;
    private final ConditionalMean[] experts;

    /** Number of samples containing the subset when each expert was solved. */
    private final long[] samples;

    /**
     * @param part subset of the pattern to condition on
     * @param experts number of experts
     */
    SolvedPattern(ModalitySet part, int experts) {
        this.part = part;
        this.experts = new ConditionalMean[experts];
        samples = new long[experts];
    }

    ModalitySet part() {
        return part;
    }

    /** One per half-life. */
    ConditionalMean[] experts() {
        return experts;
    }

    boolean has(int expert) {
        return experts[expert] != null;
    }

    /** Number of samples containing the subset when this expert was solved. */
    long samples(int expert) {
        return samples[expert];
    }

    void set(int expert, ConditionalMean solved, long seen) {
        experts[expert] = solved;
        samples[expert] = seen;
    }

    /** Writes the subset, then every expert. */
    void writeTo(DataOutput out) throws IOException {
        out.writeInt(part.bits());
        for (int k = 0; k < experts.length; k++) {
            out.writeLong(samples[k]);
            experts[k].writeTo(out);
        }
    }

    static SolvedPattern readFrom(DataInput in, FeatureLayout layout, int experts)
            throws IOException {
        SolvedPattern pattern = new SolvedPattern(new ModalitySet(in.readInt()), experts);
        int[] indices = layout.indices(pattern.part);
        for (int k = 0; k < experts; k++) {
            long seen = in.readLong();
            pattern.set(k, ConditionalMean.readFrom(in, layout, indices), seen);
        }
        return pattern;
    }
}
