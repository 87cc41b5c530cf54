package io.pidstream.train;

/** How an attempt to train a version ended. */
public enum Ending {
    /** There is a version that is better on the hold-out. */
    CANDIDATE,
    /** There is a version, and it is not better. */
    NOT_BETTER,
    /** Too few rows to train on or to compare with. */
    TOO_FEW_SAMPLES,
    /** The loss became NaN or infinite. */
    NOT_FINITE,
    /** Memory of the device or of this process ran out. */
    OUT_OF_MEMORY,
    /** The engine, or something else that nobody expected, failed. */
    ENGINE,
    /** The active version could not be loaded, so there was nothing to compare with. */
    ACTIVE_REFUSED,
    /** The parameters could not be stored. */
    NOT_STORED,
    /** The task was cancelled; nothing is published of it. */
    CANCELLED
}
