package io.pidstream.train;

/** How an attempt to train a version ended. */
public enum Ending {
    /** The new version is better on the hold-out rows. */
    CANDIDATE,
    /** The new version is not better. */
    NOT_BETTER,
    /** Too few rows to train or compare on. */
    TOO_FEW_SAMPLES,
    /** The loss became NaN or infinite. */
    NOT_FINITE,
    /** The device or this process ran out of memory. */
    OUT_OF_MEMORY,
    /** The engine failed, or another unexpected failure. */
    ENGINE,
    /** The active version could not be loaded for comparison. */
    ACTIVE_REFUSED,
    /** The parameters could not be stored. */
    NOT_STORED,
    /** The task was cancelled; nothing is published. */
    CANCELLED
}
