package io.pidstream.event;

import io.pidstream.avro.Alert;
import java.util.Arrays;

/**
 * The kinds of alerts. Records store the name as a string: with an Avro enum, older readers could
 * not read newer kinds, and newer readers could not read kinds that were dropped.
 */
public enum AlertKind {
    /** The share of the information about the target that a modality contributes has shifted. */
    CONTRIBUTION_SHIFT(true),
    /** A modality has stopped sending data. */
    MODALITY_STALLED(false),
    /** A channel sends data but its value no longer moves. */
    CHANNEL_FROZEN(false),
    /** Predictions have become worse. */
    MODEL_REGRESSED(true);

    private final boolean training;

    AlertKind(boolean training) {
        this.training = training;
    }

    /**
     * Whether encoders are retrained when an alert opens; false for kinds that this program does
     * not know.
     */
    public static boolean asksForTraining(Alert alert) {
        return Arrays.stream(values()).anyMatch(kind -> kind.training && kind.isOf(alert));
    }

    /** Whether an alert is of this kind. */
    public boolean isOf(Alert alert) {
        return name().equals(alert.getKind());
    }

    /**
     * The kind of an alert.
     *
     * @throws IllegalArgumentException if there is no such kind
     */
    public static AlertKind of(Alert alert) {
        return valueOf(alert.getKind());
    }
}
