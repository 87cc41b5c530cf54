package io.pidstream.filerun;

import io.pidstream.learn.AssetFunction;
import java.util.Map;

/**
 * The frames of a file run.
 *
 * @param all frames seen
 * @param incomplete those of them in which a modality was absent
 * @param notRunning those of them at which the asset was not running
 */
public record FrameCounts(long all, long incomplete, long notRunning) {
    /** From the accumulators of a run. */
    public static FrameCounts of(Map<String, Object> accumulators) {
        return new FrameCounts(
                count(accumulators, AssetFunction.FRAMES),
                count(accumulators, AssetFunction.INCOMPLETE_FRAMES),
                count(accumulators, AssetFunction.NOT_RUNNING_FRAMES));
    }

    /** An accumulator is missing if its task saw no record. */
    private static long count(Map<String, Object> accumulators, String name) {
        Object count = accumulators.get(name);
        return count == null ? 0 : ((Number) count).longValue();
    }
}
