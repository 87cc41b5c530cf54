package io.pidstream.dashboard;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.record.RecordJson;

/**
 * The newest state of an alert as the page needs it.
 *
 * @param asset or {@link io.pidstream.event.Fleet#NAME}
 * @param openedAt milliseconds since 1970
 * @param json the whole alert
 */
record AlertEntry(String id, String asset, boolean open, long openedAt, String json) {
    static AlertEntry of(Alert alert, RecordJson json) {
        return new AlertEntry(
                alert.getId(),
                alert.getAsset(),
                alert.getState() == AlertState.OPEN,
                alert.getOpenedAt().toEpochMilli(),
                json.alert(alert));
    }
}
