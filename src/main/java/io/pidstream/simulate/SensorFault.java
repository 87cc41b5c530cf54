package io.pidstream.simulate;

import java.time.Duration;

/**
 * The sensors of one modality of one asset come loose and are replaced later. While loose, their
 * readings have the same distribution as before but are independent of the press.
 *
 * @param asset number of the asset, from 0
 * @param modality number of the modality, from 0
 * @param looseAfter when they come loose, after the start of the plant
 * @param replacedAfter when they are replaced, after the start of the plant
 */
public record SensorFault(int asset, int modality, Duration looseAfter, Duration replacedAfter) {
    public SensorFault {
        if (asset < 0 || modality < 0 || modality >= Press.MODALITY_NAMES.size()) {
            throw new IllegalArgumentException(
                    "fault of asset %d, modality %d: there is none".formatted(asset, modality));
        }
        if (looseAfter.isNegative() || replacedAfter.compareTo(looseAfter) <= 0) {
            throw new IllegalArgumentException(
                    "fault from %s to %s after the start: expected 0 <= loose < replaced"
                            .formatted(looseAfter, replacedAfter));
        }
    }
}
