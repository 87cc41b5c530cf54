package io.pidstream.report;

import io.pidstream.dataset.DataDecomposition;
import io.pidstream.dataset.DataSet;
import io.pidstream.dataset.PidSettings;
import io.pidstream.live.Glyphs;
import io.pidstream.pid.AtomEstimates;
import io.pidstream.pid.Atoms;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.DecompositionIntervals;
import io.pidstream.pid.Estimate;
import io.pidstream.pid.ModalitySelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The decomposition of a data set as text for a terminal. */
public final class PidText {
    /** Smaller values are shown as 0. */
    private static final double SHOWN = 0.0005;

    private final DataSet data;
    private final PidSettings settings;
    private final Glyphs glyphs;
    private final BarLines lines;

    /** The decomposition that is being written. */
    private DataDecomposition result;

    private Decomposition d;

    public PidText(DataSet data, PidSettings settings, Glyphs glyphs) {
        this.data = data;
        this.settings = settings;
        this.glyphs = glyphs;
        this.lines = new BarLines(glyphs);
    }

    public String render() {
        PidSentences sentences = new PidSentences(data, settings);
        lines.line(0, sentences.title());
        lines.line(2, sentences.rows());
        write(data.together(), sentences);
        for (DataDecomposition ofAsset : data.perAsset()) {
            lines.line(0, "");
            lines.line(0, ofAsset.asset());
            write(ofAsset, sentences);
        }
        return lines.text();
    }

    private void write(DataDecomposition shown, PidSentences sentences) {
        result = shown;
        d = shown.decomposition();
        sentences.samples(shown).forEach(sentence -> lines.line(2, sentence));
        if (d.isDefined()) {
            lines.scale(Math.max(SHOWN, d.information().all()));
            information();
            atoms();
            pairs();
            lattice();
            shares();
            selection(sentences);
        } else {
            lines.line(0, "");
            lines.line(2, sentences.undefined(d));
        }
        List<String> notes = sentences.notes(shown);
        if (!notes.isEmpty()) {
            lines.line(0, "");
            notes.forEach(note -> lines.line(2, "note: " + note));
        }
    }

    private void information() {
        lines.heading(
                "What they know, in bits: each halves the error"
                        + result.intervals()
                                .map(
                                        i ->
                                                " ("
                                                        + PidSentences.percent(i.confidence())
                                                        + " intervals)")
                                .orElse(" (and standard errors)"));
        int width = BarLines.width(d.information().asMap().keySet());
        for (Map.Entry<String, Double> entry : d.information().asMap().entrySet()) {
            String uncertainty =
                    result.intervals()
                            .map(i -> lines.interval(i.information().get(entry.getKey())))
                            .orElseGet(() -> standardError(entry.getKey()));
            lines.bar(entry.getKey(), width, entry.getValue(), uncertainty, "");
        }
    }

    private String standardError(String subset) {
        return (glyphs.equals(Glyphs.ASCII) ? "+-" : "±")
                + BarLines.bits(d.standardError().get(subset));
    }

    private void atoms() {
        if (d.modalities().size() > 2) {
            oneVersusRest();
            return;
        }
        lines.heading("How that comes about (" + d.definition() + ")");
        String first = d.modalities().get(0);
        String second = d.modalities().get(1);
        List<String> names =
                List.of("unique to " + first, "unique to " + second, "redundant", "synergistic");
        int width = BarLines.width(names);
        Atoms atoms = d.atoms().get(first);
        AtomEstimates of = result.intervals().map(i -> i.atoms().get(first)).orElse(null);
        lines.bar(
                names.get(0),
                width,
                atoms.unique(),
                of == null ? "" : lines.interval(of.unique()),
                "without " + first + " it is lost");
        lines.bar(
                names.get(1),
                width,
                atoms.rest(),
                of == null ? "" : lines.interval(of.rest()),
                "without " + second + " it is lost");
        lines.bar(
                names.get(2),
                width,
                atoms.redundant(),
                of == null ? "" : lines.interval(of.redundant()),
                "either would do");
        lines.bar(
                names.get(3),
                width,
                atoms.synergistic(),
                of == null ? "" : lines.interval(of.synergistic()),
                "there only when both are read");
    }

