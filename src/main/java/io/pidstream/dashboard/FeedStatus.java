package io.pidstream.dashboard;

import java.time.Instant;

/**
 * How it stands with the topics.
 *
 * @param since when this began
 * @param detail what is wrong or waited for, in words; empty where nothing is
 */
record FeedStatus(State state, Instant since, String detail) {
    enum State {
        /** Looking for the broker and the topics. */
        CONNECTING,
        /** Reading what was there before. */
        LOADING,
        /** Everything has been read; what comes is shown at once. */
        LIVE,
        /** The broker does not answer. */
        UNREACHABLE,
        /** There is a broker, but not what is needed. */
        WAITING
    }
}
