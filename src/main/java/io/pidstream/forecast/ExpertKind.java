package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.IOException;

/**
 * A kind of experts. A learner has one group of every kind that applies to its settings, in the
 * order of {@link ExpertKinds}; the weights of all experts lie side by side in that order.
 */
interface ExpertKind {
    /** Name and version of what a group writes; the name identifies the kind in state, for ever. */
    Part part();

    /** Whether a learner of these settings has such a group. */
    boolean appliesTo(LearnerSettings settings);

    /** Number of experts of a group. */
    int size(LearnerSettings settings);

    /** A group that has learned nothing. */
    ExpertGroup create(LearnerSettings settings, FeatureLayout layout);

    /**
     * Reads what {@link ExpertGroup#writeTo} wrote; what the group does from there on is the same
     * bit for bit.
     */
    ExpertGroup read(
            DataInput in, Versions versions, LearnerSettings settings, FeatureLayout layout)
            throws IOException;
}
