package io.pidstream.cli;

import io.pidstream.pid.AtomEstimates;
import io.pidstream.pid.Atoms;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.DecompositionIntervals;
import io.pidstream.pid.Estimate;
import io.pidstream.pid.ModalitySelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The decomposition of a data set as a person reads it in a terminal. */
final class PidText {
    private static final int BAR = 30;

    /** What is less than this is shown as 0. */
    private static final double SHOWN = 0.0005;

    private final DataSet data;
    private final PidSettings settings;
    private final Glyphs glyphs;
    private final StringBuilder text = new StringBuilder();

    /** The decomposition that is being written. */
    private DataDecomposition result;

    private Decomposition d;
    private double most;

    PidText(DataSet data, PidSettings settings, Glyphs glyphs) {
        this.data = data;
        this.settings = settings;
        this.glyphs = glyphs;
    }

    String render() {
        PidSentences sentences = new PidSentences(data, settings);
        line(0, sentences.title());
        line(2, sentences.rows());
        write(data.together(), sentences);
        for (DataDecomposition ofAsset : data.perAsset()) {
            line(0, "");
            line(0, ofAsset.asset());
            write(ofAsset, sentences);
        }
        return text.toString().stripTrailing();
    }

    private void write(DataDecomposition shown, PidSentences sentences) {
        result = shown;
        d = shown.decomposition();
        sentences.samples(shown.size()).forEach(sentence -> line(2, sentence));
        if (d.isDefined()) {
            most = Math.max(SHOWN, d.information().all());
            information();
            atoms();
            pairs();
            lattice();
            shares();
            selection(sentences);
        } else {
            line(0, "");
            line(2, sentences.undefined(d));
        }
        List<String> notes = sentences.notes(shown);
        if (!notes.isEmpty()) {
            line(0, "");
            notes.forEach(note -> line(2, "note: " + note));
        }
    }

    private void information() {
        heading(
                "What they know, in bits: each halves the error"
                        + result.intervals()
                                .map(i -> " (" + percent(i.confidence()) + " intervals)")
                                .orElse(" (and standard errors)"));
        int width = width(d.information().asMap().keySet());
        for (Map.Entry<String, Double> entry : d.information().asMap().entrySet()) {
            String uncertainty =
                    result.intervals()
                            .map(i -> interval(i.information().get(entry.getKey())))
                            .orElseGet(() -> standardError(entry.getKey()));
            bar(entry.getKey(), width, entry.getValue(), uncertainty, "");
        }
    }

    private String standardError(String subset) {
        return (glyphs.equals(Glyphs.ASCII) ? "+-" : "±") + bits(d.standardError().get(subset));
    }

    private void atoms() {
        if (d.modalities().size() > 2) {
            oneVersusRest();
            return;
        }
        heading("How that comes about (" + d.definition() + ")");
        String first = d.modalities().get(0);
        String second = d.modalities().get(1);
        List<String> names =
                List.of("unique to " + first, "unique to " + second, "redundant", "synergistic");
        int width = width(names);
        Atoms atoms = d.atoms().get(first);
        AtomEstimates of = result.intervals().map(i -> i.atoms().get(first)).orElse(null);
        bar(
                names.get(0),
                width,
                atoms.unique(),
                of == null ? "" : interval(of.unique()),
                "without " + first + " it is lost");
        bar(
                names.get(1),
                width,
                atoms.rest(),
                of == null ? "" : interval(of.rest()),
                "without " + second + " it is lost");
        bar(
                names.get(2),
                width,
                atoms.redundant(),
                of == null ? "" : interval(of.redundant()),
                "either would do");
        bar(
                names.get(3),
                width,
                atoms.synergistic(),
                of == null ? "" : interval(of.synergistic()),
                "there only when both are read");
    }

