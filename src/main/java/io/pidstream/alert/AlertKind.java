package io.pidstream.alert;

/** What alerts are about. */
enum AlertKind {
    /** Another part of the knowledge about the target comes from a modality. */
    CONTRIBUTION_SHIFT,
    /** A modality is silent. */
    MODALITY_STALLED,
    /** A channel reports, but moves no more. */
    CHANNEL_FROZEN,
    /** Predictions have become worse. */
    MODEL_REGRESSED
}
