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

    /** Whether a learner of these settings has such a group at a level. */
    boolean appliesTo(LearnerSettings settings, Level level);

    /**
     * Whether the experts read channels only, so that a learner of another version takes them over.
     */
    boolean readsChannelsOnly();

    /**
     * Number of experts of a group.
     *
     * @param version of {@link #part} when it was written; a kind may have had fewer experts, which
     *     came first
     */
    int size(LearnerSettings settings, int version);

    /** Number of experts of a group of this program. */
    default int size(LearnerSettings settings) {
        return size(settings, part().version());
    }

    /** A group without history. */
    ExpertGroup create(LearnerSettings settings, FeatureLayout layout);

    /**
     * Reads what {@link ExpertGroup#writeTo} wrote; its further behaviour is identical bit for bit.
     */
    ExpertGroup read(
            DataInput in, Versions versions, LearnerSettings settings, FeatureLayout layout)
            throws IOException;
}
