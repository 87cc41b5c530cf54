package io.pidstream.forecast;

import java.io.DataOutput;
import java.io.IOException;

/**
 * The part of a learner that belongs to one of its targets.
 *
 * @param <T> the type itself
 */
interface LearnedTarget<T> {
    /**
     * A warm start for another version: takes over the experts on channels and, if both versions
     * have them, on the network's shares, which estimate the target whatever the network.
     *
     * @param mine settings of this version
     * @param others settings of the other version
     */
    T forked(LearnerSettings mine, LearnerSettings others);

    void writeTo(DataOutput out) throws IOException;
}
