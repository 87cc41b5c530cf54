package io.pidstream.train;

import io.pidstream.version.ModelArtefact;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outcome of an attempt to train a version.
 *
 * @param ending how it ended
 * @param reason as a sentence
 * @param artefact the version; null if there is none
 * @param uri location of its stored parameters; null if not stored
 * @param parent number of the version that training started from; null for none
 * @param metrics measured figures by name
 */
public record Outcome(
        Ending ending,
        String reason,
        ModelArtefact artefact,
        String uri,
        Long parent,
        Map<String, Double> metrics) {
    public Outcome {
        metrics = new TreeMap<>(metrics);
    }

    static Outcome failed(Ending ending, String reason, Long parent) {
        return new Outcome(ending, reason, null, null, parent, Map.of());
    }
}
