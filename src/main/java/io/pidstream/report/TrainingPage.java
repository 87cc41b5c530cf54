package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.forecast.PrequentialMetrics;
import io.pidstream.pid.Decomposition;
import io.pidstream.version.EpochReport;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The report of a training as one self-contained HTML page. */
public final class TrainingPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLOURS =
            List.of("unique", "rest", "synergistic", "redundant", "whole", "unique", "rest");

    private final TrainingReport report;
    private final StringBuilder body = new StringBuilder();

    public TrainingPage(TrainingReport report) {
        this.report = report;
    }

    public String render() throws IOException {
        errors();
        curves();
        fusion();
        decomposition();
        return ReportPage.render(
                "pidstream train",
                report.config().name() + ": training",
                subtitle(),
                data(),
                body.toString());
    }

    private ObjectNode data() throws IOException {
        ObjectNode data = JSON.createObjectNode();
        List<String> names = report.model().artefact().manifest().shape().names();
        names.forEach(data.putArray("modalities")::add);
        data.set("explanation", JSON.readTree(report.json()).path("explanation"));
        PrequentialMetrics test = report.parts().get("test");
        if (test != null && test.count() > 0) {
            data.putArray("words").add(words(test));
        }
        return data;
    }

    private String words(PrequentialMetrics test) {
        return ("On %,d rows that played no part in the training, predictions of %s were off by %s"
                        + " on average. Below: what the trained encoders pass on of each group of"
                        + " sensors, how the training went, and how good it is on every part.")
                .formatted(
                        test.count(),
                        report.config().target().names().get(0),
                        TrainingReport.figure(test, PrequentialMetrics::meanAbsoluteError));
    }

    private String subtitle() {
        var encoder = report.config().encoder();
        return String.format(
                Locale.ROOT,
                "Encoders of type %s, latent %d, hidden layers %s, %d member%s, seed %d. %d epochs"
                        + " of %.2f s; the version is that of epoch %d.",
                encoder.type(),
                encoder.latent(),
                encoder.hidden(),
                encoder.members(),
                encoder.members() == 1 ? "" : "s",
                report.model().artefact().manifest().seed(),
                report.model().history().size(),
                report.secondsPerEpoch(),
                report.model().bestEpoch());
    }

    private void errors() {
        heading("How good it is");
        body.append("<table><tr><th>rows</th><th>number</th><th>RMSE</th><th>MAE</th><th>R²</th>");
        body.append("</tr>");
        report.parts().forEach(this::errorRow);
        report.otherTargets().forEach((target, e) -> errorRow("test, " + target, e));
        body.append("</table>");
        paragraph(
                "Errors of %s in its own unit. Scales were fitted and parameters learned on the"
                                .formatted(report.config().target().names().get(0))
                        + " training rows; the validation rows decided when to stop; nothing was"
                        + " chosen by the test rows.");
    }

    private void errorRow(String part, PrequentialMetrics errors) {
        body.append(
                "<tr><td>%s</td><td>%,d</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                EvaluationPage.escape(part),
                                errors.count(),
                                TrainingReport.figure(
                                        errors, PrequentialMetrics::rootMeanSquareError),
                                TrainingReport.figure(
                                        errors, PrequentialMetrics::meanAbsoluteError),
                                TrainingReport.figure(errors, PrequentialMetrics::rSquared)));
    }

    private void curves() {
        heading("How it went");
        paragraph("Mean squared error of the standardised target; in training with dropout on.");
        CurveChart errors = new CurveChart("Squared error by epoch");
        errors.curve("training", "unique", values(EpochReport::squaredError));
        errors.curve("validation", "rest", values(EpochReport::validationError));
        body.append(errors.svg());
        paragraph("The other terms of the loss, before they are weighted.");
        CurveChart terms = new CurveChart("Other terms of the loss by epoch");
        terms.curve("normality", "unique", values(EpochReport::normality));
        terms.curve("conditional", "rest", values(EpochReport::conditional));
        terms.curve("joint normality", "synergistic", values(EpochReport::joint));
        body.append(terms.svg());
    }

    private double[] values(ToDoubleFunction<EpochReport> which) {
        return report.model().history().stream().mapToDouble(which).toArray();
    }

    private void fusion() {
        heading("How the latents are weighted");
        paragraph(
                "Weights follow the decomposition of the training rows until they settle"
                        + (last().frozen() ? ", and are frozen from then on." : "; they did not."));
        CurveChart chart = new CurveChart("Fusion weights by epoch");
        List<String> names = report.model().artefact().manifest().shape().names();
        for (int m = 0; m < names.size(); m++) {
            int index = m;
            chart.curve(names.get(m), COLOURS.get(m), values(e -> e.fusion().modality(index)));
        }
        chart.curve("products", COLOURS.get(names.size()), values(e -> e.fusion().synergy()));
        body.append(chart.svg());
        if (last().note() != null) {
            paragraph("Note: " + last().note() + ".");
        }
    }

    private EpochReport last() {
        List<EpochReport> history = report.model().history();
        return history.get(history.size() - 1);
    }

    private void decomposition() {
        Decomposition d = report.decomposition();
        heading("What the latents know");
        if (!d.isDefined()) {
            paragraph("The decomposition is undefined: " + d.reason() + ".");
            return;
        }
        paragraph(
                String.format(
                        Locale.ROOT,
                        "In bits, of %.0f rows that were held out, corrected for bias.",
                        d.effectiveSamples()));
        PidBars bars = new PidBars("Information of each set of modalities", d.information().all());
        d.information()
                .asMap()
                .forEach((subset, bits) -> bars.bar(subset, bits, null, BarLines.bits(bits)));
        body.append(bars.svg());
        body.append(
                "<table><tr><th>modality</th><th>unique</th><th>redundant</th><th>synergistic</th><th>share"
                    + " (Shapley)</th></tr>");
        d.atoms()
                .forEach(
                        (modality, atoms) ->
                                body.append(
                                        "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                                                .formatted(
                                                        EvaluationPage.escape(modality),
                                                        BarLines.bits(atoms.unique()),
                                                        BarLines.bits(atoms.redundant()),
                                                        BarLines.bits(atoms.synergistic()),
                                                        BarLines.bits(d.shapley().get(modality)))));
        body.append("</table>");
    }

    private void heading(String words) {
        body.append("<h3>%s</h3>".formatted(EvaluationPage.escape(words)));
    }

    private void paragraph(String words) {
        body.append("<p>%s</p>".formatted(EvaluationPage.escape(words)));
    }
}
