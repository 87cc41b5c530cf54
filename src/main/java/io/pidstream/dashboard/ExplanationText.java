package io.pidstream.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.avro.Explanation;
import io.pidstream.record.RecordJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An explanation as the page needs it.
 *
 * @param asset or * for the whole fleet
 * @param time of the newest labelled frame in it, milliseconds since 1970
 * @param outline what is drawn over time, as JSON
 * @param full all of it, as JSON
 */
public record ExplanationText(String asset, long time, String outline, String full) {
    private static final List<String> DETAILS =
            List.of(
                    "intervals",
                    "selection",
                    "lattice",
                    "pairs",
                    "oneVsRest",
                    "standardError",
                    "notes");

    static ExplanationText of(Explanation e, RecordJson json) {
        Explanation outline =
                Explanation.newBuilder(e)
                        .setIntervals(null)
                        .setSelection(null)
                        .setLattice(Map.of())
                        .setPairs(Map.of())
                        .setOneVsRest(Map.of())
                        .setStandardError(Map.of())
                        .setNotes(List.of())
                        .build();
        return new ExplanationText(
                e.getAsset(),
                e.getTime().toEpochMilli(),
                json.explanation(outline),
                json.explanation(e));
    }

    /**
     * @param json an explanation as commands write it
     */
    public static ExplanationText of(JsonNode json) {
        ObjectNode outline = json.deepCopy();
        return new ExplanationText(
                json.path("asset").asText(),
                Instant.parse(json.path("time").asText()).toEpochMilli(),
                outline.remove(DETAILS).toString(),
                json.toString());
    }
}
