package io.pidstream.encode;

import io.pidstream.metric.Metric;
import io.pidstream.metric.RecentMean;
import io.pidstream.metric.StageMetrics;
import io.pidstream.metric.Value;
import java.util.List;

/** Metrics of the encode stage. */
final class EncodeMetrics {
    private static final int RECENT_BATCHES = 100;

    private final RecentMean frames;
    private final RecentMean seconds;
    private final Value active;
    private final Value age;
    private final Value shadows;

    EncodeMetrics(StageMetrics metrics) {
        frames = metrics.recentMean(Metric.MICRO_BATCH_FRAMES, RECENT_BATCHES);
        seconds = metrics.recentMean(Metric.MICRO_BATCH_SECONDS, RECENT_BATCHES);
        active = metrics.value(Metric.ACTIVE_VERSION);
        age = metrics.value(Metric.ACTIVE_VERSION_AGE);
        shadows = metrics.value(Metric.SHADOW_VERSIONS);
    }

    void batch(int size, long nanoseconds) {
        frames.add(size);
        seconds.add(nanoseconds / 1e9);
    }

    /**
     * @param versions versions of the newest frame, the active one first
     * @param heldSeconds time since the active one took effect, seconds
     */
    void versions(List<Long> versions, double heldSeconds) {
        active.set(versions.get(0));
        age.set(heldSeconds);
        shadows.set(versions.size() - 1);
    }
}
