package io.pidstream.pipeline;

/**
 * A topic that the serve job reads, or several that have one event time.
 *
 * @param name name of a topic of others; null for pidstream's own
 * @param hasReadings whether it has readings
 */
record InputTopic(String name, boolean hasReadings) {
    /** Pidstream's own topics of readings. */
    static final InputTopic READINGS = new InputTopic(null, true);

    /** Pidstream's own topic of labels. */
    static final InputTopic LABELS = new InputTopic(null, false);
}
