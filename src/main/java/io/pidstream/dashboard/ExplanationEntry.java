package io.pidstream.dashboard;

import io.pidstream.avro.Explanation;
import io.pidstream.record.RecordJson;
import java.util.List;
import java.util.Map;

/**
 * An explanation as the page needs it.
 *
 * @param asset or {@link io.pidstream.event.Fleet#NAME}
 * @param time of the newest labelled frame in it, milliseconds since 1970
 * @param outline the part that is drawn over time, as JSON
 * @param full the whole explanation, as JSON
 * @param origin where the information comes from
 * @param advice what could be left out
 */
record ExplanationEntry(
        String asset, long time, String outline, String full, Sentence origin, Sentence advice) {
    static ExplanationEntry of(Explanation e, RecordJson json, List<String> modalities) {
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
        return new ExplanationEntry(
                e.getAsset(),
                e.getTime().toEpochMilli(),
                json.explanation(outline),
                json.explanation(e),
                Sentences.origin(e, modalities),
                Sentences.advice(e.getSelection()));
    }
}
