package io.pidstream.event;

import io.pidstream.avro.Alert;
import java.util.Arrays;

/**
 * What alerts are about. A record has the name of the kind as text: an enumeration of Avro could
 * not be read by those who know one kind less, nor could the alerts of former programs.
 */
public enum AlertKind {
    /** Another part of the knowledge about the target comes from a modality. */
    CONTRIBUTION_SHIFT(true),
    /** A modality is silent. */
    MODALITY_STALLED(false),
    /** A channel reports, but moves no more. */
    CHANNEL_FROZEN(false),
    /** Predictions have become worse. */
    MODEL_REGRESSED(true);

    private final boolean training;

    AlertKind(boolean training) {
        this.training = training;
    }

    /**
     * Whether encoders are trained anew when an alert opens; not for kinds that this program does
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
     * The kind of an alert that this program has made.
     *
     * @throws IllegalArgumentException if there is no such kind
     */
    public static AlertKind of(Alert alert) {
        return valueOf(alert.getKind());
    }
}
