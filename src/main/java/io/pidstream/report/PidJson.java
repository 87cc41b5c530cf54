package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.dataset.DataDecomposition;
import io.pidstream.dataset.DataSet;
import io.pidstream.dataset.PidSettings;
import io.pidstream.dataset.RowDependence;
import io.pidstream.dataset.SampleSize;
import io.pidstream.pid.AtomEstimates;
import io.pidstream.pid.Atoms;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.DecompositionIntervals;
import io.pidstream.pid.Estimate;
import io.pidstream.pid.ModalitySelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The decomposition of a data set as one JSON object, with the names of an explanation. */
public final class PidJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSet data;
    private final PidSettings settings;

    public PidJson(DataSet data, PidSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    /** In one line. */
    public String text() {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", data.name());
        json.put("data", data.file());
        json.put("rows", data.counts().rows());
        json.put("usedRows", data.counts().used());
        json.put("incompleteRows", data.counts().incomplete());
        json.put("unlabelledRows", data.counts().unlabelled());
        json.put("rowsNotRunning", data.counts().notRunning());
        json.put("unusableRows", data.counts().unusable());
        json.put("assets", data.assets());
        write(json, data.together());
        if (!data.perAsset().isEmpty()) {
            ObjectNode assets = json.putObject("perAsset");
            data.perAsset().forEach(result -> write(assets.putObject(result.asset()), result));
        }
        return json.toString();
    }

    /** Writes one decomposition. */
    void write(ObjectNode json, DataDecomposition result) {
        Decomposition d = result.decomposition();
        json.put("asset", result.asset());
        texts(json, "targets", data.variables().targets());
        json.put("definition", d.definition().text());
        json.put("unit", "bit");
        json.put("effectiveSamples", result.size().effective());
        dependence(json.putObject("dependence"), result.size());
        json.put("status", d.status().name());
        if (!d.isDefined()) {
            json.put("reason", data.variables().named(d.reason()));
        }
        numbers(json, "information", d.information().asMap());
        numbers(json, "standardError", d.standardError().asMap());
        numbers(json, "conditional", d.conditional());
        numbers(json, "shapley", d.shapley());
        ObjectNode atoms = json.putObject("atoms");
        numbers(atoms, "unique", d.unique());
        d.redundant().ifPresent(bits -> atoms.put("redundant", bits));
        d.synergistic().ifPresent(bits -> atoms.put("synergistic", bits));
        atoms(json, "oneVsRest", d.oneVsRest());
        atoms(json, "pairs", d.pairs());
        if (!d.lattice().isEmpty()) {
            numbers(json, "lattice", d.lattice());
        }
        if (d.isDefined() && data.variables().targets().size() > 1) {
            json.put("optimalityGap", d.optimalityGap());
        }
        result.intervals().ifPresent(intervals -> write(json.putObject("intervals"), intervals));
        result.selection().ifPresent(selection -> write(json.putObject("selection"), selection));
        List<String> notes = new ArrayList<>();
        d.notes().forEach(note -> notes.add(data.variables().named(note)));
        notes.addAll(new PidSentences(data, settings).remarks(result));
        texts(json, "notes", notes);
    }

    private static void dependence(ObjectNode json, SampleSize size) {
        json.put("assumed", size.dependence().text());
        if (size.dependence() != RowDependence.NONE) {
            json.put("blockRows", size.blockRows());
            json.put("blocks", size.blocks());
        }
        json.put("rowsPerSample", size.inflation());
    }

    private void write(ObjectNode json, DecompositionIntervals intervals) {
        Decomposition d = intervals.decomposition();
        json.put("confidence", intervals.confidence());
        json.put("independentSamples", d.effectiveSamples());
        intervals(json, "information", intervals.information());
        intervals(json, "conditional", intervals.conditional());
        intervals(json, "shapley", intervals.shapley());
        Map<String, AtomEstimates> atoms = intervals.atoms();
        ObjectNode unique = json.putObject("unique");
        atoms.forEach((modality, of) -> interval(unique, modality, of.unique()));
        if (atoms.size() == 2) {
            AtomEstimates first = atoms.get(d.modalities().get(0));
            interval(json, "redundant", first.redundant());
            interval(json, "synergistic", first.synergistic());
            return;
        }
        ObjectNode oneVsRest = json.putObject("oneVsRest");
        atoms.forEach((modality, of) -> interval(oneVsRest.putObject(modality), of));
        ObjectNode pairs = json.putObject("pairs");
        intervals.pairs().forEach((pair, of) -> interval(pairs.putObject(pair), of));
        if (!d.lattice().isEmpty()) {
            intervals(json, "lattice", intervals.lattice());
        }
    }

    private static void interval(ObjectNode json, AtomEstimates atoms) {
        interval(json, "unique", atoms.unique());
        interval(json, "rest", atoms.rest());
        interval(json, "redundant", atoms.redundant());
        interval(json, "synergistic", atoms.synergistic());
    }

    private static void intervals(ObjectNode json, String name, Map<String, Estimate> estimates) {
        ObjectNode intervals = json.putObject(name);
        estimates.forEach((key, estimate) -> interval(intervals, key, estimate));
    }

    private static void interval(ObjectNode json, String name, Estimate estimate) {
        json.putObject(name).put("lower", estimate.lower()).put("upper", estimate.upper());
    }

    private void write(ObjectNode json, ModalitySelection selection) {
        ObjectNode without = json.putObject("without");
        selection
                .without()
                .forEach(
                        (modality, loss) ->
                                without.putObject(modality)
                                        .put("bits", loss.information().bits())
                                        .put("residualRise", loss.residualRise())
                                        .put("lower", loss.residualRiseLower())
                                        .put("upper", loss.residualRiseUpper()));
        json.put("tolerance", settings.tolerance());
        droppable(json, "droppable", "residualRise", selection.dispensable());
        droppable(json, "surelyDroppable", "surelyDroppableRise", selection.surelyDispensable());
    }

    private static void droppable(
            ObjectNode json,
            String names,
            String rise,
            Optional<ModalitySelection.Loss> dispensable) {
        texts(json, names, dispensable.map(ModalitySelection.Loss::modalities).orElse(List.of()));
        json.put(rise, dispensable.map(ModalitySelection.Loss::residualRise).orElse(0.0));
    }

    private static void atoms(ObjectNode json, String name, Map<String, Atoms> all) {
        // Of two modalities they are what "atoms" says.
        if (all.size() < 3) {
            return;
        }
        ObjectNode entries = json.putObject(name);
        all.forEach(
                (key, atoms) ->
                        entries.putObject(key)
                                .put("unique", atoms.unique())
                                .put("rest", atoms.rest())
                                .put("redundant", atoms.redundant())
                                .put("synergistic", atoms.synergistic()));
    }

    private static void numbers(ObjectNode json, String name, Map<String, Double> values) {
        ObjectNode numbers = json.putObject(name);
        values.forEach(numbers::put);
    }

    private static void texts(ObjectNode json, String name, List<String> texts) {
        texts.forEach(json.putArray(name)::add);
    }
}
