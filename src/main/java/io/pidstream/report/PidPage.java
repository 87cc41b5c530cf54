package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.dashboard.Sentence;
import io.pidstream.dashboard.Sentences;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The decomposition of a data set as one self-contained HTML page. */
public final class PidPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSet data;
    private final PidSettings settings;
    private final PidSentences sentences;
    private final PageSections sections = new PageSections();

    public PidPage(DataSet data, PidSettings settings) {
        this.data = data;
        this.settings = settings;
        this.sentences = new PidSentences(data, settings);
    }

    public String render() throws IOException {
        write(data.together());
        for (DataDecomposition ofAsset : data.perAsset()) {
            sections.group(ofAsset.asset());
            write(ofAsset);
        }
        return ReportPage.render("pidstream pid", sentences.title(), sentences.rows(), json());
    }

    private ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        data.variables().names().forEach(json.putArray("modalities")::add);
        new PidJson(data, settings).write(json.putObject("explanation"), data.together());
        DataDecomposition together = data.together();
        Decomposition d = together.decomposition();
        ReportPage.add(
                json.putArray("lead"),
                d.isDefined()
                        ? PidSentences.origin(d, sentences.targets())
                        : Sentence.of(sentences.undefined(d)));
        ArrayNode advice = json.putArray("advice");
        together.selection()
                .ifPresentOrElse(
                        selection ->
                                advice(selection)
                                        .forEach(s -> ReportPage.add(advice, Sentence.of(s))),
                        () -> ReportPage.add(advice, Sentences.advice(null)));
        json.set("sections", sections.json());
        return json;
    }

    private void write(DataDecomposition result) {
        Decomposition d = result.decomposition();
        sections.section("Samples");
        sections.paragraph(String.join(" ", sentences.samples(result)));
        if (!d.isDefined()) {
            sections.paragraph(sentences.undefined(d));
        }
        sentences.notes(result).forEach(note -> sections.paragraph("Note: " + note + "."));
        if (d.isDefined()) {
            information(result, d);
            atoms(d);
            lattice(result, d);
            shares(result, d);
            result.selection().ifPresent(this::selection);
        }
    }

    private void information(DataDecomposition result, Decomposition d) {
        sections.section("Information about " + sentences.targets());
        sections.paragraph(
                "In bits: each bit halves the spread of the prediction error."
                        + (result.intervals().isPresent()
                                ? " Whiskers are %s intervals."
                                        .formatted(PidSentences.percent(settings.confidence()))
                                : ""));
        double most =
                result.intervals()
                        .map(i -> i.information(ModalitySet.all(d.modalities().size())).upper())
                        .orElse(d.information().all());
        Map<String, Estimate> estimates =
                result.intervals().map(DecompositionIntervals::information).orElse(Map.of());
        bars(most, d.information().asMap(), estimates);
    }

    private void bars(double most, Map<String, Double> bits, Map<String, Estimate> estimates) {
        PageSections.Bars bars = sections.bars(most);
        bits.forEach(
                (name, each) -> {
                    Estimate estimate = estimates.get(name);
                    bars.bar(name, each, estimate, value(each, estimate));
                });
    }

    private void atoms(Decomposition d) {
        boolean two = d.modalities().size() == 2;
        String others = two ? "the other" : "the others";
        sections.section(two ? "Its parts" : "Each modality against the others together");
        sections.paragraph("Definition: %s.".formatted(d.definition()));
        PageSections.Bars bars = sections.bars(d.information().all());
        for (String modality : two ? d.modalities().subList(0, 1) : d.modalities()) {
            Atoms atoms = d.atoms().get(modality);
            String other = two ? d.modalities().get(1) : others;
            bars.stack(
                    modality + " | " + other,
                    List.of(
                            new PageSections.Part(
                                    "own",
                                    atoms.unique(),
                                    two ? "only " + modality : "only this one"),
                            new PageSections.Part("redundant", atoms.redundant(), "redundant"),
                            new PageSections.Part(
                                    "synergistic", atoms.synergistic(), "synergistic"),
                            new PageSections.Part("rest", atoms.rest(), "only " + other)),
                    BarLines.bits(d.information().all()));
        }
        List<List<String>> rows = new ArrayList<>();
        d.atoms()
                .forEach(
                        (modality, a) ->
                                rows.add(
                                        row(
                                                modality,
                                                a.unique(),
                                                a.redundant(),
                                                a.synergistic(),
                                                a.rest())));
        sections.table(
                List.of("modality", "unique", "redundant", "synergistic", "unique to " + others),
                rows);
        if (!two) {
            pairs(d);
        }
    }

    private void pairs(Decomposition d) {
        sections.section("Each pair, ignoring the other modalities");
        List<List<String>> rows = new ArrayList<>();
        d.pairs()
                .forEach(
                        (pair, a) ->
                                rows.add(
                                        row(
                                                pair,
                                                a.unique(),
                                                a.rest(),
                                                a.redundant(),
                                                a.synergistic())));
        sections.table(
                List.of(
                        "pair",
                        "unique to the first",
                        "unique to the second",
                        "redundant",
                        "synergistic"),
                rows);
    }

    private void lattice(DataDecomposition result, Decomposition d) {
        if (d.lattice().isEmpty()) {
            return;
        }
        sections.section("All atoms");
        sections.paragraph(
                "{a}{b+c}: information that both a and the pair of b and c have, and no smaller"
                        + " sets.");
        Map<String, Estimate> estimates =
                result.intervals().map(DecompositionIntervals::lattice).orElse(Map.of());
        double most =
                d.lattice().values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        for (Estimate estimate : estimates.values()) {
            most = Math.max(most, estimate.upper());
        }
        bars(most, d.lattice(), estimates);
    }

    private void shares(DataDecomposition result, Decomposition d) {
        sections.section("Share of each modality in the joint information (Shapley)");
        Map<String, Estimate> estimates =
                result.intervals().map(DecompositionIntervals::shapley).orElse(Map.of());
        bars(d.information().all(), d.shapley(), estimates);
    }

    private void selection(ModalitySelection selection) {
        sections.section("What could be left out");
        List<List<String>> rows = new ArrayList<>();
        selection
                .without()
                .forEach(
                        (modality, loss) ->
                                rows.add(
                                        List.of(
                                                modality,
                                                BarLines.bits(loss.information().bits()),
                                                PidSentences.rise(loss, "…"))));
        sections.table(List.of("without", "bits less", "rise of the error spread"), rows);
        advice(selection).forEach(sections::paragraph);
    }

    private List<String> advice(ModalitySelection selection) {
        return sentences.advice(selection, loss -> PidSentences.rise(loss, "…"));
    }

    private static List<String> row(String name, double... bits) {
        List<String> row = new ArrayList<>(List.of(name));
        for (double each : bits) {
            row.add(BarLines.bits(each));
        }
        return row;
    }

    private static String value(double bits, Estimate estimate) {
        return estimate == null
                ? BarLines.bits(bits)
                : "%s (%s … %s)"
                        .formatted(
                                BarLines.bits(bits),
                                BarLines.bits(estimate.lower()),
                                BarLines.bits(estimate.upper()));
    }
}
