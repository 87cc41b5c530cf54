package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.IOException;

/**
 * A kind of expert. A learner has one group of every kind that applies to its settings, in the
 * order of {@link ExpertKinds}; the weights of all experts have the same order.
 */
interface ExpertKind {
    /**
     * Name and version of what a group writes; the name identifies the kind in state and must never
     * change.
     */
    Part part();

    /** Whether a learner of these settings has such a group. */
    boolean appliesTo(LearnerSettings settings);

    /** Number of experts of a group. */
    int size(LearnerSettings settings);

    /** A group without history. */
    ExpertGroup create(LearnerSettings settings, FeatureLayout layout);

    /**
     * Reads what {@link ExpertGroup#writeTo} wrote; its further behaviour is identical bit for bit.
     */
    ExpertGroup read(
            DataInput in, Versions versions, LearnerSettings settings, FeatureLayout layout)
            throws IOException;
}
