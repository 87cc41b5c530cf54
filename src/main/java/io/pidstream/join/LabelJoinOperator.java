package io.pidstream.join;

import io.pidstream.event.Frame;
import io.pidstream.event.PlacedLabel;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs {@link LabelJoinFunction} on the event time of frames: labels may hold back event time but
 * never advance it.
 *
 * <p>Sparse readings are often idle. Flink would then advance event time by labels alone,
 * regardless of slots that are still open. Time would pass labels whose frames have not arrived
 * yet, and those labels would be refused.
 */
public final class LabelJoinOperator
        extends KeyedCoProcessOperator<String, Frame, PlacedLabel, Observation> {
    private static final long serialVersionUID = 1;

    /** Flink's index of the first input. */
    private static final int FRAMES = 0;

    public LabelJoinOperator(LabelJoinFunction function) {
        super(function);
    }

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
        // Idle frames keep their last watermark, and so does everything that waits for them.
        if (input != FRAMES) {
            super.processWatermarkStatus(status, input);
        }
    }
}
