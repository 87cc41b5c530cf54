package io.pidstream.mapping;

/** Why a message, or a part of it, is ignored; ignored ones are counted. */
public enum Ignored {
    /** The Kafka record has no value. */
    TOMBSTONE,
    /** The mapping's {@code only} excludes it. */
    EXCLUDED,
    /** In the long format: the metric is mapped to no channel and no target. */
    UNMAPPED
}
