package io.pidstream.learn;

import io.pidstream.event.EncodedFrame;
import io.pidstream.event.PlacedLabel;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs {@link LabelJoinFunction} on the event time of frames: labels may hold it back, but never
 * move it on.
 *
 * <p>Readings that are silent are idle every other moment. Flink would then go by the labels alone,
 * which know nothing of the slots that are still open: time would pass labels whose frames are yet
 * to come, and they would be refused as labels without a frame.
 */
public final class LabelJoinOperator
        extends KeyedCoProcessOperator<String, EncodedFrame, PlacedLabel, Observation> {
    private static final long serialVersionUID = 1;

    /** Flink's index of the first input. */
    private static final int FRAMES = 0;

    public LabelJoinOperator(LabelJoinFunction function) {
        super(function);
    }

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
        // Frames that are idle stay at their last watermark, and so does what waits for them.
        if (input != FRAMES) {
            super.processWatermarkStatus(status, input);
        }
    }
}