    private void oneVersusRest() {
        lines.heading("Each against the others together (" + d.definition() + ")");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "unique", "redundant", "synergistic"));
        Map<String, AtomEstimates> estimates =
                result.intervals().map(DecompositionIntervals::atoms).orElse(Map.of());
        d.atoms()
                .forEach(
                        (modality, atoms) -> {
                            AtomEstimates of = estimates.get(modality);
                            rows.add(
                                    of == null
                                            ? List.of(
                                                    modality,
                                                    BarLines.bits(atoms.unique()),
                                                    BarLines.bits(atoms.redundant()),
                                                    BarLines.bits(atoms.synergistic()))
                                            : List.of(
                                                    modality,
                                                    lines.estimate(of.unique()),
                                                    lines.estimate(of.redundant()),
                                                    lines.estimate(of.synergistic())));
                        });
        lines.table(rows);
    }

    private void pairs() {
        if (d.modalities().size() == 2) {
            return;
        }
        lines.heading("Every two, as if there were no others");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "unique to 1st", "unique to 2nd", "redundant", "synergistic"));
        Map<String, AtomEstimates> estimates =
                result.intervals().map(DecompositionIntervals::pairs).orElse(Map.of());
        d.pairs()
                .forEach(
                        (pair, atoms) -> {
                            AtomEstimates of = estimates.get(pair);
                            rows.add(
                                    of == null
                                            ? List.of(
                                                    pair,
                                                    BarLines.bits(atoms.unique()),
                                                    BarLines.bits(atoms.rest()),
                                                    BarLines.bits(atoms.redundant()),
                                                    BarLines.bits(atoms.synergistic()))
                                            : List.of(
                                                    pair,
                                                    lines.estimate(of.unique()),
                                                    lines.estimate(of.rest()),
                                                    lines.estimate(of.redundant()),
                                                    lines.estimate(of.synergistic())));
                        });
        lines.table(rows);
    }

    private void lattice() {
        if (d.lattice().isEmpty()) {
            return;
        }
        lines.heading(
                "All atoms: {a}{b+c} is what a and the pair of b and c both know, and nothing"
                        + " less");
        int width = BarLines.width(d.lattice().keySet());
        int left = 0;
        Map<String, Estimate> estimates =
                result.intervals().map(DecompositionIntervals::lattice).orElse(Map.of());
        for (Map.Entry<String, Double> atom : d.lattice().entrySet()) {
            if (atom.getValue() < SHOWN) {
                left++;
            } else {
                Estimate estimate = estimates.get(atom.getKey());
                lines.bar(
                        atom.getKey(),
                        width,
                        atom.getValue(),
                        estimate == null ? "" : lines.interval(estimate),
                        "");
            }
        }
        lines.line(4, "the other %d of %d are 0".formatted(left, d.lattice().size()));
    }

    private void shares() {
        lines.heading("Share of each in what they know together (Shapley)");
        int width = BarLines.width(d.shapley().keySet());
        Map<String, Estimate> estimates =
                result.intervals().map(DecompositionIntervals::shapley).orElse(Map.of());
        double all = d.information().all();
        d.shapley()
                .forEach(
                        (modality, bits) ->
                                lines.bar(
                                        modality,
                                        width,
                                        bits,
                                        estimates.containsKey(modality)
                                                ? lines.interval(estimates.get(modality))
                                                : "",
                                        all > 0 ? PidSentences.share(bits / all) : ""));
    }

    private void selection(PidSentences sentences) {
        if (result.selection().isEmpty()) {
            return;
        }
        ModalitySelection selection = result.selection().get();
        lines.heading("What could be left out");
        int width = BarLines.width(selection.without().keySet());
        selection
                .without()
                .forEach(
                        (modality, loss) ->
                                lines.line(
                                        4,
                                        "without %s  %s bits less; the error spread would rise by %s"
                                                .formatted(
                                                        BarLines.pad(modality, width),
                                                        BarLines.bits(loss.information().bits()),
                                                        rise(loss))));
        sentences.advice(selection, this::rise).forEach(sentence -> lines.line(4, sentence));
    }

    private String rise(ModalitySelection.Loss loss) {
        return PidSentences.rise(loss, glyphs.ellipsis());
    }
}
