package io.pidstream.forecast;

import io.pidstream.pid.ModalitySet;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Experts that learn from the same samples. Each predicts the sum of a baseline and one
 * contribution per modality. An absent modality contributes 0 and is never imputed.
 *
 * <p>Not thread-safe.
 */
interface ExpertGroup {
    /**
     * Learns one frame with its target, both standardised.
     *
     * @param time time of the frame, milliseconds
     * @param features [d]; 0 where absent
     */
    void learn(long time, ModalitySet present, double[] features, double target);

    /** Whether the group has learned enough labels to take part. */
    boolean isAwake();

    /**
     * The experts' forecasts of a frame, in units of the target.
     *
     * @param features standardised, [d]
     * @param mean mean of the target
     * @param deviation standard deviation of the target
     */
    ExpertForecasts predict(ModalitySet present, double[] features, double mean, double deviation);

    void writeTo(DataOutput out) throws IOException;
}
