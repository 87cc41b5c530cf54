package io.pidstream.join;

import io.pidstream.event.Frame;
import io.pidstream.event.RunState;
import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;

/** Whether each asset was running when it was last known: where nothing tells, it stays so. */
final class LastRunState {
    /** Null while the asset runs, so that those that always do keep nothing. */
    private final ValueState<Boolean> stopped;

    LastRunState(ValueState<Boolean> stopped) {
        this.stopped = stopped;
    }

    /** A frame whose state is known; frames come in the order of their turns. */
    Frame settle(Frame frame) throws IOException {
        boolean before = stopped.value() != null;
        if (frame.state() == RunState.UNKNOWN) {
            return frame.with(before ? RunState.NOT_RUNNING : RunState.RUNNING);
        }
        if (before && frame.isRunning()) {
            stopped.clear();
        } else if (!before && !frame.isRunning()) {
            stopped.update(true);
        }
        return frame;
    }
}
