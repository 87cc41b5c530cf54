package io.pidstream.event;

/** Whether an asset was running when a frame was measured. The order is that of the formats. */
public enum RunState {
    RUNNING,
    NOT_RUNNING,
    /** A channel that would tell is absent. */
    UNKNOWN;

    private static final RunState[] ALL = values();

    /** The state of an index, as {@link #ordinal}. */
    static RunState of(int index) {
        return ALL[index];
    }

    static RunState of(boolean running) {
        return running ? RUNNING : NOT_RUNNING;
    }

    /** Running if both are. */
    RunState and(RunState other) {
        if (this == NOT_RUNNING || other == NOT_RUNNING) {
            return NOT_RUNNING;
        }
        return this == RUNNING ? other : UNKNOWN;
    }

    /** Running if one of them is. */
    RunState or(RunState other) {
        if (this == RUNNING || other == RUNNING) {
            return RUNNING;
        }
        return this == NOT_RUNNING ? other : UNKNOWN;
    }
}
