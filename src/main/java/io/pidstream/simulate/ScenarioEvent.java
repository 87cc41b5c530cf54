package io.pidstream.simulate;

import java.time.Instant;

/**
 * An event at the sensors of an asset.
 *
 * @param time time of the event
 * @param asset the asset's name
 * @param modality the modality's name
 * @param kind what happened
 * @param description a sentence that says what happened
 */
public record ScenarioEvent(
        Instant time, String asset, String modality, Kind kind, String description) {
    /** Kinds of events. */
    public enum Kind {
        /** The sensors no longer follow the asset. */
        LOOSE,
        /** New sensors with another calibration follow it again. */
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
