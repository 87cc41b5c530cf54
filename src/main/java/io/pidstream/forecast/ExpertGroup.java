package io.pidstream.forecast;

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
     * Learns one frame with its target.
     *
     * @param target in its unit, clipped to its range
     * @param scaled standardised
     */
    void learn(ScaledFrame frame, double target, double scaled);

    /**
     * Ends an instant: what has been learned since the last call takes effect. Until then forecasts
     * do not depend on the order of the assets whose labels became known at the same instant.
     */
    default void advance() {}

    /** Whether the group has learned enough labels to take part. */
    boolean isAwake();

    /** The experts' forecasts of a frame, in units of the target, not split by channel. */
    default ExpertForecasts predict(ScaledFrame frame, Scale target) {
        return predict(frame, target, false);
    }

    /**
     * The experts' forecasts of a frame, in units of the target.
     *
     * @param byChannel whether contributions are split by channel
     */
    ExpertForecasts predict(ScaledFrame frame, Scale target, boolean byChannel);

    /**
     * The experts' predictions of a frame alone, as {@link #predict} makes them; cheaper where
     * contributions take most of the time.
     *
     * @param into receives one per expert, from an offset on
     */
    default void predictions(ScaledFrame frame, Scale target, double[] into, int offset) {
        ExpertForecasts forecasts = predict(frame, target);
        for (int k = 0; k < forecasts.size(); k++) {
            into[offset + k] = forecasts.prediction(k);
        }
    }

    void writeTo(DataOutput out) throws IOException;
}
