package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.OneVsRest;
import io.pidstream.pid.Atoms;
import io.pidstream.pid.Decomposition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Makes the Avro record of a rolling explanation. */
final class Explanations {
    private Explanations() {}

    /**
     * @param asset the asset, or {@link FleetFunction#FLEET}
     * @param version the model version whose latents were decomposed
     * @param targets that are explained together
     */
    static Explanation toRecord(
            String asset, long version, List<String> targets, RollingExplanation explanation) {
        Decomposition decomposition = explanation.decomposition();
        return new Explanation(
                asset,
                Instant.ofEpochMilli(explanation.time()),
                version,
                decomposition.isDefined() ? ExplanationStatus.OK : ExplanationStatus.UNDEFINED,
                decomposition.isDefined() ? null : decomposition.reason(),
                decomposition.definition().text(),
                explanation.labelledFrames(),
                decomposition.effectiveSamples(),
                decomposition.information().asMap(),
                decomposition.standardError().asMap(),
                decomposition.conditional(),
                decomposition.shapley(),
                decomposition.unique(),
                boxed(decomposition.redundant()),
                boxed(decomposition.synergistic()),
                atoms(decomposition.oneVsRest()),
                decomposition.notes(),
                targets,
                decomposition.modalities().size() > 2 ? atoms(decomposition.pairs()) : Map.of(),
                decomposition.lattice(),
                decomposition.isDefined() ? decomposition.optimalityGap() : 0.0,
                null,
                null);
    }

    private static Double boxed(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    private static Map<String, OneVsRest> atoms(Map<String, Atoms> atoms) {
        Map<String, OneVsRest> records = new LinkedHashMap<>();
        atoms.forEach(
                (modality, a) ->
                        records.put(
                                modality,
                                new OneVsRest(
                                        a.unique(), a.rest(), a.redundant(), a.synergistic())));
        return records;
    }
}
