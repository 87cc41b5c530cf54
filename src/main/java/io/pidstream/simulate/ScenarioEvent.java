package io.pidstream.simulate;

import java.time.Instant;

/**
 * Something that happened to the sensors of an asset.
 *
 * @param time when
 * @param asset the asset's name
 * @param modality the modality's name
 * @param kind what
 * @param description what happened, in plain words
 */
public record ScenarioEvent(
        Instant time, String asset, String modality, Kind kind, String description) {
    /** What can happen. */
    public enum Kind {
        /** The sensors follow the asset no more. */
        LOOSE,
        /** New sensors, with another calibration, follow it again. */
        REPLACED
    }

    static ScenarioEvent of(Instant time, String asset, String modality, Kind kind) {
        String what =
                switch (kind) {
                    case LOOSE -> "the %s sensors of %s came loose";
                    case REPLACED -> "the %s sensors of %s were replaced";
                };
        return new ScenarioEvent(time, asset, modality, kind, what.formatted(modality, asset));
    }
}
