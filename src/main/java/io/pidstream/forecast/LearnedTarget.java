package io.pidstream.forecast;

import java.io.DataOutput;
import java.io.IOException;

/**
 * What a learner has learned about one of its targets.
 *
 * @param <T> the type itself
 */
interface LearnedTarget<T> {
    /**
     * As this one was left by a version, for another one: all that it predicts from the channels,
     * and from the network's shares if both have them, which are estimates of the target whatever
     * the network.
     *
     * @param mine settings of this one
     * @param others settings of the other version
     */
    T forked(LearnerSettings mine, LearnerSettings others);

    void writeTo(DataOutput out) throws IOException;
}
