package io.pidstream.dataset;

import io.pidstream.config.PipelineConfig;
import io.pidstream.event.RunCondition;
import io.pidstream.event.RunState;
import java.util.HashSet;
import java.util.Set;

/** Tells the rows of running assets, as the pipeline tells their frames. */
final class RunningRows {
    /** Null if all are. */
    private final RunCondition condition;

    private final Set<String> stopped = new HashSet<>();

    RunningRows(PipelineConfig config) {
        this.condition = config.learning().when();
    }

    /**
     * Whether the asset is running; rows come in the order of time.
     *
     * @param values of all channels; NaN if absent
     */
    boolean isRunning(String asset, double[] values) {
        if (condition == null) {
            return true;
        }
        RunState state = condition.of(values);
        if (state == RunState.NOT_RUNNING) {
            stopped.add(asset);
        } else if (state == RunState.RUNNING) {
            stopped.remove(asset);
        }
        return !stopped.contains(asset);
    }
}
