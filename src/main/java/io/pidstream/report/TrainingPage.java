package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.dashboard.Sentence;
import io.pidstream.dashboard.Sentences;
import io.pidstream.pid.Decomposition;
import io.pidstream.stats.PrequentialMetrics;
import io.pidstream.version.EpochReport;
import io.pidstream.version.ModelShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The report of a training as one self-contained HTML page. */
public final class TrainingPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TrainingReport report;
    private final PageSections sections = new PageSections();

    public TrainingPage(TrainingReport report) {
        this.report = report;
    }

    public String render() throws IOException {
        errors();
        curves();
        fusion();
        decomposition();
        return ReportPage.render(
                "pidstream train", report.config().name() + ": training", subtitle(), data());
    }

    private ObjectNode data() {
        ObjectNode data = JSON.createObjectNode();
        List<String> names = report.model().artefact().manifest().shape().names();
        names.forEach(data.putArray("modalities")::add);
        report.explanation(data.putObject("explanation"));
        ArrayNode lead = data.putArray("lead");
        PrequentialMetrics test = report.parts().get("test");
        if (test != null && test.count() > 0) {
            ReportPage.add(lead, Sentence.of(words(test)));
        }
        Decomposition d = report.decomposition();
        ReportPage.add(lead, PidSentences.origin(d, report.config().target().name()));
        ReportPage.add(data.putArray("advice"), Sentences.advice(null));
        data.set("sections", sections.json());
        return data;
    }

    private String words(PrequentialMetrics test) {
        return ("On %,d test rows, which were not used for training, predictions of %s had a mean"
                        + " absolute error of %s. Below: what the trained encoders retain of each"
                        + " modality, the course of the training, and the errors on every part of"
                        + " the data.")
                .formatted(
                        test.count(),
                        report.config().target().names().get(0),
                        TrainingReport.figure(test, PrequentialMetrics::meanAbsoluteError));
    }

    private String subtitle() {
        ModelShape shape = report.model().artefact().manifest().shape();
        return String.format(
                Locale.ROOT,
                "Encoders of type %s, latent %d, hidden layers %s, %d member%s, seed %d. %d epochs"
                        + " of %.2f s; the version is that of epoch %d.",
                shape.type(),
                shape.latent(),
                shape.hidden(),
                shape.members(),
                shape.members() == 1 ? "" : "s",
                report.model().artefact().manifest().seed(),
                report.model().history().size(),
                report.secondsPerEpoch(),
                report.model().bestEpoch());
    }

    private void errors() {
        sections.section("Errors");
        List<List<String>> rows = new ArrayList<>();
        report.parts().forEach((part, errors) -> rows.add(row(part, errors)));
        report.otherTargets().forEach((target, errors) -> rows.add(row("test, " + target, errors)));
        sections.table(List.of("part", "rows", "RMSE", "MAE", "R²"), rows);
        sections.paragraph(
                "Errors of %s in its own unit. Scalers and parameters were fitted on the training"
                                .formatted(report.config().target().names().get(0))
                        + " rows; early stopping used the validation rows; the test rows were used"
                        + " for nothing else.");
    }

    private static List<String> row(String part, PrequentialMetrics errors) {
        return List.of(
                part,
                "%,d".formatted(errors.count()),
                TrainingReport.figure(errors, PrequentialMetrics::rootMeanSquareError),
                TrainingReport.figure(errors, PrequentialMetrics::meanAbsoluteError),
                TrainingReport.figure(errors, PrequentialMetrics::rSquared));
    }

    private void curves() {
        sections.section("Loss by epoch");
        sections.paragraph(
                "Mean squared error of the standardised target; on the training rows with"
                        + " dropout.");
        PageSections.Curves errors = sections.curves("Squared error by epoch");
        errors.curve("training", values(EpochReport::squaredError));
        errors.curve("validation", values(EpochReport::validationError));
        if (!hasFusion()) {
            return;
        }
        sections.paragraph("The other terms of the loss, before weighting.");
        PageSections.Curves terms = sections.curves("Other terms of the loss by epoch");
        terms.curve("normality", values(EpochReport::normality));
        terms.curve("conditional", values(EpochReport::conditional));
        terms.curve("joint normality", values(EpochReport::joint));
    }

    private double[] values(ToDoubleFunction<EpochReport> which) {
        return report.model().history().stream().mapToDouble(which).toArray();
    }

    /** Trees have no fusion, and no other terms of the loss. */
    private boolean hasFusion() {
        return last().fusion() != null;
    }

    private void fusion() {
        if (!hasFusion()) {
            return;
        }
        sections.section("Fusion weights by epoch");
        sections.paragraph(
                "The weights of the latents follow the decomposition of the training rows until"
                        + " they converge"
                        + (last().frozen() ? ", and are frozen from then on." : "; they did not."));
        PageSections.Curves chart = sections.curves("Fusion weights by epoch");
        List<String> names = report.model().artefact().manifest().shape().names();
        for (int m = 0; m < names.size(); m++) {
            int index = m;
            chart.curve(names.get(m), values(e -> e.fusion().modality(index)));
        }
        chart.curve("products", values(e -> e.fusion().synergy()));
        if (last().note() != null) {
            sections.paragraph("Note: " + last().note() + ".");
        }
    }

    private EpochReport last() {
        List<EpochReport> history = report.model().history();
        return history.get(history.size() - 1);
    }

    private void decomposition() {
        Decomposition d = report.decomposition();
        sections.section("Information of the latents");
        if (!d.isDefined()) {
            sections.paragraph(Sentences.undefined(report.config().target().name(), d.reason()));
            return;
        }
        sections.paragraph(
                String.format(
                        Locale.ROOT,
                        "In bits, from %.0f held-out rows, corrected for bias.",
                        d.effectiveSamples()));
        PageSections.Bars bars = sections.bars(d.information().all());
        d.information()
                .asMap()
                .forEach((subset, bits) -> bars.bar(subset, bits, null, BarLines.bits(bits)));
        List<List<String>> rows = new ArrayList<>();
        d.atoms()
                .forEach(
                        (modality, atoms) ->
                                rows.add(
                                        List.of(
                                                modality,
                                                BarLines.bits(atoms.unique()),
                                                BarLines.bits(atoms.redundant()),
                                                BarLines.bits(atoms.synergistic()),
                                                BarLines.bits(d.shapley().get(modality)))));
        sections.table(
                List.of("modality", "unique", "redundant", "synergistic", "share (Shapley)"), rows);
    }
}