    private void oneVersusRest() {
        heading("Each against the others together (" + d.definition() + ")");
        Columns columns = new Columns();
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
                                                    bits(atoms.unique()),
                                                    bits(atoms.redundant()),
                                                    bits(atoms.synergistic()))
                                            : List.of(
                                                    modality,
                                                    bits(of.unique()),
                                                    bits(of.redundant()),
                                                    bits(of.synergistic())));
                        });
        table(columns, rows);
    }

    private void pairs() {
        if (d.modalities().size() == 2) {
            return;
        }
        heading("Every two, as if there were no others");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "unique to 1st", "unique to 2nd", "redundant", "synergistic"));
        d.pairs()
                .forEach(
                        (pair, atoms) ->
                                rows.add(
                                        List.of(
                                                pair,
                                                bits(atoms.unique()),
                                                bits(atoms.rest()),
                                                bits(atoms.redundant()),
                                                bits(atoms.synergistic()))));
        table(new Columns(), rows);
    }

    private void lattice() {
        if (d.lattice().isEmpty()) {
            return;
        }
        heading(
                "All atoms: {a}{b+c} is what a and the pair of b and c both know, and nothing"
                        + " less");
        int width = width(d.lattice().keySet());
        int left = 0;
        for (Map.Entry<String, Double> atom : d.lattice().entrySet()) {
            if (atom.getValue() < SHOWN) {
                left++;
            } else {
                bar(atom.getKey(), width, atom.getValue(), "", "");
            }
        }
        line(4, "the other %d of %d are 0".formatted(left, d.lattice().size()));
    }

    private void shares() {
        heading("Share of each in what they know together (Shapley)");
        int width = width(d.shapley().keySet());
        Map<String, Estimate> estimates =
                result.intervals().map(DecompositionIntervals::shapley).orElse(Map.of());
        double all = d.information().all();
        d.shapley()
                .forEach(
                        (modality, bits) ->
                                bar(
                                        modality,
                                        width,
                                        bits,
                                        estimates.containsKey(modality)
                                                ? interval(estimates.get(modality))
                                                : "",
                                        all > 0 ? percent(bits / all) : ""));
    }

    private void selection(PidSentences sentences) {
        if (result.selection().isEmpty()) {
            return;
        }
        ModalitySelection selection = result.selection().get();
        heading("What could be left out");
        int width = width(selection.without().keySet());
        selection
                .without()
                .forEach(
                        (modality, loss) ->
                                line(
                                        4,
                                        "without %s  %s bits less; the error's spread would rise by %s"
                                                .formatted(
                                                        pad(modality, width),
                                                        bits(loss.information().bits()),
                                                        rise(loss))));
        sentences.advice(selection, this::rise).forEach(sentence -> line(4, sentence));
    }

    private String rise(ModalitySelection.Loss loss) {
        return PidSentences.rise(loss, glyphs.ellipsis());
    }

    private void heading(String words) {
        line(0, "");
        line(2, words);
    }

    private void bar(String name, int width, double bits, String uncertainty, String remark) {
        int halves = (int) Math.round(2 * BAR * Math.min(1, bits / most));
        String bar =
                String.valueOf(glyphs.bar()).repeat(halves / 2)
                        + (halves % 2 == 1 ? glyphs.leftHalf() : "");
        line(
                4,
                "%s  %s  %s %s  %s"
                        .formatted(
                                pad(name, width),
                                pad(bar, BAR),
                                bits(bits),
                                pad(uncertainty, uncertainty.isEmpty() ? 0 : 15),
                                remark));
    }

    private void table(Columns columns, List<List<String>> rows) {
        rows.forEach(columns::line); // Makes every column as wide as it will be.
        rows.forEach(row -> line(4, columns.line(row)));
    }

    private String bits(Estimate estimate) {
        return bits(estimate.bits()) + " " + interval(estimate);
    }

    private String interval(Estimate estimate) {
        return "(%s %s %s)"
                .formatted(bits(estimate.lower()), glyphs.ellipsis(), bits(estimate.upper()));
    }

    private static String bits(double bits) {
        return String.format(Locale.ROOT, "%.3f", bits);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static int width(Iterable<String> names) {
        int width = 0;
        for (String name : names) {
            width = Math.max(width, name.length());
        }
        return width;
    }

    private static String pad(String words, int width) {
        return words + " ".repeat(Math.max(0, width - words.length()));
    }

    private void line(int indent, String words) {
        text.append((" ".repeat(indent) + words).stripTrailing()).append(System.lineSeparator());
    }
}
