package io.pidstream.record;

import io.pidstream.avro.AtomIntervals;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationIntervals;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Interval;
import io.pidstream.avro.OneVsRest;
import io.pidstream.avro.Selection;
import java.io.IOException;
import java.util.Map;

/**
 * The fields of an explanation as JSON. Atoms of the lattice come from its bottom to its top, other
 * keys as in {@link ModalityOrder}.
 */
final class ExplanationJson {
    private final ModalityOrder order;

    ExplanationJson(ModalityOrder order) {
        this.order = order;
    }

    void write(JsonFields json, Explanation e) throws IOException {
        json.text("asset", e.getAsset());
        if (e.getTargets().size() > 1) {
            json.texts("targets", e.getTargets());
        }
        json.text("definition", e.getDefinition());
        json.text("unit", "bit");
        json.number("effectiveSamples", e.getEffectiveSamples());
        json.numbers("information", e.getInformation());
        json.numbers("standardError", e.getStandardError());
        json.numbers("conditional", e.getConditional());
        json.numbers("shapley", e.getShapley());
        json.object("atoms", atoms -> writeAtoms(atoms, e));
        json.time("time", e.getTime());
        json.text("status", e.getStatus().name());
        if (e.getStatus() == ExplanationStatus.UNDEFINED) {
            json.text("reason", e.getReason());
        }
        json.count("modelVersion", e.getModelVersion());
        json.count("labelledFrames", e.getLabelledFrames());
        json.texts("notes", e.getNotes());
        writeAtoms(json, "oneVsRest", e.getOneVsRest());
        writeAtoms(json, "pairs", e.getPairs());
        if (!e.getLattice().isEmpty()) {
            json.object(
                    "lattice",
                    atoms -> {
                        for (var atom : LatticeOrder.sorted(e.getLattice(), order).entrySet()) {
                            atoms.number(atom.getKey(), atom.getValue());
                        }
                    });
        }
        if (e.getTargets().size() > 1 && e.getStatus() == ExplanationStatus.OK) {
            json.number("optimalityGap", e.getOptimalityGap());
        }
        if (e.getIntervals() != null) {
            json.object("intervals", fields -> write(fields, e.getIntervals()));
        }
        if (e.getSelection() != null) {
            json.object("selection", fields -> write(fields, e.getSelection()));
        }
    }

    private static void writeAtoms(JsonFields atoms, Explanation e) throws IOException {
        atoms.numbers("unique", e.getUnique());
        if (e.getRedundant() != null) {
            atoms.number("redundant", e.getRedundant());
        }
        if (e.getSynergistic() != null) {
            atoms.number("synergistic", e.getSynergistic());
        }
    }

    private void writeAtoms(JsonFields json, String name, Map<String, OneVsRest> all)
            throws IOException {
        if (all.isEmpty()) {
            return;
        }
        json.object(
                name,
                entries -> {
                    for (var entry : order.sorted(all).entrySet()) {
                        OneVsRest atoms = entry.getValue();
                        entries.object(
                                entry.getKey(),
                                fields -> {
                                    fields.number("unique", atoms.getUnique());
                                    fields.number("rest", atoms.getRest());
                                    fields.number("redundant", atoms.getRedundant());
                                    fields.number("synergistic", atoms.getSynergistic());
                                });
                    }
                });
    }

    private void write(JsonFields json, ExplanationIntervals intervals) throws IOException {
        json.number("confidence", intervals.getConfidence());
        json.number("independentSamples", intervals.getIndependentSamples());
        write(json, "information", intervals.getInformation());
        write(json, "conditional", intervals.getConditional());
        write(json, "shapley", intervals.getShapley());
        write(json, "unique", intervals.getUnique());
        if (intervals.getRedundant() != null) {
            write(json, "redundant", intervals.getRedundant());
        }
        if (intervals.getSynergistic() != null) {
            write(json, "synergistic", intervals.getSynergistic());
        }
        writeIntervals(json, "oneVsRest", intervals.getOneVsRest());
        writeIntervals(json, "pairs", intervals.getPairs());
        if (!intervals.getLattice().isEmpty()) {
            json.object(
                    "lattice",
                    fields -> {
                        for (var atom :
                                LatticeOrder.sorted(intervals.getLattice(), order).entrySet()) {
                            write(fields, atom.getKey(), atom.getValue());
                        }
                    });
        }
    }

    private void writeIntervals(JsonFields json, String name, Map<String, AtomIntervals> all)
            throws IOException {
        if (all.isEmpty()) {
            return;
        }
        json.object(
                name,
                entries -> {
                    for (var entry : order.sorted(all).entrySet()) {
                        AtomIntervals atoms = entry.getValue();
                        entries.object(
                                entry.getKey(),
                                fields -> {
                                    write(fields, "unique", atoms.getUnique());
                                    write(fields, "rest", atoms.getRest());
                                    write(fields, "redundant", atoms.getRedundant());
                                    write(fields, "synergistic", atoms.getSynergistic());
                                });
                    }
                });
    }

    private void write(JsonFields json, String name, Map<String, Interval> intervals)
            throws IOException {
        json.object(
                name,
                fields -> {
                    for (var entry : order.sorted(intervals).entrySet()) {
                        write(fields, entry.getKey(), entry.getValue());
                    }
                });
    }

    private static void write(JsonFields json, String name, Interval interval) throws IOException {
        json.object(
                name,
                ends -> {
                    ends.number("lower", interval.getLower());
                    ends.number("upper", interval.getUpper());
                });
    }

    private void write(JsonFields json, Selection selection) throws IOException {
        json.object(
                "without",
                losses -> {
                    for (var entry : order.sorted(selection.getLosses()).entrySet()) {
                        var loss = entry.getValue();
                        losses.object(
                                entry.getKey(),
                                fields -> {
                                    fields.number("bits", loss.getBits());
                                    fields.number("residualRise", loss.getResidualRise());
                                    fields.number("lower", loss.getLower());
                                    fields.number("upper", loss.getUpper());
                                });
                    }
                });
        json.number("tolerance", selection.getTolerance());
        json.texts("droppable", selection.getDroppable());
        json.number("residualRise", selection.getResidualRise());
    }
}
