package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.dataset.DataDecomposition;
import io.pidstream.dataset.DataSet;
import io.pidstream.dataset.PidSettings;
import io.pidstream.pid.Atoms;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.DecompositionIntervals;
import io.pidstream.pid.Estimate;
import io.pidstream.pid.ModalitySelection;
import io.pidstream.pid.ModalitySet;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The decomposition of a data set as one self-contained HTML page. */
public final class PidPage {
    private final DataSet data;
    private final PidSettings settings;
    private final PidSentences sentences;

    public PidPage(DataSet data, PidSettings settings) {
        this.data = data;
        this.settings = settings;
        this.sentences = new PidSentences(data, settings);
    }

    public String render() throws IOException {
        StringBuilder body = new StringBuilder();
        write(body, data.together());
        for (DataDecomposition ofAsset : data.perAsset()) {
            body.append("<h2>%s</h2>".formatted(escape(ofAsset.asset())));
            write(body, ofAsset);
        }
        return ReportPage.render(
                "pidstream pid", sentences.title(), sentences.rows(), json(), body.toString());
    }

    private ObjectNode json() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        data.variables().names().forEach(json.putArray("modalities")::add);
        json.set("explanation", mapper.readTree(new PidJson(data, settings).text()));
        json.putArray("words")
                .add(
                        "What %s tell about %s, and how far they tell the same."
                                .formatted(
                                        String.join(", ", data.variables().names()),
                                        String.join(", ", data.variables().targets())));
        return json;
    }

    private void write(StringBuilder body, DataDecomposition result) {
        Decomposition d = result.decomposition();
        paragraph(body, String.join(" ", sentences.samples(result)));
        if (d.isDefined()) {
            information(body, result, d);
            atoms(body, d);
            lattice(body, result, d);
            shares(body, result, d);
            result.selection().ifPresent(selection -> selection(body, selection));
        } else {
            paragraph(body, sentences.undefined(d));
        }
        sentences.notes(result).forEach(note -> paragraph(body, "Note: " + note + "."));
    }

    private void information(StringBuilder body, DataDecomposition result, Decomposition d) {
        heading(body, "What they know");
        paragraph(
                body,
                "In bits: each halves the spread of a prediction's error."
                        + (result.intervals().isPresent()
                                ? " Whiskers are intervals of "
                                        + PidSentences.percent(settings.confidence())
                                        + "."
                                : ""));
        double most =
                result.intervals()
                        .map(i -> i.information(ModalitySet.all(d.modalities().size())).upper())
                        .orElse(d.information().all());
        PidBars bars = new PidBars("Information of each set of modalities", most);
        Map<String, Estimate> estimates =
                result.intervals().map(DecompositionIntervals::information).orElse(Map.of());
        d.information()
                .asMap()
                .forEach(
                        (subset, bits) -> {
                            Estimate estimate = estimates.get(subset);
                            bars.bar(subset, bits, estimate, value(bits, estimate));
                        });
        body.append(bars.svg());
    }

    private void atoms(StringBuilder body, Decomposition d) {
        boolean two = d.modalities().size() == 2;
        heading(body, two ? "How that comes about" : "Each against the others together");
        body.append(
                "<p class=\"key\"><i class=\"unique\"></i>only this one knows it "
                        + "<i class=\"redundant\"></i>either would do "
                        + "<i class=\"synergistic\"></i>there only when both are read "
                        + "<i class=\"rest\"></i>only the other%s</p>".formatted(two ? "" : "s"));
        PidBars bars = new PidBars("Atoms of the decomposition", d.information().all());
        List<String> shown = two ? d.modalities().subList(0, 1) : d.modalities();
        for (String modality : shown) {
            Atoms atoms = d.atoms().get(modality);
            String other = two ? d.modalities().get(1) : "the others";
            bars.stack(
                    modality + " | " + other,
                    List.of(
                            new PidBars.Part("unique", atoms.unique(), "unique to " + modality),
                            new PidBars.Part("redundant", atoms.redundant(), "redundant"),
                            new PidBars.Part("synergistic", atoms.synergistic(), "synergistic"),
                            new PidBars.Part("rest", atoms.rest(), "unique to " + other)),
                    bits(d.information().all()));
        }
        body.append(bars.svg());
        body.append(
                "<table><tr><th>%s</th><th>unique</th><th>redundant</th><th>synergistic</th><th>unique to the other%s</th></tr>"
                        .formatted("definition: " + d.definition(), two ? "" : "s"));
        d.atoms()
                .forEach(
                        (modality, a) ->
                                row(
                                        body,
                                        modality,
                                        bits(a.unique()),
                                        bits(a.redundant()),
                                        bits(a.synergistic()),
                                        bits(a.rest())));
        body.append("</table>");
        if (!two) {
            pairs(body, d);
        }
    }

    private static void pairs(StringBuilder body, Decomposition d) {
        heading(body, "Every two, as if there were no others");
        body.append(
                "<table><tr><th>pair</th><th>unique to the first</th><th>unique to the"
                        + " second</th><th>redundant</th><th>synergistic</th></tr>");
        d.pairs()
                .forEach(
                        (pair, a) ->
                                row(
                                        body,
                                        pair,
                                        bits(a.unique()),
                                        bits(a.rest()),
                                        bits(a.redundant()),
                                        bits(a.synergistic())));
        body.append("</table>");
    }

    private static void lattice(StringBuilder body, DataDecomposition result, Decomposition d) {
        if (d.lattice().isEmpty()) {
            return;
        }
        heading(body, "All atoms");
        paragraph(
                body,
                "{a}{b+c} is what a and the pair of b and c both know, and no smaller sets do.");
        Map<String, Estimate> estimates =
                result.intervals().map(DecompositionIntervals::lattice).orElse(Map.of());
        double most =
                d.lattice().values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        for (Estimate estimate : estimates.values()) {
            most = Math.max(most, estimate.upper());
        }
        PidBars bars = new PidBars("Atoms of the redundancy lattice", most);
        d.lattice()
                .forEach(
                        (atom, bits) -> {
                            Estimate estimate = estimates.get(atom);
                            bars.bar(atom, bits, estimate, value(bits, estimate));
                        });
        body.append(bars.svg());
    }

    private static void shares(StringBuilder body, DataDecomposition result, Decomposition d) {
        heading(body, "Share of each in what they know together (Shapley)");
        Map<String, Estimate> estimates =
                result.intervals().map(DecompositionIntervals::shapley).orElse(Map.of());
        PidBars bars = new PidBars("Shapley shares", d.information().all());
        d.shapley()
                .forEach(
                        (modality, bits) -> {
                            Estimate estimate = estimates.get(modality);
                            bars.bar(modality, bits, estimate, value(bits, estimate));
                        });
        body.append(bars.svg());
    }

    private void selection(StringBuilder body, ModalitySelection selection) {
        heading(body, "What could be left out");
        body.append(
                "<table><tr><th>without</th><th>bits less</th><th>the error's spread would rise"
                        + " by</th></tr>");
        selection
                .without()
                .forEach(
                        (modality, loss) ->
                                row(
                                        body,
                                        modality,
                                        bits(loss.information().bits()),
                                        PidSentences.rise(loss, "…")));
        body.append("</table>");
        sentences
                .advice(selection, loss -> PidSentences.rise(loss, "…"))
                .forEach(sentence -> paragraph(body, sentence));
    }

    private static void heading(StringBuilder body, String words) {
        body.append("<h3>%s</h3>".formatted(escape(words)));
    }

    private static void paragraph(StringBuilder body, String words) {
        body.append("<p>%s</p>".formatted(escape(words)));
    }

    private static void row(StringBuilder body, String... cells) {
        body.append("<tr>");
        for (String cell : cells) {
            body.append("<td>%s</td>".formatted(escape(cell)));
        }
        body.append("</tr>");
    }

    private static String value(double bits, Estimate estimate) {
        return estimate == null
                ? bits(bits)
                : "%s (%s … %s)"
                        .formatted(bits(bits), bits(estimate.lower()), bits(estimate.upper()));
    }

    private static String bits(double bits) {
        return String.format(Locale.ROOT, "%.3f", bits);
    }

    private static String escape(String text) {
        return EvaluationPage.escape(text);
    }
}
