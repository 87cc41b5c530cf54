package io.pidstream.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.record.RecordJson;
import java.time.Instant;

/**
 * The newest state of an alert as the page needs it.
 *
 * @param asset or * for the whole fleet
 * @param openedAt milliseconds since 1970
 * @param json all of it
 */
public record AlertText(String id, String asset, boolean open, long openedAt, String json) {
    static AlertText of(Alert alert, RecordJson json) {
        return new AlertText(
                alert.getId(),
                alert.getAsset(),
                alert.getState() == AlertState.OPEN,
                alert.getOpenedAt().toEpochMilli(),
                json.alert(alert));
    }

    /**
     * @param json an alert as commands write it
     */
    public static AlertText of(JsonNode json) {
        return new AlertText(
                json.path("id").asText(),
                json.path("asset").asText(),
                json.path("state").asText().equals("OPEN"),
                Instant.parse(json.path("openedAt").asText()).toEpochMilli(),
                json.toString());
    }
}
