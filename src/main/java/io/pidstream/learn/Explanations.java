package io.pidstream.learn;

import io.pidstream.avro.AtomIntervals;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationIntervals;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Interval;
import io.pidstream.avro.Loss;
import io.pidstream.avro.OneVsRest;
import io.pidstream.avro.Selection;
import io.pidstream.forecast.RollingExplanation;
import io.pidstream.pid.AtomEstimates;
import io.pidstream.pid.Atoms;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.DecompositionIntervals;
import io.pidstream.pid.Estimate;
import io.pidstream.pid.ModalitySelection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Builds the Avro records of rolling explanations: a full one per block, and a short one inside
 * predictions.
 */
final class Explanations {
    private final List<String> targets;
    private final double tolerance;

    /**
     * @param targets that are explained together
     * @param tolerance tolerated relative increase of the residual standard deviation
     */
    Explanations(List<String> targets, double tolerance) {
        this.targets = targets;
        this.tolerance = tolerance;
    }

    /**
     * The short record, without pairs, lattice, intervals and selection: these are as large as all
     * the rest and change little between blocks.
     *
     * @param version the model version whose latents were decomposed
     */
    Explanation inPrediction(String asset, long version, RollingExplanation explanation) {
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
                Map.of(),
                Map.of(),
                decomposition.isDefined() ? decomposition.optimalityGap() : 0.0,
                null,
                null);
    }

    /**
     * The full record.
     *
     * @param asset the asset, or {@link io.pidstream.event.Fleet#NAME}
     * @param version the model version whose latents were decomposed
     */
    Explanation ofBlock(
            String asset,
            long version,
            RollingExplanation explanation,
            Optional<DecompositionIntervals> intervals) {
        Explanation record = inPrediction(asset, version, explanation);
        Decomposition decomposition = explanation.decomposition();
        if (decomposition.modalities().size() > 2) {
            record.setPairs(atoms(decomposition.pairs()));
        }
        record.setLattice(decomposition.lattice());
        intervals.ifPresent(
                known -> {
                    record.setIntervals(intervals(known));
                    record.setSelection(selection(known));
                });
        return record;
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

    private static ExplanationIntervals intervals(DecompositionIntervals known) {
        Map<String, AtomEstimates> atoms = known.atoms();
        Map<String, Interval> unique = new LinkedHashMap<>();
        atoms.forEach((modality, estimates) -> unique.put(modality, interval(estimates.unique())));
        AtomEstimates ofTwo = atoms.size() == 2 ? atoms.values().iterator().next() : null;
        return new ExplanationIntervals(
                known.confidence(),
                known.samples(),
                intervals(known.information()),
                intervals(known.conditional()),
                intervals(known.shapley()),
                unique,
                ofTwo == null ? null : interval(ofTwo.redundant()),
                ofTwo == null ? null : interval(ofTwo.synergistic()),
                ofTwo == null ? atomIntervals(atoms) : Map.of(),
                ofTwo == null ? atomIntervals(known.pairs()) : Map.of(),
                intervals(known.lattice()));
    }

    private static Map<String, AtomIntervals> atomIntervals(Map<String, AtomEstimates> atoms) {
        Map<String, AtomIntervals> intervals = new LinkedHashMap<>();
        atoms.forEach(
                (name, a) ->
                        intervals.put(
                                name,
                                new AtomIntervals(
                                        interval(a.unique()),
                                        interval(a.rest()),
                                        interval(a.redundant()),
                                        interval(a.synergistic()))));
        return intervals;
    }

    private static Map<String, Interval> intervals(Map<String, Estimate> estimates) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        estimates.forEach((name, estimate) -> intervals.put(name, interval(estimate)));
        return intervals;
    }

    private static Interval interval(Estimate estimate) {
        return new Interval(estimate.lower(), estimate.upper());
    }

    private Selection selection(DecompositionIntervals known) {
        ModalitySelection selection = ModalitySelection.ofRise(known, tolerance);
        Map<String, Loss> losses = new LinkedHashMap<>();
        selection
                .without()
                .forEach(
                        (modality, loss) ->
                                losses.put(
                                        modality,
                                        new Loss(
                                                loss.information().bits(),
                                                loss.residualRise(),
                                                loss.residualRiseLower(),
                                                loss.residualRiseUpper())));
        return new Selection(
                losses,
                tolerance,
                selection.dispensable().map(ModalitySelection.Loss::modalities).orElse(List.of()),
                selection.dispensable().map(ModalitySelection.Loss::residualRise).orElse(0.0));
    }
}
